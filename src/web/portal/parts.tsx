import type { NoticeDetail } from '../../http/citizen/shapes.js';
import { instant } from '../shared/format.js';
import { useLanguage } from '../shared/language.js';
import { words } from './messages.js';
import { link } from './route.js';

/** How sure the reader was of each character. */
export function Reading({ reading }: { reading: NoticeDetail['reading'] }) {
  const { say } = useLanguage();
  if (reading.length === 0) return null;
  return (
    <section class="card">
      <h2>{say(words.reading)}</h2>
      <ol class="reading">
        {reading.map(({ c, p }, i) => (
          <li key={i}>
            <strong>{c}</strong>
            <small>{(p * 100).toFixed(1)}%</small>
          </li>
        ))}
      </ol>
      <p class="soft">{say(words.readingLead)}</p>
    </section>
  );
}

/** Every state with its time, the newest last. */
export function Timeline({ events }: { events: NoticeDetail['timeline'] }) {
  const { say, language } = useLanguage();
  return (
    <section class="card">
      <h2>{say(words.timeline)}</h2>
      <ol class="timeline">
        {events.map((e, i) => (
          <li key={i}>
            <span>{e.text[language]}</span>
            <time dateTime={e.at}>{instant(e.at, language)}</time>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The PDF, the page that checks it, and the proof for doubters. */
export function Papers({ detail }: { detail: NoticeDetail }) {
  const { say } = useLanguage();
  return (
    <section class="card">
      <h2>{say(words.papers)}</h2>
      <p>
        <a href={`/v1/notices/${detail.id}/notice.pdf`} target="_blank" rel="noopener">
          {say(words.noticePdf)}
        </a>
      </p>
      <p>
        <a href={link('verify', detail.verify.code)}>{say(words.checkTitle)}</a>
      </p>
      <details>
        <summary>{say(words.proof)}</summary>
        <p>{say(words.proofLead)}</p>
        <p>
          <a href={`/v1/notices/${detail.id}/proof`} target="_blank" rel="noopener">
            {say(words.proofFile)}
          </a>
        </p>
        <p class="hash">
          {say(words.publicKey)}: {detail.verify.keyId}
        </p>
      </details>
    </section>
  );
}

export function Appointments({ detail }: { detail: NoticeDetail }) {
  const { say, language } = useLanguage();
  return (
    <section class="card">
      <details>
        <summary>{say(words.appointments)}</summary>
        <p>{say(words.appointmentsLead)}</p>
        <ul class="plain">
          {detail.appointments.map((a, i) => (
            <li key={i}>
              <strong>{a.place.name[language]}</strong>
              <br />
              {instant(a.at, language)}
              <br />
              <small>
                {a.place.address[language]}
                {a.place.phone !== null && ` · ${a.place.phone}`}
              </small>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
