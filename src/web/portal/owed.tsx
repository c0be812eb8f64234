import type { NoticeDetail } from '../../http/citizen/shapes.js';
import { day, money } from '../shared/format.js';
import { useLanguage } from '../shared/language.js';
import { DecisionFacts } from './decision.js';
import { refundStates, words } from './messages.js';
import { link } from './route.js';

/** Whether interest will come, or does, if nothing is paid. */
export const termRuns = ({ owed }: NoticeDetail): boolean => owed.due > 0 && owed.lastDayToPay !== null;

/** What is owed now, when it changes, and the two things one can do. */
export function Owed({ detail }: { detail: NoticeDetail }) {
  const { say, language } = useLanguage();
  const { owed, fine, may } = detail;
  const onDay = (date: string): string => day(`${date}T12:00:00+07:00`, language);
  return (
    <section class="card owed" aria-labelledby="owed">
      {owed.due > 0 ? (
        <>
          <h2 id="owed" class="soft">
            {say(detail.decision === null ? words.amountProvisional : words.amountNow)}
          </h2>
          <p class="amount">{money(owed.due)}</p>
          {owed.interest > 0 && (
            <p>
              {say(words.fineAndInterest, { fine: money(owed.principal), interest: money(owed.interest) })}
            </p>
          )}
          {owed.received > 0 && <p>{say(words.received, { amount: money(owed.received) })}</p>}
          {detail.decision !== null && detail.receipt !== null && <p>{say(words.moreThanPaid)}</p>}
          {owed.next !== null && owed.lastDayToPay !== null && (
            <p class="change">
              {!owed.late && (
                <>
                  {say(words.inTerm, { day: onDay(owed.lastDayToPay) })}
                  <br />
                </>
              )}
              {say(words.growsWhenLate, { day: onDay(owed.next.day), due: money(owed.next.due) })}
            </p>
          )}
        </>
      ) : (
        <h2 id="owed">
          {say(
            detail.state === 'void'
              ? words.nothingOwed
              : detail.decision === null
                ? words.paidProvisionalTitle
                : words.paidTitle,
          )}
        </h2>
      )}
      <DecisionFacts detail={detail} />
      {detail.state === 'disputed' && termRuns(detail) && (
        <p class="provisional">{say(words.disputeStillDue)}</p>
      )}
      {may.pay && (
        <a class="button primary wide" href={link('notice', detail.id, 'pay')}>
          {say(words.pay)}
        </a>
      )}
      {detail.receipt && may.papers && detail.state !== 'void' && (
        <a
          class={may.pay ? 'button wide' : 'button primary wide'}
          href={`/v1/notices/${detail.id}/receipt.pdf`}
          target="_blank"
          rel="noopener"
        >
          {say(words.receiptPdf, { number: detail.receipt.number })}
        </a>
      )}
      {may.respond && (
        <a class="button wide" href={link('notice', detail.id, 'dispute')}>
          {say(detail.state === 'disputed' ? words.answerMore : words.disagree)}
        </a>
      )}
      {detail.refunds.map((r) => (
        <p key={r.at} class="good-note">
          {say(words.refund, {
            amount: money(r.amount),
            state: refundStates[r.state]?.[language] ?? r.state,
          })}
        </p>
      ))}
      <p class="soft">
        {say(words.rangeOf, { min: money(fine.min), max: money(fine.max) })}{' '}
        {detail.points > 0 ? say(words.points, { points: detail.points }) : say(words.noPoints)}
      </p>
    </section>
  );
}
