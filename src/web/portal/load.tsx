import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { ApiError, call } from '../shared/api.js';
import { useLanguage } from '../shared/language.js';
import { refusalOf, words } from './messages.js';

export interface Loaded<Answer> {
  readonly answer: Answer | null;
  readonly refusal: ApiError | null;
  again(): void;
}

/** Gets an address of the API, anew whenever it changes or `again` is called. */
export function useLoad<Answer>(path: string): Loaded<Answer> {
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<{ path: string; answer: Answer | null; refusal: ApiError | null }>({
    path,
    answer: null,
    refusal: null,
  });
  useEffect(() => {
    let current = true;
    call<Answer>('GET', path).then(
      (answer) => current && setState({ path, answer, refusal: null }),
      (error: unknown) =>
        current && error instanceof ApiError && setState({ path, answer: null, refusal: error }),
    );
    return () => void (current = false);
  }, [path, turn]);
  const again = useCallback(() => setTurn((n) => n + 1), []);
  return state.path === path ? { ...state, again } : { answer: null, refusal: null, again };
}

/** The page once it is there; until then a quiet line, or why it is not to be had. */
export function Waiting<Answer>({
  of,
  children,
}: {
  of: Loaded<Answer>;
  children: (answer: Answer) => ComponentChildren;
}) {
  const { say } = useLanguage();
  if (of.answer !== null) return <>{children(of.answer)}</>;
  if (of.refusal === null)
    return (
      <p class="waiting" role="status">
        {say(words.loading)}
      </p>
    );
  return (
    <section class="card">
      <Refusal of={of.refusal} />
      <p class="actions">
        <a class="button" href="#/">
          {say(words.backHome)}
        </a>
      </p>
    </section>
  );
}

/** What went wrong, in the reader's words. */
export function Refusal({ of }: { of: ApiError | null }) {
  const { say } = useLanguage();
  if (of === null) return null;
  return (
    <p class="refusal" role="alert">
      {say(refusalOf(of.code))}
    </p>
  );
}
