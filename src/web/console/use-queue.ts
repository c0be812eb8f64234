import { useEffect, useState } from 'preact/hooks';
import { call, type ApiError } from '../shared/api.js';
import type { Queue } from './dossier.js';
import type { Tab } from './top-bar.js';

export const NOTHING: Queue = {
  items: [],
  counts: { ready: 0, held: 0, disputed: 0, overdue: 0, dueSoon: 0 },
};

const ASK_EVERY_MS = 5_000;

/** The queue of a tab. What is new is announced by `news` and not pushed under the officer's eyes: `reload` brings it in. */
export function useQueue(tab: Tab, onSignedOut: () => void) {
  const [queue, setQueue] = useState<Queue>(NOTHING);
  const [waiting, setWaiting] = useState<Queue | null>(null);
  const [now, setNow] = useState(Date.now());
  const fetchQueue = (then: (fresh: Queue) => void): void =>
    void call<Queue>('GET', `/api/queue?filter=${tab === 'cameras' ? 'ready' : tab}`).then(
      then,
      (error: ApiError) => error.status === 401 && onSignedOut(),
    );
  const reload = (): void =>
    fetchQueue((fresh) => {
      setQueue(fresh);
      setWaiting(null);
    });
  useEffect(reload, [tab]);
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
      fetchQueue(setWaiting);
    }, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [tab]);
  const known = new Set(queue.items.map((entry) => entry.id));
  const news = waiting === null ? 0 : waiting.items.filter((entry) => !known.has(entry.id)).length;
  return { queue, setQueue, news, now, reload };
}
