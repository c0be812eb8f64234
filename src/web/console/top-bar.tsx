import { LanguageSwitch, useLanguage } from '../shared/language.js';
import type { QueueCounts } from './dossier.js';
import { words } from './messages.js';

export const TABS = ['ready', 'held', 'disputed', 'cameras'] as const;
export type Tab = (typeof TABS)[number];

const LABEL = {
  ready: words.ready,
  held: words.heldTab,
  disputed: words.disputed,
  cameras: words.cameras,
} as const;

export interface SignedInOfficer {
  readonly name: string;
  readonly rank: string;
  readonly unit: string;
  readonly role: string;
}

/** What the server says of the session. */
export interface Me {
  readonly officer: SignedInOfficer;
  readonly csrf: string;
  /** False where the house demands a second factor that this session has not shown. */
  readonly mayChange: boolean;
}

/** The parts of the desk with how much waits in each, and who sits at it. */
export function TopBar(props: {
  officer: SignedInOfficer;
  tab: Tab;
  counts: QueueCounts;
  choose: (tab: Tab) => void;
  onHelp: () => void;
  onSignOut: () => void;
}) {
  const { say } = useLanguage();
  const { officer } = props;
  return (
    <header class="top">
      <b class="brand">Phạt Nguội Edge</b>
      <nav>
        {TABS.map((tab) => (
          <button type="button" key={tab} aria-current={tab === props.tab} onClick={() => props.choose(tab)}>
            {say(LABEL[tab])}
            {tab !== 'cameras' && <b>{props.counts[tab]}</b>}
          </button>
        ))}
      </nav>
      <span class="who">
        {officer.rank} {officer.name}
        <small>{officer.unit}</small>
      </span>
      <button type="button" onClick={props.onHelp} aria-label={say(words.help)}>
        <kbd>?</kbd>
      </button>
      <LanguageSwitch />
      <button type="button" onClick={props.onSignOut}>
        {say(words.signOut)}
      </button>
    </header>
  );
}
