import { useCallback, useEffect, useState } from 'preact/hooks';
import { call, rememberCsrf } from '../shared/api.js';
import { Desk } from './desk.js';
import { SignIn } from './sign-in.js';
import type { SignedInOfficer } from './top-bar.js';

export interface Me {
  readonly officer: SignedInOfficer;
  readonly csrf: string;
  /** False where the house demands a second factor that this session has not shown. */
  readonly mayChange: boolean;
}

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
