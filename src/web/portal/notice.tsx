import type { NoticeDetail } from '../../http/citizen/shapes.js';
import { instant } from '../shared/format.js';
import { useLanguage } from '../shared/language.js';
import { Answers } from './answers.js';
import { Evidence } from './evidence.js';
import { useLoad, Waiting } from './load.js';
import { words } from './messages.js';
import { Owed } from './owed.js';
import { Appointments, Papers, Reading, Timeline } from './parts.js';
import { StateBadge } from './state.js';

/** One notice: the picture first, what happened, what is owed, then everything else. */
export function NoticePage({ id }: { id: string }) {
  const notice = useLoad<NoticeDetail>(`/v1/notices/${id}`);
  return <Waiting of={notice}>{(detail) => <Notice detail={detail} again={notice.again} />}</Waiting>;
}

function Notice({ detail, again }: { detail: NoticeDetail; again: () => void }) {
  const { say, language } = useLanguage();
  const { act, vehicle } = detail;
  return (
    <article class="notice">
      <header>
        <p class="line">
          <small>{say(words.notice, { number: detail.number })}</small>
          <StateBadge state={detail.state} />
        </p>
        <h1>{act.behaviour[language]}</h1>
        <p class="where">
          <strong class="plate">{vehicle.plate}</strong>
          {say(words.at, { time: instant(detail.occurredAt, language), place: detail.place.name[language] })}
        </p>
      </header>
      <div class="columns">
        <div class="main-column">
          <Evidence detail={detail} />
          <section class="card">
            <h2>{say(words.happened)}</h2>
            <p>{act.why[language]}</p>
            <dl>
              <dt>{say(words.law)}</dt>
              <dd>{act.citation[language]}</dd>
              <dt>{say(words.placeLabel)}</dt>
              <dd>
                {detail.place.name[language]}, {detail.place.address[language]}
              </dd>
              <dt>{say(words.vehicle)}</dt>
              <dd>
                {[
                  vehicle.type[language],
                  vehicle.makeModel,
                  say(words.plateColour, { colour: vehicle.plateColour[language] }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </dd>
              <dt>{say(words.unit)}</dt>
              <dd>
                {detail.unit.name[language]}
                {detail.unit.phone !== null && (
                  <>
                    {' '}
                    ·{' '}
                    <a class="phone" href={`tel:${detail.unit.phone.replaceAll(' ', '')}`}>
                      {detail.unit.phone}
                    </a>
                  </>
                )}
              </dd>
            </dl>
            <p class="soft">
              {say(words.confirmed, {
                unit: detail.officerUnit,
                time: instant(detail.confirmedAt, language),
              })}
            </p>
          </section>
          <Reading reading={detail.reading} />
          <Answers detail={detail} />
        </div>
        <div class="side-column">
          <Owed detail={detail} />
          <Timeline events={detail.timeline} />
          <Papers detail={detail} opened={again} />
          {detail.may.pay && <Appointments detail={detail} />}
        </div>
      </div>
    </article>
  );
}
