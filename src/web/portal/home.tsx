import { useState } from 'preact/hooks';
import type { SessionAnswer } from '../../http/citizen/shapes.js';
import { ApiError, call } from '../shared/api.js';
import { useLanguage } from '../shared/language.js';
import { Refusal } from './load.js';
import { words } from './messages.js';
import { go } from './route.js';
import { VerifyForm } from './verify.js';

/** Look up by number and plate, sign in, or check a paper. */
export function Home({ session, failed }: { session: SessionAnswer | null; failed: boolean }) {
  const { say } = useLanguage();
  return (
    <div class="home">
      <Lookup />
      {failed && (
        <p class="refusal" role="alert">
          {say(words.signInFailed)}
        </p>
      )}
      {session?.signIn && session.citizen === null && (
        <section class="card quiet">
          <p>{say(words.signInLead)}</p>
          <a class="button wide" href="/v1/sign-in">
            {say(words.signIn)}
          </a>
        </section>
      )}
      <section class="card quiet">
        <h2>{say(words.checkTitle)}</h2>
        <p>{say(words.checkLead)}</p>
        <VerifyForm code="" />
      </section>
    </div>
  );
}

function Lookup() {
  const { say } = useLanguage();
  const [refusal, setRefusal] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    setRefusal(null);
    try {
      const { id } = await call<{ id: string }>('POST', '/v1/lookup', {
        number: form.get('number'),
        plate: form.get('plate'),
      });
      go('notice', id);
    } catch (error) {
      if (error instanceof ApiError) setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form class="card lookup" onSubmit={(event) => void submit(event)}>
      <h1>{say(words.lookupTitle)}</h1>
      <p>{say(words.lookupLead)}</p>
      <label for="number">{say(words.number)}</label>
      <input
        id="number"
        name="number"
        required
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        aria-describedby="number-hint"
        maxLength={40}
      />
      <small id="number-hint">{say(words.numberHint)}</small>
      <label for="plate">{say(words.plate)}</label>
      <input
        id="plate"
        name="plate"
        class="plate-input"
        required
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        aria-describedby="plate-hint"
        maxLength={20}
      />
      <small id="plate-hint">{say(words.plateHint)}</small>
      <Refusal of={refusal} />
      <button class="primary wide" disabled={busy}>
        {say(words.lookup)}
      </button>
    </form>
  );
}
