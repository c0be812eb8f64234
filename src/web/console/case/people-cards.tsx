import { useState } from 'preact/hooks';
import { type Language } from '../../../core/messages.js';
import { call, type ApiError } from '../../shared/api.js';
import { day, instant, money } from '../../shared/format.js';
import { useLanguage } from '../../shared/language.js';
import type { Dossier, HistoryEntry, OpenedCase, ShownOwner } from '../dossier.js';
import { actorWords, alarmWords, words } from '../messages.js';
import { refusalOf } from '../refusals.js';

/** Shown only on demand, for a purpose, and recorded. */
export function OwnerCard({ dossier }: { dossier: Dossier }) {
  const { say } = useLanguage();
  const [owner, setOwner] = useState<ShownOwner | null>(null);
  const [refusal, setRefusal] = useState<ApiError | null>(null);
  if (dossier.owner === null) return null;
  const show = (): void => {
    call<ShownOwner>('POST', `/api/cases/${dossier.id}/owner`, {
      purpose: dossier.state === 'disputed' ? 'answer-owner' : 'decide-case',
    })
      .then(setOwner)
      .catch((error: ApiError) => setRefusal(error));
  };
  return (
    <section class="card owner-card">
      <h3>{say(words.owner)}</h3>
      {owner === null ? (
        <button type="button" onClick={show}>
          {say(words.showOwner)} <kbd>O</kbd>
        </button>
      ) : (
        <dl class="facts">
          <dt>{owner.name}</dt>
          <dd>{owner.id}</dd>
          <dd>{owner.address}</dd>
          <dt>{say(words.account)}</dt>
          <dd>{owner.digitalAccount ?? '–'}</dd>
        </dl>
      )}
      {refusal !== null && <p class="error">{say(refusalOf(refusal))}</p>}
    </section>
  );
}

/** Every state with its time, who caused it, and why. */
export function HistoryCard(props: {
  history: readonly HistoryEntry[];
  reasons: OpenedCase['rejectReasons'];
  language: Language;
}) {
  const { say } = useLanguage();
  const actor = (text: string): string => {
    const [kind = '', name = ''] = text.split(/:(.*)/s);
    return say(actorWords[kind] ?? { vi: text, en: text }, { name });
  };
  const why = ({ data }: HistoryEntry): string => {
    if (typeof data.level === 'string')
      return say(alarmWords[data.level] ?? { vi: data.level, en: data.level });
    if (typeof data.number === 'string')
      return [data.number, data.reason].filter((part) => typeof part === 'string').join(' · ');
    if (typeof data.rest === 'number') return money(data.rest);
    if (typeof data.receivedOn === 'string') return day(`${data.receivedOn}T12:00:00+07:00`, props.language);
    const known = props.reasons.find((reason) => reason.code === data.reason);
    return known ? say(known.text) : typeof data.reason === 'string' ? data.reason : '';
  };
  return (
    <section class="card">
      <h3>{say(words.history)}</h3>
      <ol class="history">
        {props.history.map((event) => (
          <li key={event.seq}>
            <time dateTime={event.at}>{instant(event.at, props.language)}</time>
            <span>{say(event.message)}</span>
            <small>{[actor(event.actor), why(event)].filter((part) => part !== '').join(' · ')}</small>
          </li>
        ))}
      </ol>
    </section>
  );
}
