import { useState } from 'preact/hooks';
import { useLanguage } from '../../shared/language.js';
import { words } from '../messages.js';

export type Outcome = 'uphold' | 'void';

/** As the server asks of an answer. */
const LEAST_CHARACTERS = 10;

/** The officer's one answer, with its reasons, to everything of the owner that is open on this screen. */
export function AnswerForm(props: { busy: boolean; send: (outcome: Outcome, answer: string) => void }) {
  const { say } = useLanguage();
  const [answer, setAnswer] = useState('');
  const disabled = props.busy || answer.trim().length < LEAST_CHARACTERS;
  return (
    <section class="card answer-form">
      <label>
        {say(words.answer)}
        <textarea
          rows={3}
          minLength={LEAST_CHARACTERS}
          value={answer}
          onInput={(e) => setAnswer((e.currentTarget as HTMLTextAreaElement).value)}
        />
      </label>
      <div class="row">
        <button type="button" disabled={disabled} onClick={() => props.send('uphold', answer)}>
          {say(words.uphold)}
        </button>
        <button type="button" class="danger" disabled={disabled} onClick={() => props.send('void', answer)}>
          {say(words.voidCase)}
        </button>
      </div>
    </section>
  );
}
