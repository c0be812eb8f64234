import { useState } from 'preact/hooks';
import type { Message } from '../../../core/messages.js';
import { useLanguage } from '../../shared/language.js';
import { Dialog } from '../dialog.js';
import { words } from '../messages.js';

const VOIDABLE = ['confirmed', 'notified', 'paid', 'closed'];

/** What can be done with the case as it stands: a candidate is confirmed or rejected, a case with a notice is voided. */
export function Decision(props: {
  state: string;
  obstacles: readonly Message[];
  looked: boolean;
  busy: boolean;
  mayConfirm: boolean;
  confirm: () => void;
  reject: () => void;
  voidCase: (reason: string) => void;
}) {
  const { say } = useLanguage();
  const { state, obstacles, busy } = props;
  if (VOIDABLE.includes(state)) return <Voiding busy={busy} voidCase={props.voidCase} />;
  if (state !== 'candidate') return null;
  return (
    <footer class="decision">
      {obstacles.length > 0 ? (
        <span class="blocked">
          {say(words.confirmBlocked)}: {obstacles.map((obstacle) => say(obstacle)).join(' · ')}
        </span>
      ) : (
        !props.looked && <span class="waits">{say(words.confirmWaits)}</span>
      )}
      <button type="button" class="danger" disabled={busy} onClick={props.reject}>
        {say(words.reject)} <kbd>X</kbd>
      </button>
      <button type="button" class="primary" disabled={!props.mayConfirm} onClick={props.confirm}>
        {say(words.confirm)} <kbd>Y</kbd>
      </button>
    </footer>
  );
}

function Voiding({ busy, voidCase }: { busy: boolean; voidCase: (reason: string) => void }) {
  const { say } = useLanguage();
  const [asking, setAsking] = useState(false);
  return (
    <footer class="decision">
      <button type="button" class="danger" disabled={busy} onClick={() => setAsking(true)}>
        {say(words.voidCase)}
      </button>
      {asking && (
        <Dialog title={say(words.voidCase)} onClose={() => setAsking(false)}>
          <form
            method="dialog"
            onSubmit={(event) => {
              const form = new FormData(event.currentTarget as HTMLFormElement);
              voidCase(String(form.get('reason')));
            }}
          >
            <label>
              {say(words.voidWhy)}
              <textarea name="reason" required minLength={10} maxLength={4000} rows={4} autofocus />
            </label>
            <button class="danger">{say(words.voidCase)}</button>
          </form>
        </Dialog>
      )}
    </footer>
  );
}
