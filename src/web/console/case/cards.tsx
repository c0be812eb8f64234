import { useState } from 'preact/hooks';
import { call } from '../../shared/api.js';
import { day, instant, money } from '../../shared/format.js';
import { useLanguage } from '../../shared/language.js';
import type { Dossier, ShownOwner } from '../dossier.js';
import { colourWords, vehicleWords, words } from '../messages.js';

type Props = { dossier: Dossier };

/** The act, the law cited, why the machine proposes it, element by element. */
export function RuleCard({ dossier }: Props) {
  const { say, language } = useLanguage();
  const { rule, site } = dossier;
  const vi = language === 'vi';
  return (
    <section class="card">
      <h3>{say(words.rule)}</h3>
      <p class="act">{vi ? rule.nameVi : rule.nameEn}</p>
      <p class="why">{vi ? rule.whyVi : rule.whyEn}</p>
      <ul class="elements">
        {dossier.elements.map((element, i) => (
          <li key={i} class={element.holds ? 'holds' : 'fails'}>
            {vi ? element.vi : element.en}
          </li>
        ))}
      </ul>
      <details>
        <summary>
          {rule.ref}, {rule.decree}
        </summary>
        <blockquote lang="vi">{rule.textVi}</blockquote>
      </details>
      <dl class="facts">
        <dt>{say(words.fine)}</dt>
        <dd>
          {money(rule.fineMin)} – {money(rule.fineMax)}
        </dd>
        <dt>{say(words.usual)}</dt>
        <dd>{money(rule.fineDefault)}</dd>
        <dt>{say(words.points)}</dt>
        <dd>{rule.points}</dd>
        <dt>{say(words.site)}</dt>
        <dd>
          {vi ? site.nameVi : site.nameEn} · v{site.version}
        </dd>
        {site.certificate !== null && (
          <>
            <dt>{say(words.certificate)}</dt>
            <dd>
              {site.certificate.number} ({site.certificate.serial}),{' '}
              {say(words.validUntil, { date: day(site.certificate.validTo, language) })}
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

/** What the picture shows beside what the register says; differences stand out. */
export function VehicleCard({ dossier }: Props) {
  const { say } = useLanguage();
  const { vehicle, seen, plate } = dossier;
  const colour = (name: string): string => say(colourWords[name] ?? { vi: name, en: name });
  const kind = (name: string): string => say(vehicleWords[name] ?? { vi: name, en: name });
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
            <Row label={say(words.kind)} seen={kind(seen.kind)} registered={kind(vehicle.kind)} />
            <Row
              label={say(words.bodyColour)}
              seen={colour(seen.bodyColour)}
              registered={colour(vehicle.bodyColour)}
              unsure={seen.bodyColour === 'unknown'}
            />
            <Row
              label={say(words.plateColour)}
              seen={colour(plate?.colour ?? 'unknown')}
              registered={colour(vehicle.plateColour)}
            />
            <Row label={say(words.make)} seen="" registered={`${vehicle.make} ${vehicle.model}`} unsure />
            <Row label={say(words.registerStatus)} seen="" registered={vehicle.status} unsure />
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row(props: { label: string; seen: string; registered: string; unsure?: boolean }) {
  const differs = props.unsure !== true && props.seen !== props.registered;
  return (
    <tr class={differs ? 'differs' : ''}>
      <th scope="row">{props.label}</th>
      <td>{props.seen}</td>
      <td>{props.registered}</td>
    </tr>
  );
}

/** Shown only on demand, for a purpose, and recorded. */
export function OwnerCard({ dossier }: Props) {
  const { say } = useLanguage();
  const [owner, setOwner] = useState<ShownOwner | null>(null);
  const [error, setError] = useState('');
  if (dossier.vehicle === null) return null;
  const show = (): void => {
    call<ShownOwner>('POST', `/api/cases/${dossier.id}/owner`, { purpose: words.purposeReview.vi })
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
          <dd>{owner.personalId}</dd>
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
        {dossier.history.map((event, i) => (
          <li key={i}>
            <time dateTime={event.at}>{instant(event.at, language)}</time>
            <span>{language === 'vi' ? event.vi : event.en}</span>
            <small>
              {event.actor}
              {event.note === '' ? '' : ` · ${event.note}`}
            </small>
          </li>
        ))}
      </ol>
    </section>
  );
}
