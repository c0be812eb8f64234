import { useEffect, useState } from 'preact/hooks';
import { call, type ApiError } from '../shared/api.js';
import { useLanguage } from '../shared/language.js';
import { Cameras } from './cameras.js';
import { CasePage, type Decided } from './case/case-page.js';
import type { QueueItem } from './dossier.js';
import { FindNotice } from './find-notice.js';
import { KeyHelp, Keys } from './key-help.js';
import { reach, type Binding } from './keys.js';
import { words } from './messages.js';
import { Queue } from './queue.js';
import { refusalOf } from './refusals.js';
import { TopBar, type Me, type Tab } from './top-bar.js';
import { NOTHING, useQueue } from './use-queue.js';

/** The officer's desk: the queue by legal deadline on the left, the open case on the right, all by keyboard. */
export function Desk({ me, onSignedOut }: { me: Me; onSignedOut: () => void }) {
  const { say } = useLanguage();
  const [tab, setTab] = useState<Tab>('ready');
  const { queue, setQueue, news, now, reload } = useQueue(tab, onSignedOut);
  const [chosen, setChosen] = useState<string | null>(null);
  /** How often a case was looked up: whoever asks for the one that is open wants it as it is now. */
  const [found, setFound] = useState(0);
  const [decided, setDecided] = useState<Decided | null>(null);
  const [help, setHelp] = useState<readonly Binding[] | null>(null);

  const move = (by: number): void => {
    const at = queue.items.findIndex((entry) => entry.id === chosen);
    const next = queue.items[Math.min(Math.max(0, at + by), queue.items.length - 1)];
    if (next !== undefined) setChosen(next.id);
  };
  const onDecided = (done: Decided): void => {
    setDecided(done);
    const at = queue.items.findIndex((entry) => entry.id === done.caseId);
    const left: QueueItem[] = queue.items.filter((entry) => entry.id !== done.caseId);
    const count = tab === 'cameras' || at < 0 ? {} : { [tab]: Math.max(0, queue.counts[tab] - 1) };
    setQueue({ items: left, counts: { ...queue.counts, ...count } });
    setChosen((left[at] ?? left[at - 1])?.id ?? null);
  };
  const undo = (): void => {
    if (decided === null || decided.undoUntil === null) return;
    call('POST', `/api/cases/${decided.caseId}/undo`).then(
      () => {
        setDecided(null);
        reload();
        setChosen(decided.caseId);
      },
      (error: ApiError) => setDecided({ ...decided, message: say(refusalOf(error)), undoUntil: null }),
    );
  };
  const open = (to: Tab): void => {
    setTab(to);
    setChosen(null);
    setQueue({ ...NOTHING, counts: queue.counts });
  };

  const desk: Binding[] = [
    { key: 'j', what: words.next, repeats: true, run: () => move(1) },
    { key: 'k', what: words.previous, repeats: true, run: () => move(-1) },
    { key: 'u', what: words.undo, run: undo },
    { key: 'r', what: words.refresh, run: reload },
    { key: '/', what: words.findNotice, run: () => reach('.find input') },
    { key: '1', what: words.ready, run: () => open('ready') },
    { key: '2', what: words.heldTab, run: () => open('held') },
    { key: '3', what: words.disputed, run: () => open('disputed') },
    { key: '4', what: words.cameras, run: () => open('cameras') },
  ];
  const withHelp = (own: readonly Binding[]): readonly Binding[] => {
    const all = [...own, ...desk];
    return [...all, { key: '?', what: words.help, run: () => setHelp(all) }];
  };

  useEffect(() => {
    if (decided === null) return;
    const ms =
      decided.undoUntil === null ? 4000 : Math.max(1000, new Date(decided.undoUntil).getTime() - Date.now());
    const timer = setTimeout(() => setDecided(null), ms);
    return () => clearTimeout(timer);
  }, [decided]);

  const { overdue, dueSoon } = queue.counts;
  return (
    <div class="desk">
      <TopBar
        officer={me.officer}
        tab={tab}
        counts={queue.counts}
        choose={open}
        onHelp={() => setHelp(withHelp([]))}
        onSignOut={() => void call('POST', '/api/sign-out').finally(onSignedOut)}
      />
      {tab === 'cameras' ? (
        <main class="wide">
          <Cameras />
          <Keys bindings={withHelp([])} />
        </main>
      ) : (
        <main>
          <aside class="side">
            <FindNotice
              onFound={(caseId) => {
                setChosen(caseId);
                setFound(found + 1);
              }}
            />
            {!me.mayChange && <p class="hint">{say(words.lookOnly)}</p>}
            {(overdue > 0 || dueSoon > 0) && (
              <p class="deadlines">
                {overdue > 0 && <b class="late">{say(words.overdue, { n: overdue })}</b>}
                {dueSoon > 0 && <span>{say(words.dueSoon, { n: dueSoon })}</span>}
              </p>
            )}
            {news > 0 && (
              <button type="button" class="news" onClick={reload}>
                {say(words.newItems, { n: news })} <kbd>R</kbd>
              </button>
            )}
            <Queue entries={queue.items} chosen={chosen} now={now} choose={setChosen} />
          </aside>
          {chosen === null ? (
            <div class="empty">
              {say(queue.items.length === 0 ? words.emptyQueue : words.chooseCase)}
              <Keys bindings={withHelp([])} />
            </div>
          ) : (
            <CasePage
              key={`${chosen} ${found}`}
              caseId={chosen}
              dueAt={queue.items.find((entry) => entry.id === chosen)?.dueAt}
              now={now}
              bindings={withHelp}
              onDecided={onDecided}
            />
          )}
        </main>
      )}
      {decided !== null && (
        <div class="toast" role="status">
          {decided.message}
          {decided.undoUntil !== null && (
            <button type="button" onClick={undo}>
              {say(words.undo)} <kbd>U</kbd>
            </button>
          )}
        </div>
      )}
      {help !== null && <KeyHelp bindings={help} onClose={() => setHelp(null)} />}
    </div>
  );
}
