import type { NoticeDetail } from '../../http/citizen/shapes.js';
import { instant } from '../shared/format.js';
import { useLanguage } from '../shared/language.js';
import { words } from './messages.js';

/** What the owner has said, and what an officer replied. */
export function Answers({ detail }: { detail: NoticeDetail }) {
  const { say, language } = useLanguage();
  if (detail.responses.length === 0) return null;
  return (
    <section class="card">
      <h2>{say(words.responses)}</h2>
      {detail.responses.map((r, i) => (
        <div class="answer" key={i}>
          <p class="line">
            <strong>{r.kind[language]}</strong>
            <time dateTime={r.at}>{instant(r.at, language)}</time>
          </p>
          {r.text === null ? <p class="soft">{say(words.onlyWithPapers)}</p> : <p class="words">{r.text}</p>}
          {r.attachments > 0 && <p class="soft">{say(words.pictures, { n: r.attachments })}</p>}
          {r.answer === null ? (
            <Unsaid response={r} />
          ) : (
            <blockquote>
              <strong>{say(words.officerAnswer)}:</strong> {r.answer}
            </blockquote>
          )}
        </div>
      ))}
    </section>
  );
}

/** Where no reply is shown: there is none yet, or it is not shown to this visitor. Accepting needs none. */
function Unsaid({ response }: { response: NoticeDetail['responses'][number] }) {
  const { say } = useLanguage();
  if (response.answeredAt === null) return <p class="soft">{say(words.waitsForAnswer)}</p>;
  return response.text === null && response.outcome !== 'accepted' ? (
    <p class="soft">{say(words.answered)}</p>
  ) : null;
}
