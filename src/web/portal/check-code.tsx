import { useState } from 'preact/hooks';
import { ApiError, call } from '../shared/api.js';
import { useLanguage } from '../shared/language.js';
import { Refusal } from './load.js';
import { words } from './messages.js';
import { openSession } from './session.js';

/** Why the papers are closed to who has only looked the notice up, and the field that opens them. */
export function CheckCode({ id, opened }: { id: string; opened: () => void }) {
  const { say } = useLanguage();
  const [refusal, setRefusal] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const code = new FormData(event.currentTarget as HTMLFormElement).get('code');
    setBusy(true);
    setRefusal(null);
    try {
      await openSession();
      await call('POST', `/v1/notices/${id}/code`, { code });
      opened();
    } catch (error) {
      if (error instanceof ApiError) setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form class="check-code" onSubmit={(event) => void submit(event)}>
      <p class="soft" id="check-code-why">
        {say(words.papersClosed)}
      </p>
      <label for="check-code">{say(words.code)}</label>
      <div class="inline">
        <input
          id="check-code"
          name="code"
          required
          placeholder="ABCD-EFGH-JKMN"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          aria-describedby="check-code-why"
          maxLength={32}
        />
        <button disabled={busy}>{say(words.openPapers)}</button>
      </div>
      <Refusal of={refusal} />
    </form>
  );
}
