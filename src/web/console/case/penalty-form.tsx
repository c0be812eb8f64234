import { money } from '../../shared/format.js';
import { useLanguage } from '../../shared/language.js';
import type { Dossier } from '../dossier.js';
import { penaltyWords as words } from '../messages.js';

export type PenaltyPath = 'penalty' | 'penalty-correction' | 'penalty-receipt';
/** Sends what was typed; what is refused stays in its fields, with the reason above them. */
export type RecordPenalty = (path: PenaltyPath, body: object) => Promise<void>;

/**
 * What is copied off the decision that the agency's own system made. What the law allows is checked by the server.
 * `wrong` is the record that is corrected: all of it again, with the reason and the officer's password.
 */
export function PenaltyForm(props: {
  law: Dossier['law'];
  wrong: Dossier['penalty'];
  record: RecordPenalty;
}) {
  const { say } = useLanguage();
  const { law, wrong, record } = props;
  return (
    <form
      class="penalty-form"
      onSubmit={(event) => {
        event.preventDefault();
        void record(
          wrong === null ? 'penalty' : 'penalty-correction',
          bodyOf(event.currentTarget as HTMLFormElement),
        );
      }}
    >
      <p class="hint">{say(wrong === null ? words.lead : words.correctLead)}</p>
      <label>
        {say(words.number)}
        <input name="number" required maxLength={60} defaultValue={wrong?.number ?? ''} autofocus />
      </label>
      <label>
        {say(words.amount)} ({money(law.fine.min)} – {money(law.fine.max)})
        <input
          name="amount"
          type="number"
          required
          min={law.fine.min}
          max={law.fine.max}
          step={1}
          defaultValue={String(wrong?.amount ?? law.fine.standard)}
        />
      </label>
      <label>
        {say(words.signerName)}
        <input name="signerName" required maxLength={100} defaultValue={wrong?.signerName ?? ''} />
      </label>
      <label>
        {say(words.signerRank)}
        <select name="signerRank">
          {law.signers.map((signer) => (
            <option key={signer.id} value={signer.id} selected={signer.id === wrong?.signerRank}>
              {say(signer.title)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say(words.issuedOn)}
        <input name="issuedOn" type="date" required defaultValue={wrong?.issuedOn ?? ''} />
      </label>
      {wrong === null && (
        <label>
          {say(words.receivedOnIfKnown)}
          <input name="receivedOn" type="date" />
        </label>
      )}
      <label>
        {say(words.mitigating)}
        <textarea name="mitigating" rows={2} maxLength={1000} defaultValue={wrong?.mitigating ?? ''} />
      </label>
      <label>
        {say(words.aggravating)}
        <textarea name="aggravating" rows={2} maxLength={1000} defaultValue={wrong?.aggravating ?? ''} />
      </label>
      {wrong !== null && (
        <>
          <label>
            {say(words.correctWhy)}
            <textarea name="reason" rows={2} required minLength={3} maxLength={1000} />
          </label>
          <label>
            {say(words.password)}
            <input name="password" type="password" required maxLength={256} autocomplete="current-password" />
          </label>
        </>
      )}
      <button class="primary">{say(wrong === null ? words.record : words.correct)}</button>
    </form>
  );
}

const ONLY_WHERE_ASKED = ['receivedOn', 'reason', 'password'];

function bodyOf(filled: HTMLFormElement): object {
  const form = new FormData(filled);
  const given = (name: string): string | null => String(form.get(name) ?? '') || null;
  return {
    number: given('number'),
    amount: Number(given('amount')),
    signerName: given('signerName'),
    signerRank: given('signerRank'),
    issuedOn: given('issuedOn'),
    mitigating: given('mitigating'),
    aggravating: given('aggravating'),
    // Only what the form asks for: a correction says no day of receipt, a first record no reason.
    ...Object.fromEntries(
      ONLY_WHERE_ASKED.filter((name) => form.has(name)).map((name) => [name, given(name)]),
    ),
  };
}
