import type { ApiError } from '../../shared/api.js';
import { day, instant, money } from '../../shared/format.js';
import { useLanguage } from '../../shared/language.js';
import { Dialog } from '../dialog.js';
import type { Dossier } from '../dossier.js';
import { penaltyWords as words, words as shared } from '../messages.js';
import { refusalOf } from '../refusals.js';
import { PenaltyForm, type PenaltyPath, type RecordPenalty } from './penalty-form.js';

/** The penalty decision of a case that was notified or paid: recorded, corrected until the owner has it, and then its receipt. */
export function PenaltyCard(props: {
  dossier: Dossier;
  busy: boolean;
  refusal: ApiError | null;
  /** What is being recorded, in a dialog. */
  asking: PenaltyPath | null;
  ask: (path: PenaltyPath | null) => void;
  record: RecordPenalty;
}) {
  const { say } = useLanguage();
  const { dossier, busy, refusal, asking, ask, record } = props;
  const { penalty, state } = dossier;
  const paidOff = state === 'paid' || state === 'closed';
  if (penalty === null && state !== 'notified' && !paidOff) return null;
  const may = mayRecord(dossier);
  return (
    <section class="card penalty-card">
      <h3>{say(words.title)}</h3>
      {penalty === null ? (
        <p class="none">{say(paidOff ? words.noneButPaid : words.none)}</p>
      ) : (
        <Facts penalty={penalty} />
      )}
      {may.map((path, i) => (
        <button key={path} type="button" disabled={busy} onClick={() => ask(path)}>
          {say(LABELS[path])} {i === 0 && <kbd>D</kbd>}
        </button>
      ))}
      <Former former={dossier.formerPenalties} />
      {asking !== null && (
        <Dialog title={say(LABELS[asking])} onClose={() => ask(null)}>
          {refusal !== null && (
            // The form is longer than a phone: whoever sent it stands at its end.
            <p class="error" role="alert" ref={(told) => told?.scrollIntoView({ block: 'nearest' })}>
              {say(refusalOf(refusal))}
            </p>
          )}
          {asking === 'penalty-receipt' ? (
            <Receipt record={record} />
          ) : (
            <PenaltyForm law={dossier.law} wrong={penalty} record={record} />
          )}
          <form method="dialog">
            <button>{say(shared.cancel)}</button>
          </form>
        </Dialog>
      )}
    </section>
  );
}

const LABELS = {
  penalty: words.record,
  'penalty-receipt': words.recordReceipt,
  'penalty-correction': words.correct,
} as const;

/** What may be done about the decision as the case stands; the first is on the key. */
function mayRecord({ penalty, state }: Dossier): readonly PenaltyPath[] {
  const paidOff = state === 'paid' || state === 'closed';
  if (penalty === null) return ['penalty'];
  if (penalty.receivedOn !== null) return [];
  return [
    ...(state === 'notified' || state === 'disputed' ? (['penalty-receipt'] as const) : []),
    ...(state === 'notified' || paidOff ? (['penalty-correction'] as const) : []),
  ];
}

/** How it was recorded before: a correction takes nothing away. */
function Former({ former }: { former: Dossier['formerPenalties'] }) {
  const { say, language } = useLanguage();
  if (former.length === 0) return null;
  return (
    <details class="former">
      <summary>{say(words.former, { n: former.length })}</summary>
      {former.map((one) => (
        <div key={one.id}>
          <p>
            {say(words.corrected, { time: instant(one.correctedAt, language), name: one.correctedBy })}:{' '}
            {one.reason}
          </p>
          <Facts penalty={one} />
        </div>
      ))}
    </details>
  );
}

function Facts({ penalty }: { penalty: NonNullable<Dossier['penalty']> }) {
  const { say, language } = useLanguage();
  const onDay = (date: string): string => day(`${date}T12:00:00+07:00`, language);
  const facts: readonly (readonly [string, string | null])[] = [
    [say(words.number), penalty.number],
    [say(words.amount), money(penalty.amount)],
    [say(words.signer), `${penalty.signerName}, ${say(penalty.signer)}`],
    [say(words.issuedOn), onDay(penalty.issuedOn)],
    [say(words.receivedOn), penalty.receivedOn === null ? say(words.notKnown) : onDay(penalty.receivedOn)],
    [say(words.mitigating), penalty.mitigating],
    [say(words.aggravating), penalty.aggravating],
  ];
  return (
    <dl class="facts">
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </>
          ),
      )}
    </dl>
  );
}

function Receipt({ record }: { record: RecordPenalty }) {
  const { say } = useLanguage();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget as HTMLFormElement);
        void record('penalty-receipt', { receivedOn: form.get('receivedOn') });
      }}
    >
      <label>
        {say(words.receivedOn)}
        <input name="receivedOn" type="date" required autofocus />
      </label>
      <button class="primary">{say(words.recordReceipt)}</button>
    </form>
  );
}
