import { useState } from 'preact/hooks';
import { ApiError, call } from '../shared/api.js';
import { useLanguage } from '../shared/language.js';
import { words } from './messages.js';
import { refusalOf } from './refusals.js';

/** An owner stands at the counter with a notice in hand: its number opens the case. There is no search by name or plate. */
export function FindNotice({ onFound }: { onFound: (caseId: string) => void }) {
  const { say } = useLanguage();
  const [refusal, setRefusal] = useState<ApiError | null>(null);
  const find = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const number = String(new FormData(form).get('number') ?? '');
    setRefusal(null);
    try {
      const found = await call<{ caseId: string }>(
        'GET',
        `/api/notices?number=${encodeURIComponent(number)}`,
      );
      form.reset();
      (document.activeElement as HTMLElement | null)?.blur();
      onFound(found.caseId);
    } catch (error) {
      if (error instanceof ApiError) setRefusal(error);
    }
  };
  return (
    <form class="find" onSubmit={(event) => void find(event)}>
      <input
        name="number"
        placeholder={say(words.findNotice)}
        aria-label={say(words.findNotice)}
        autocomplete="off"
        maxLength={40}
        required
      />
      {refusal !== null && (
        <p class="error" role="alert">
          {say(refusalOf(refusal))}
        </p>
      )}
    </form>
  );
}
