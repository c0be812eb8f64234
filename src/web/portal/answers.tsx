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
          <p class="words">{r.text}</p>
          {r.attachments > 0 && <p class="soft">{say(words.pictures, { n: r.attachments })}</p>}
          {r.answer === null ? (
            r.answeredAt === null && <p class="soft">{say(words.waitsForAnswer)}</p>
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
