import type { NoticeRow } from '../../http/citizen/shapes.js';
import { instant, money } from '../shared/format.js';
import { useLanguage } from '../shared/language.js';
import { useLoad, Waiting } from './load.js';
import { words } from './messages.js';
import { link } from './route.js';
import { StateBadge } from './state.js';

/** The notices of the citizen who has signed in, newest first. */
export function Mine() {
  const { say, language } = useLanguage();
  const list = useLoad<{ notices: NoticeRow[] }>('/v1/notices');
  return (
    <Waiting of={list}>
      {({ notices }) => (
        <>
          <h1>{say(words.mine)}</h1>
          {notices.length === 0 && <p class="card">{say(words.noneMine)}</p>}
          <ul class="notices">
            {notices.map((n) => (
              <li key={n.id}>
                <a class="card" href={link('notice', n.id)}>
                  <span class="line">
                    <strong class="plate">{n.plate}</strong>
                    <StateBadge state={n.state} />
                  </span>
                  <span>{n.behaviour[language]}</span>
                  <small>
                    {instant(n.occurredAt, language)} · {n.place[language]}
                  </small>
                  {n.due > 0 && <strong>{money(n.due)}</strong>}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </Waiting>
  );
}
