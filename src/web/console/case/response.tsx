import { useState } from 'preact/hooks';
import { call, type ApiError } from '../../shared/api.js';
import { instant } from '../../shared/format.js';
import { useLanguage } from '../../shared/language.js';
import type { Dossier, ShownResponse } from '../dossier.js';
import { words } from '../messages.js';
import { refusalOf } from '../refusals.js';

/** What the owner answered, and the officer's answer with its reasons: upheld or voided. */
export function Response(props: {
  dossier: Dossier;
  response: ShownResponse;
  onAnswered: (message: string) => void;
}) {
  const { say, language } = useLanguage();
  const { dossier, response } = props;
  const [answer, setAnswer] = useState('');
  const [refusal, setRefusal] = useState<ApiError | null>(null);
  const send = (outcome: 'uphold' | 'void'): void => {
    call('POST', `/api/cases/${dossier.id}/answer`, {
      outcome,
      answer,
      version: dossier.version,
    })
      .then(() => props.onAnswered(say(words.answered)))
      .catch((error: ApiError) => setRefusal(error));
  };
  return (
    <section class="card response">
      <h3>{say(words.response)}</h3>
      <p>
        <b>{say(response.message)}</b> · <time>{instant(response.at, language)}</time>
      </p>
      <blockquote>{response.text}</blockquote>
      {response.attachments.map((file) => (
        <a
          key={file.sha256}
          href={`/api/cases/${dossier.id}/attachments/${file.sha256}`}
          target="_blank"
          rel="noreferrer"
        >
          {file.name}
        </a>
      ))}
      {response.answer !== null && <p>{response.answer}</p>}
      {dossier.state === 'disputed' && response.answeredAt === null && (
        <>
          <label>
            {say(words.answer)}
            <textarea
              rows={3}
              minLength={10}
              value={answer}
              onInput={(e) => setAnswer((e.currentTarget as HTMLTextAreaElement).value)}
            />
          </label>
          <div class="row">
            <button type="button" disabled={answer.trim().length < 10} onClick={() => send('uphold')}>
              {say(words.uphold)}
            </button>
            <button
              type="button"
              class="danger"
              disabled={answer.trim().length < 10}
              onClick={() => send('void')}
            >
              {say(words.voidCase)}
            </button>
          </div>
        </>
      )}
      {refusal !== null && <p class="error">{say(refusalOf(refusal))}</p>}
    </section>
  );
}
