import { day, money } from '../../shared/format.js';
import { useLanguage } from '../../shared/language.js';
import type { Dossier } from '../dossier.js';
import { words } from '../messages.js';

/** The act, the law cited, why the machine proposes it, element by element. */
export function RuleCard({ dossier }: { dossier: Dossier }) {
  const { say, language } = useLanguage();
  const { law, site, violation } = dossier;
  return (
    <section class="card">
      <h3>{say(words.rule)}</h3>
      <p class="act">{say(law.name)}</p>
      <p class="why">{say(violation.why)}</p>
      <ul class="elements">
        {violation.elements.map((element, i) => (
          <li key={i} class={element.holds === false ? 'fails' : 'holds'}>
            {element[language] === '' ? String(element.element) : element[language]}
          </li>
        ))}
      </ul>
      <details>
        <summary>{say(law.citation)}</summary>
        <blockquote lang="vi">{law.text}</blockquote>
      </details>
      <dl class="facts">
        <dt>{say(words.fine)}</dt>
        <dd>
          {money(law.fine.min)} – {money(law.fine.max)}
        </dd>
        <dt>{say(words.usual)}</dt>
        <dd>{money(law.fine.standard)}</dd>
        <dt>{say(words.points)}</dt>
        <dd>{law.points}</dd>
        <dt>{say(words.site)}</dt>
        <dd>
          {say(site.name)} · v{site.version}
        </dd>
        {site.signedOff && (
          <>
            <dt>{say(words.signedOff)}</dt>
            <dd>
              {site.signedOff.by}, {day(site.signedOff.at, language)}
            </dd>
          </>
        )}
        {dossier.certificates.map((one) => (
          <Certificate key={one.certificateNo} certificate={one} />
        ))}
      </dl>
    </section>
  );
}

function Certificate({ certificate }: { certificate: Dossier['certificates'][number] }) {
  const { say, language } = useLanguage();
  return (
    <>
      <dt>{say(words.certificate)}</dt>
      <dd class={certificate.valid ? '' : 'late'}>
        {certificate.certificateNo} ({certificate.serial}),{' '}
        {say(words.validUntil, { date: day(certificate.validTo, language) })}
      </dd>
    </>
  );
}
