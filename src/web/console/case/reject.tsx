import { useState } from 'preact/hooks';
import { useLanguage } from '../../shared/language.js';
import { Dialog } from '../dialog.js';
import type { OpenedCase } from '../dossier.js';
import { useKeys } from '../keys.js';
import { words } from '../messages.js';

/** The closed list of reasons; a digit chooses and rejects at once. */
export function RejectDialog(props: {
  reasons: OpenedCase['rejectReasons'];
  onClose: () => void;
  reject: (reason: string, note: string) => void;
}) {
  const { say } = useLanguage();
  const [note, setNote] = useState('');
  const { reasons } = props;
  const keyOf = (index: number): string => String((index + 1) % 10);
  useKeys(
    reasons.map((reason, i) => ({
      key: keyOf(i),
      what: reason.text,
      run: () => props.reject(reason.code, note),
    })),
    true,
  );
  return (
    <Dialog title={say(words.rejectWhy)} onClose={props.onClose}>
      <ol class="reasons">
        {reasons.map((reason, i) => (
          <li key={reason.code}>
            <button type="button" onClick={() => props.reject(reason.code, note)}>
              <kbd>{keyOf(i)}</kbd> {say(reason.text)}
            </button>
          </li>
        ))}
      </ol>
      <label>
        {say(words.note)}
        <input
          value={note}
          onInput={(event) => setNote((event.currentTarget as HTMLInputElement).value)}
          maxLength={500}
        />
      </label>
      <form method="dialog">
        <button>{say(words.cancel)}</button>
      </form>
    </Dialog>
  );
}
