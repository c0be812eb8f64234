import { useLanguage } from '../shared/language.js';
import { remaining } from '../shared/format.js';
import type { QueueItem } from './dossier.js';
import { words } from './messages.js';

/** The cases by legal deadline, the nearest first. */
export function Queue(props: {
  entries: readonly QueueItem[];
  chosen: string | null;
  now: number;
  choose: (id: string) => void;
}) {
  const { say, language } = useLanguage();
  if (props.entries.length === 0) return <p class="empty">{say(words.emptyQueue)}</p>;
  return (
    <ol class="queue">
      {props.entries.map((entry) => {
        const due = remaining(entry.dueAt, props.now, language);
        return (
          <li key={entry.id}>
            <button
              type="button"
              class={entry.id === props.chosen ? 'chosen' : ''}
              aria-current={entry.id === props.chosen}
              ref={(element) => {
                if (entry.id === props.chosen) element?.scrollIntoView({ block: 'nearest' });
              }}
              onClick={() => props.choose(entry.id)}
            >
              <b class={`plate-text ${entry.plateColour ?? ''}`}>
                {entry.plateDisplay ?? say(words.noPlate)}
              </b>
              <span>{say(entry.act)}</span>
              <small>
                <span class={due.late ? 'late' : ''}>{due.text}</span>
                {entry.holds.length > 0 && (
                  <em>
                    {say(words.held)} {entry.holds.length}
                  </em>
                )}
              </small>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
