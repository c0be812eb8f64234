import { useCallback, useEffect, useState } from 'preact/hooks';
import { call, rememberCsrf, type ApiError } from '../shared/api.js';
import { LanguageSwitch, useLanguage } from '../shared/language.js';
import { Cameras } from './cameras.js';
import { CasePage, type Decided } from './case/case-page.js';
import { Dialog } from './dialog.js';
import type { Queue as ShownQueue, QueueItem } from './dossier.js';
import { useKeys, type Binding } from './keys.js';
import { words } from './messages.js';
import { Queue } from './queue.js';
import { SignIn } from './sign-in.js';

interface Me {
  readonly officer: {
    readonly name: string;
    readonly rank: string;
    readonly unit: string;
    readonly role: string;
  };
  readonly csrf: string;
}
type Tab = 'ready' | 'held' | 'disputed' | 'cameras';

const NOTHING: ShownQueue = { items: [], counts: { ready: 0, held: 0, disputed: 0, overdue: 0, dueSoon: 0 } };

/** Who is signed in decides what is shown: the sign-in form or the desk. */
export function Console() {
  const [me, setMe] = useState<Me | null | undefined>(undefined);
  const load = useCallback(() => {
    call<Me>('GET', '/api/me').then(
      (answer) => {
        rememberCsrf(answer.csrf);
        setMe(answer);
      },
      () => setMe(null),
    );
  }, []);
  useEffect(load, []);
  if (me === undefined) return null;
  return me === null ? <SignIn onDone={load} /> : <Desk me={me} onSignedOut={() => setMe(null)} />;
}

/** The officer's desk: the queue by legal deadline on the left, the open case on the right, all by keyboard. */
function Desk({ me, onSignedOut }: { me: Me; onSignedOut: () => void }) {
  const { say } = useLanguage();
  const [tab, setTab] = useState<Tab>('ready');
  const [queue, setQueue] = useState<ShownQueue>(NOTHING);
  const [waiting, setWaiting] = useState<ShownQueue | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [decided, setDecided] = useState<Decided | null>(null);
  const [help, setHelp] = useState<readonly Binding[] | null>(null);
  const [now, setNow] = useState(Date.now());

  const fetchQueue = (): Promise<ShownQueue> =>
    call<ShownQueue>('GET', `/api/queue?filter=${tab === 'cameras' ? 'ready' : tab}`);
  const reload = (): void => {
    fetchQueue().then(
      (fresh) => {
        setQueue(fresh);
        setWaiting(null);
      },
      (error: ApiError) => error.status === 401 && onSignedOut(),
    );
  };
  useEffect(reload, [tab]);
  useEffect(() => {
    // What is new is announced and not pushed under the officer's eyes.
    const timer = setInterval(() => {
      setNow(Date.now());
      fetchQueue().then(
        (fresh) => setWaiting(fresh),
        (error: ApiError) => error.status === 401 && onSignedOut(),
      );
    }, 5000);
    return () => clearInterval(timer);
  }, [tab]);

  const news =
    waiting === null ? 0 : waiting.items.filter((e) => !queue.items.some((q) => q.id === e.id)).length;
  const move = (by: number): void => {
    const at = queue.items.findIndex((entry) => entry.id === chosen);
    const next = queue.items[Math.min(Math.max(0, at + by), queue.items.length - 1)];
    if (next !== undefined) setChosen(next.id);
  };
  const onDecided = (done: Decided): void => {
    setDecided(done);
    const at = queue.items.findIndex((entry) => entry.id === done.caseId);
    const left: QueueItem[] = queue.items.filter((entry) => entry.id !== done.caseId);
    const count = tab === 'cameras' ? {} : { [tab]: Math.max(0, queue.counts[tab] - 1) };
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
      (error: Error) => setDecided({ ...decided, message: error.message, undoUntil: null }),
    );
  };

  const open = (to: Tab): void => {
    setTab(to);
    setChosen(null);
    setQueue({ ...NOTHING, counts: queue.counts });
  };

  const desk: Binding[] = [
    { key: 'j', what: words.next, run: () => move(1) },
    { key: 'k', what: words.previous, run: () => move(-1) },
    { key: 'u', what: words.undo, run: undo },
    { key: 'r', what: words.refresh, run: reload },
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

  return (
    <div class="desk">
      <header class="top">
        <b class="brand">Phạt Nguội Edge</b>
        <nav>
          <TabButton
            tab="ready"
            chosen={tab}
            choose={open}
            label={say(words.ready)}
            count={queue.counts.ready}
          />
          <TabButton
            tab="held"
            chosen={tab}
            choose={open}
            label={say(words.heldTab)}
            count={queue.counts.held}
          />
          <TabButton
            tab="disputed"
            chosen={tab}
            choose={open}
            label={say(words.disputed)}
            count={queue.counts.disputed}
          />
          <TabButton tab="cameras" chosen={tab} choose={open} label={say(words.cameras)} />
        </nav>
        <span class="who">
          {me.officer.rank} {me.officer.name}
          <small>{me.officer.unit}</small>
        </span>
        <button type="button" onClick={() => setHelp(withHelp([]))}>
          <kbd>?</kbd>
        </button>
        <LanguageSwitch />
        <button type="button" onClick={() => void call('POST', '/api/sign-out').finally(onSignedOut)}>
          {say(words.signOut)}
        </button>
      </header>
      {tab === 'cameras' ? (
        <main class="wide">
          <Cameras />
          <Keys bindings={withHelp([])} />
        </main>
      ) : (
        <main>
          <aside class="side">
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
            <CasePage caseId={chosen} now={now} bindings={withHelp} onDecided={onDecided} />
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
      {help !== null && (
        <Dialog title={say(words.keysHelp)} onClose={() => setHelp(null)}>
          <dl class="key-list">
            {help.map((binding) => (
              <div key={binding.key}>
                <dt>
                  <kbd>{binding.shown ?? binding.key.toUpperCase()}</kbd>
                </dt>
                <dd>{say(binding.what)}</dd>
              </div>
            ))}
          </dl>
          <form method="dialog">
            <button autofocus>{say(words.close)}</button>
          </form>
        </Dialog>
      )}
    </div>
  );
}

/** Binds the desk's keys where no case is open. */
function Keys({ bindings }: { bindings: readonly Binding[] }) {
  useKeys(bindings);
  return null;
}

function TabButton(props: {
  tab: Tab;
  chosen: Tab;
  choose: (tab: Tab) => void;
  label: string;
  count?: number | undefined;
}) {
  return (
    <button type="button" aria-current={props.tab === props.chosen} onClick={() => props.choose(props.tab)}>
      {props.label}
      {props.count !== undefined && <b>{props.count}</b>}
    </button>
  );
}
