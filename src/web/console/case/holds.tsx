import { useState } from 'preact/hooks';
import { useLanguage } from '../../shared/language.js';
import { Dialog } from '../dialog.js';
import type { ShownHold } from '../dossier.js';
import { words } from '../messages.js';

/** What keeps the case from being confirmed; what an officer may clear, with a reason. */
export function Holds({
  holds,
  clear,
}: {
  holds: readonly ShownHold[];
  clear: (code: string, reason: string) => void;
}) {
  const { say } = useLanguage();
  const [clearing, setClearing] = useState<ShownHold | null>(null);
  if (holds.length === 0) return null;
  return (
    <section class="holds" aria-label={say(words.holds)}>
      <ul>
        {holds.map((hold) => (
          <li
            key={hold.code + hold.message.vi}
            class={hold.cleared !== null ? 'cleared' : hold.blocking ? 'blocking' : 'warning'}
          >
            <span>{say(hold.message)}</span>
            {hold.clearable && hold.cleared === null && (
              <button type="button" onClick={() => setClearing(hold)}>
                {say(words.clear)} <kbd>G</kbd>
              </button>
            )}
          </li>
        ))}
      </ul>
      {clearing !== null && (
        <Dialog title={say(words.clearReason)} onClose={() => setClearing(null)}>
          <form
            method="dialog"
            onSubmit={(event) => {
              const reason = new FormData(event.currentTarget as HTMLFormElement).get('reason');
              clear(clearing.code, String(reason));
            }}
          >
            <p>{say(clearing.message)}</p>
            <textarea name="reason" required minLength={5} rows={3} autofocus />
            <button class="primary">{say(words.clear)}</button>
          </form>
        </Dialog>
      )}
    </section>
  );
}
