import { instant } from '../../shared/format.js';
import { useLanguage } from '../../shared/language.js';
import type { ShownResponse } from '../dossier.js';
import { words } from '../messages.js';

/** What the owner said, with the files sent along, and what an officer answered. */
export function Response(props: { caseId: string; response: ShownResponse }) {
  const { say, language } = useLanguage();
  const { caseId, response } = props;
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
          href={`/api/cases/${caseId}/attachments/${file.sha256}`}
          target="_blank"
          rel="noreferrer"
        >
          {file.name}
        </a>
      ))}
      {response.answer !== null && <p>{response.answer}</p>}
    </section>
  );
}
