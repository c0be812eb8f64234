import type { NoticeDetail } from '../../http/citizen/shapes.js';
import { day, money } from '../shared/format.js';
import { useLanguage } from '../shared/language.js';
import { words } from './messages.js';

/** What the amount rests on: the penalty decision with its days, or plainly that there is none and nothing runs. */
export function DecisionFacts({ detail }: { detail: NoticeDetail }) {
  const { say, language } = useLanguage();
  const { decision, owed } = detail;
  if (decision === null) {
    if (owed.due > 0) return <p class="provisional">{say(words.provisional)}</p>;
    return detail.state === 'void' ? null : <p class="provisional">{say(words.paidProvisional)}</p>;
  }
  const onDay = (date: string): string => day(`${date}T12:00:00+07:00`, language);
  return (
    <div class="decision">
      <h3>{say(words.decisionTitle)}</h3>
      <dl>
        <dt>{say(words.decisionNumber)}</dt>
        <dd>{decision.number}</dd>
        <dt>{say(words.decisionIssued)}</dt>
        <dd>{onDay(decision.issuedOn)}</dd>
        <dt>{say(words.decisionSigner)}</dt>
        <dd>{decision.signer[language]}</dd>
        <dt>{say(words.decisionAmount)}</dt>
        <dd>{money(decision.amount)}</dd>
        {decision.receivedOn !== null && (
          <>
            <dt>{say(words.decisionReceived)}</dt>
            <dd>{onDay(decision.receivedOn)}</dd>
          </>
        )}
        {owed.due > 0 && owed.lastDayToPay !== null && (
          <>
            <dt>{say(words.lastDayToPay)}</dt>
            <dd>{onDay(owed.lastDayToPay)}</dd>
          </>
        )}
        {owed.due > 0 && decision.interestFrom !== null && (
          <>
            <dt>{say(words.interestFrom)}</dt>
            <dd>{onDay(decision.interestFrom)}</dd>
          </>
        )}
      </dl>
      {decision.former.map((one) => (
        <p key={one.correctedAt} class="soft">
          {say(words.formerDecision, {
            day: day(one.correctedAt, language),
            number: one.number,
            issued: onDay(one.issuedOn),
            amount: money(one.amount),
          })}
        </p>
      ))}
      {owed.due > 0 && decision.receivedOn === null && <p>{say(words.notReceived)}</p>}
    </div>
  );
}
