import { useState } from 'preact/hooks';
import type { Checked } from '../../http/citizen/shapes.js';
import { instant, money } from '../shared/format.js';
import { useLanguage } from '../shared/language.js';
import { useLoad, Waiting } from './load.js';
import { words } from './messages.js';
import { go } from './route.js';

/** Is this paper genuine? */
export function VerifyPage({ code }: { code: string }) {
  const { say } = useLanguage();
  return (
    <>
      <section class="card">
        <h1>{say(words.checkTitle)}</h1>
        <p>{say(words.checkLead)}</p>
        <VerifyForm code={code} key={code} />
      </section>
      {code !== '' && <Answer code={code} />}
    </>
  );
}

export function VerifyForm({ code }: { code: string }) {
  const { say } = useLanguage();
  const [typed, setTyped] = useState(code);
  return (
    <form
      class="inline"
      onSubmit={(event) => (event.preventDefault(), typed.trim() !== '' && go('verify', typed.trim()))}
    >
      <label class="hidden" for="code">
        {say(words.code)}
      </label>
      <input
        id="code"
        value={typed}
        placeholder="ABCD-EFGH-JKMN"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        maxLength={32}
        onInput={(e) => setTyped(e.currentTarget.value)}
      />
      <button>{say(words.check)}</button>
    </form>
  );
}

function Answer({ code }: { code: string }) {
  const { say, language } = useLanguage();
  const paper = useLoad<Checked>(`/v1/verify/${encodeURIComponent(code)}`);
  return (
    <Waiting of={paper}>
      {(p) => (
        <section class={`card verdict ${p.genuine ? 'good' : 'bad'}`}>
          <h2>{say(p.genuine ? words.genuine : words.notGenuine)}</h2>
          {p.genuine && <p>{say(p.kind === 'notice' ? words.genuineNotice : words.genuineReceipt)}</p>}
          <dl>
            <dt>{say(words.numberLabel)}</dt>
            <dd>{p.number}</dd>
            <dt>{say(words.issued)}</dt>
            <dd>{instant(p.issuedAt, language)}</dd>
            <dt>{say(words.plate)}</dt>
            <dd>
              <strong class="plate">{p.plate}</strong>
            </dd>
            <dt>{say(words.behaviour)}</dt>
            <dd>{p.behaviour[language]}</dd>
            <dt>{say(words.time)}</dt>
            <dd>{instant(p.occurredAt, language)}</dd>
            <dt>{say(words.placeLabel)}</dt>
            <dd>{p.place[language]}</dd>
            <dt>{say(words.amount)}</dt>
            <dd>{money(p.amount)}</dd>
            <dt>{say(words.unit)}</dt>
            <dd>
              {p.unit.name[language]}
              {p.unit.phone !== null && ` · ${p.unit.phone}`}
            </dd>
          </dl>
          {p.statement !== null && (
            <details>
              <summary>{say(words.forDoubters)}</summary>
              <p class="hash">
                {say(words.statement)}: {p.statement}
              </p>
              <p class="hash">
                {say(words.signature)}: {p.signature}
              </p>
              <p class="hash">
                {say(words.publicKey)}: {p.publicKeySha256}
              </p>
              <pre>{p.publicKeyPem}</pre>
            </details>
          )}
        </section>
      )}
    </Waiting>
  );
}
