import { useState } from 'preact/hooks';
import { ApiError, call, rememberCsrf } from '../shared/api.js';
import { LanguageSwitch, useLanguage } from '../shared/language.js';
import { words } from './messages.js';
import { refusalOf } from './refusals.js';

/** Name and password, and the one-time code where the officer has one; afterwards `onDone` asks the server who it is. */
export function SignIn({ onDone }: { onDone: () => void }) {
  const { say } = useLanguage();
  const [refusal, setRefusal] = useState<ApiError | null>(null);
  const [withCode, setWithCode] = useState(false);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    setRefusal(null);
    try {
      const code = form.get('code');
      const answer = await call<{ csrf: string }>('POST', '/api/sign-in', {
        username: form.get('username'),
        password: form.get('password'),
        ...(typeof code === 'string' && code !== '' ? { code } : {}),
      });
      rememberCsrf(answer.csrf);
      onDone();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === 'CODE_NEEDED') setWithCode(true);
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <main class="sign-in">
      <form onSubmit={(event) => void submit(event)}>
        <h1>Phạt Nguội Edge</h1>
        <p>{say(words.title)}</p>
        <label>
          {say(words.username)}
          <input name="username" autocomplete="username" required autofocus />
        </label>
        <label>
          {say(words.password)}
          <input name="password" type="password" autocomplete="current-password" required />
        </label>
        {withCode && (
          <label>
            {say(words.oneTimeCode)}
            <input
              name="code"
              inputMode="numeric"
              autocomplete="one-time-code"
              maxLength={7}
              required
              ref={(field) => field?.focus()}
            />
          </label>
        )}
        {refusal !== null && (
          <p class={refusal.code === 'CODE_NEEDED' ? 'hint' : 'error'} role="alert">
            {say(refusalOf(refusal))}
          </p>
        )}
        <button class="primary" disabled={busy}>
          {say(words.signIn)}
        </button>
        <small>{say(words.signInNote)}</small>
        <LanguageSwitch />
      </form>
    </main>
  );
}
