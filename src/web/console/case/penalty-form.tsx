import { money } from '../../shared/format.js';
import { useLanguage } from '../../shared/language.js';
import type { Dossier } from '../dossier.js';
import { penaltyWords as words } from '../messages.js';

/** Sends what was typed; false if it was refused. */
export type RecordPenalty = (path: 'penalty' | 'penalty-receipt', body: object) => Promise<boolean>;

/** What is copied off the decision that the agency's own system made. What the law allows is checked by the server. */
export function PenaltyForm({ law, record }: { law: Dossier['law']; record: RecordPenalty }) {
  const { say } = useLanguage();
  return (
    <form
      class="penalty-form"
      onSubmit={(event) => {
        event.preventDefault();
        void record('penalty', bodyOf(event.currentTarget as HTMLFormElement));
      }}
    >
      <p class="hint">{say(words.lead)}</p>
      <label>
        {say(words.number)}
        <input name="number" required maxLength={60} autofocus />
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
          defaultValue={String(law.fine.standard)}
        />
      </label>
      <label>
        {say(words.signerName)}
        <input name="signerName" required maxLength={100} />
      </label>
      <label>
        {say(words.signerRank)}
        <select name="signerRank">
          {law.signers.map((signer) => (
            <option key={signer.id} value={signer.id}>
              {say(signer.title)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say(words.issuedOn)}
        <input name="issuedOn" type="date" required />
      </label>
      <label>
        {say(words.receivedOnIfKnown)}
        <input name="receivedOn" type="date" />
      </label>
      <label>
        {say(words.mitigating)}
        <textarea name="mitigating" rows={2} maxLength={1000} />
      </label>
      <label>
        {say(words.aggravating)}
        <textarea name="aggravating" rows={2} maxLength={1000} />
      </label>
      <button class="primary">{say(words.record)}</button>
    </form>
  );
}

function bodyOf(filled: HTMLFormElement): object {
  const form = new FormData(filled);
  const given = (name: string): string | null => String(form.get(name) ?? '') || null;
  return {
    number: given('number'),
    amount: Number(given('amount')),
    signerName: given('signerName'),
    signerRank: given('signerRank'),
    issuedOn: given('issuedOn'),
    receivedOn: given('receivedOn'),
    mitigating: given('mitigating'),
    aggravating: given('aggravating'),
  };
}
