import { useState } from 'preact/hooks';
import { call, rememberCsrf, type ApiError } from '../shared/api.js';
import { LanguageSwitch, useLanguage } from '../shared/language.js';
import { words } from './messages.js';

/** Name and password; afterwards `onDone` asks the server who it is. */
export function SignIn({ onDone }: { onDone: () => void }) {
  const { say } = useLanguage();
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    setError('');
    try {
      const answer = await call<{ csrf: string }>('POST', '/api/sign-in', {
        username: form.get('username'),
        password: form.get('password'),
      });
      rememberCsrf(answer.csrf);
      onDone();
    } catch (refusal) {
      setError((refusal as ApiError).message);
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
        {error !== '' && (
          <p class="error" role="alert">
            {error}
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
