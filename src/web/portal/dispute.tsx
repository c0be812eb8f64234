import { useState } from 'preact/hooks';
import type { NoticeDetail } from '../../http/citizen/shapes.js';
import { ApiError, sendForm } from '../shared/api.js';
import { useLanguage } from '../shared/language.js';
import { Refusal, useLoad, Waiting } from './load.js';
import { words } from './messages.js';
import { termRuns } from './owed.js';
import { link } from './route.js';
import { openSession } from './session.js';

/** One choice, a few words, up to three pictures: less than two minutes. */
export function DisputePage({ id }: { id: string }) {
  const notice = useLoad<NoticeDetail>(`/v1/notices/${id}`);
  return <Waiting of={notice}>{(detail) => <Form detail={detail} />}</Waiting>;
}

function Form({ detail }: { detail: NoticeDetail }) {
  const { say, language } = useLanguage();
  const [refusal, setRefusal] = useState<ApiError | null>(null);
  const [step, setStep] = useState<'open' | 'busy' | 'sent'>('open');
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setStep('busy');
    setRefusal(null);
    try {
      await openSession();
      await sendForm(`/v1/notices/${detail.id}/responses`, form);
      setStep('sent');
    } catch (error) {
      setStep('open');
      if (error instanceof ApiError) setRefusal(error);
    }
  };
  const back = (
    <a class="button" href={link('notice', detail.id)}>
      {say(words.backToNotice)}
    </a>
  );
  if (step === 'sent')
    return (
      <section class="card" role="status">
        <p class="good-note">{say(words.sent)}</p>
        <p class="actions">{back}</p>
      </section>
    );
  return (
    <form class="card dispute" onSubmit={(event) => void submit(event)}>
      <h1>{say(words.disputeTitle)}</h1>
      <p>{say(words.disputeLead)}</p>
      {termRuns(detail) && <p>{say(words.disputeStillDue)}</p>}
      <fieldset>
        <legend>{say(words.whatIsIt)}</legend>
        {detail.responseKinds.map(({ kind, label }) => (
          <label class="choice" key={kind}>
            <input type="radio" name="kind" value={kind} required />
            {label[language]}
          </label>
        ))}
      </fieldset>
      <label for="text">{say(words.tellUs)}</label>
      <textarea id="text" name="text" rows={5} required maxLength={4000} aria-describedby="text-hint" />
      <small id="text-hint">{say(words.tellHint)}</small>
      <label for="pictures">{say(words.attach)}</label>
      <input
        id="pictures"
        name="pictures"
        type="file"
        accept="image/jpeg,image/png,image/webp"
        multiple
        aria-describedby="pictures-hint"
      />
      <small id="pictures-hint">{say(words.attachHint)}</small>
      <Refusal of={refusal} />
      <p class="actions">
        <button class="primary" disabled={step === 'busy'}>
          {say(words.send)}
        </button>
        {back}
      </p>
    </form>
  );
}
