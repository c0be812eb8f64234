import { useState } from 'preact/hooks';
import type { ApiError } from '../../shared/api.js';
import { day, money } from '../../shared/format.js';
import { useLanguage } from '../../shared/language.js';
import { Dialog } from '../dialog.js';
import type { Dossier } from '../dossier.js';
import { penaltyWords as words } from '../messages.js';
import { refusalOf } from '../refusals.js';
import { PenaltyForm, type RecordPenalty } from './penalty-form.js';

/** The penalty decision of a case that was notified: recorded once, and then when the owner received it. */
export function PenaltyCard(props: {
  dossier: Dossier;
  busy: boolean;
  refusal: ApiError | null;
  record: RecordPenalty;
}) {
  const { say } = useLanguage();
  const { dossier, busy, refusal } = props;
  const { penalty, state } = dossier;
  const [asking, setAsking] = useState(false);
  /** What was refused stays in its fields, with the reason above them. */
  const send: RecordPenalty = async (path, body) => {
    const done = await props.record(path, body);
    if (done) setAsking(false);
    return done;
  };
  const wanted = penalty === null ? state === 'notified' : penalty.receivedOn === null;
  const open = state === 'notified' || state === 'disputed';
  if (penalty === null && state !== 'notified') return null;
  const label = say(penalty === null ? words.record : words.recordReceipt);
  return (
    <section class="card penalty-card">
      <h3>{say(words.title)}</h3>
      {penalty === null ? <p class="none">{say(words.none)}</p> : <Facts penalty={penalty} />}
      {wanted && open && (
        <button type="button" disabled={busy} onClick={() => setAsking(true)}>
          {label} <kbd>D</kbd>
        </button>
      )}
      {asking && (
        <Dialog title={label} onClose={() => setAsking(false)}>
          {refusal !== null && (
            <p class="error" role="alert">
              {say(refusalOf(refusal))}
            </p>
          )}
          {penalty === null ? <PenaltyForm law={dossier.law} record={send} /> : <Receipt record={send} />}
        </Dialog>
      )}
    </section>
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
