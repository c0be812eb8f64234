import { useEffect, useState } from 'preact/hooks';
import type { SessionAnswer } from '../../http/citizen/shapes.js';
import { call } from '../shared/api.js';
import { LanguageSwitch, useLanguage } from '../shared/language.js';
import { DisputePage } from './dispute.js';
import { Home } from './home.js';
import { words } from './messages.js';
import { Mine } from './mine.js';
import { NoticePage } from './notice.js';
import { PayPage } from './pay.js';
import { go, useRoute } from './route.js';
import { openSession } from './session.js';
import { VerifyPage } from './verify.js';

/** Header, the page of the route, and the warning against fraud under every page. */
export function Portal() {
  const { say, language } = useLanguage();
  const [session, setSession] = useState<SessionAnswer | null>(null);
  useEffect(() => void openSession().then(setSession, () => setSession(null)), []);
  useEffect(() => void (document.title = say(words.title)), [language]);
  const signOut = async (): Promise<void> => {
    await call('POST', '/v1/sign-out').catch(() => undefined);
    setSession(await openSession());
    go();
  };
  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(e) => (e.preventDefault(), document.getElementById('main')?.focus())}
      >
        {say(words.skip)}
      </a>
      <header class="top">
        <a class="name" href="#/">
          <Mark />
          {say(words.title)}
        </a>
        <nav>
          {session?.citizen && <a href="#/mine">{say(words.mine)}</a>}
          {session?.citizen && (
            <button type="button" onClick={() => void signOut()}>
              {say(words.signOut)}
            </button>
          )}
          <LanguageSwitch />
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        <Page session={session} />
      </main>
      <footer class="scam">
        <strong>{say(words.scamTitle)}.</strong> {say(words.scam)}
      </footer>
    </>
  );
}

function Page({ session }: { session: SessionAnswer | null }) {
  const [page, id, part] = useRoute();
  if (page === 'notice' && id !== undefined) {
    if (part === 'pay') return <PayPage id={id} />;
    return part === 'dispute' ? <DisputePage id={id} /> : <NoticePage id={id} />;
  }
  if (page === 'verify') return <VerifyPage code={id ?? ''} />;
  if (page === 'mine') return <Mine />;
  return <Home session={session} failed={page === 'sign-in-failed'} />;
}

/** A road with its middle line, drawn for this page. */
function Mark() {
  return (
    <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">
      <rect width="28" height="28" rx="7" fill="currentColor" opacity="0.16" />
      <path d="M11 4h6l5 20H6z" fill="currentColor" />
      <path d="M14 7v3m0 4v3m0 3v3" stroke="var(--band)" stroke-width="2" />
    </svg>
  );
}
