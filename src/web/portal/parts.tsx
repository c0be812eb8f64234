import { useEffect, useRef } from 'preact/hooks';
import type { NoticeDetail } from '../../http/citizen/shapes.js';
import { instant } from '../shared/format.js';
import { useLanguage } from '../shared/language.js';
import { CheckCode } from './check-code.js';
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

/** The PDF for whom it is open, the page that checks it, and the proof for doubters. */
export function Papers({ detail, opened }: { detail: NoticeDetail; opened: () => void }) {
  const { say } = useLanguage();
  const pdf = useRef<HTMLAnchorElement>(null);
  const wasOpen = useRef(detail.may.papers);
  useEffect(() => {
    // The field that had the focus is gone: whoever goes by keyboard or hears the page is led to what it opened.
    if (detail.may.papers && !wasOpen.current) pdf.current?.focus();
    wasOpen.current = detail.may.papers;
  }, [detail.may.papers]);
  return (
    <section class="card">
      <h2>{say(words.papers)}</h2>
      {detail.may.papers ? (
        <p>
          <a ref={pdf} href={`/v1/notices/${detail.id}/notice.pdf`} target="_blank" rel="noopener">
            {say(words.noticePdf)}
          </a>
        </p>
      ) : (
        <CheckCode id={detail.id} opened={opened} />
      )}
      <p>
        <a href={detail.verify.code === null ? link('verify') : link('verify', detail.verify.code)}>
          {say(words.checkTitle)}
        </a>
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
