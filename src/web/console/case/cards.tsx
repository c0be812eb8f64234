import { useState } from 'preact/hooks';
import { call } from '../../shared/api.js';
import { day, instant, money } from '../../shared/format.js';
import { useLanguage } from '../../shared/language.js';
import type { Dossier, ShownOwner } from '../dossier.js';
import { colourWords, statusWords, vehicleWords, words } from '../messages.js';

type Props = { dossier: Dossier };

/** The act, the law cited, why the machine proposes it, element by element. */
export function RuleCard({ dossier }: Props) {
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

const fieldWords = {
  kind: words.kind,
  bodyColour: words.bodyColour,
  plateColour: words.plateColour,
  make: words.make,
};

/** What the picture shows beside what the register says; differences stand out. */
export function VehicleCard({ dossier }: Props) {
  const { say } = useLanguage();
  const { vehicle } = dossier;
  const word = (field: string, value: string): string =>
    say((field === 'kind' ? vehicleWords : colourWords)[value] ?? { vi: value, en: value });
  return (
    <section class="card">
      <h3>{say(words.vehicle)}</h3>
      {vehicle === null ? (
        <p class="none">{say(words.noVehicle)}</p>
      ) : (
        <table class="compare">
          <thead>
            <tr>
              <td />
              <th scope="col">{say(words.seen)}</th>
              <th scope="col">{say(words.registered)}</th>
            </tr>
          </thead>
          <tbody>
            {dossier.comparison.map(({ field, seen, registered, agrees }) => (
              <tr key={field} class={agrees === false ? 'differs' : ''}>
                <th scope="row">{say(fieldWords[field])}</th>
                <td>{seen === null ? '–' : word(field, seen)}</td>
                <td>{field === 'make' ? registered : word(field, registered)}</td>
              </tr>
            ))}
            <tr class={vehicle.status === 'active' ? '' : 'differs'}>
              <th scope="row">{say(words.registerStatus)}</th>
              <td>–</td>
              <td>{say(statusWords[vehicle.status] ?? { vi: vehicle.status, en: vehicle.status })}</td>
            </tr>
          </tbody>
        </table>
      )}
    </section>
  );
}

/** Shown only on demand, for a purpose, and recorded. */
export function OwnerCard({ dossier }: Props) {
  const { say } = useLanguage();
  const [owner, setOwner] = useState<ShownOwner | null>(null);
  const [error, setError] = useState('');
  if (dossier.owner === null) return null;
  const show = (): void => {
    call<ShownOwner>('POST', `/api/cases/${dossier.id}/owner`, {
      purpose: dossier.state === 'disputed' ? 'answer-owner' : 'decide-case',
    })
      .then(setOwner)
      .catch((refusal: Error) => setError(refusal.message));
  };
  return (
    <section class="card">
      <h3>{say(words.owner)}</h3>
      {owner === null ? (
        <button type="button" onClick={show}>
          {say(words.showOwner)}
        </button>
      ) : (
        <dl class="facts">
          <dt>{owner.name}</dt>
          <dd>{owner.id}</dd>
          <dd>{owner.address}</dd>
          <dt>{say(words.account)}</dt>
          <dd>{owner.digitalAccount ?? '–'}</dd>
        </dl>
      )}
      {error !== '' && <p class="error">{error}</p>}
    </section>
  );
}

/** Every state with its time and who caused it. */
export function HistoryCard({ dossier }: Props) {
  const { say, language } = useLanguage();
  return (
    <section class="card">
      <h3>{say(words.history)}</h3>
      <ol class="history">
        {dossier.history.map((event) => (
          <li key={event.seq}>
            <time dateTime={event.at}>{instant(event.at, language)}</time>
            <span>{say(event.message)}</span>
            <small>
              {event.actor}
              {typeof event.data.reason === 'string' ? ` · ${event.data.reason}` : ''}
            </small>
          </li>
        ))}
      </ol>
    </section>
  );
}
