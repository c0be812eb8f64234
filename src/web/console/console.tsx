import { useCallback, useEffect, useState } from 'preact/hooks';
import { call, rememberCsrf } from '../shared/api.js';
import { Desk } from './desk.js';
import { SignIn } from './sign-in.js';
import type { Me } from './top-bar.js';

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
