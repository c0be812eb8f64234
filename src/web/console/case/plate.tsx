import type { Messages } from '../../../core/messages.js';
import { colourWords } from '../../../core/messages-vehicles.js';
import { useLanguage } from '../../shared/language.js';
import type { Dossier, FilmFrame, ShownPlate } from '../dossier.js';
import { words } from '../messages.js';

/** Other reads that are shown; the rest is noise of far frames. */
const MOST_READS = 6;

const COLOURS = ['white', 'yellow', 'blue'] as const;
export type StatedColour = (typeof COLOURS)[number];

/** Holds that an officer ends by telling the plate's background. */
const ASKS_COLOUR: readonly string[] = ['REGISTER_AMBIGUOUS', 'REGISTER_NO_MATCH'];

/** The plate large, its characters each with how sure the reader is, and what other frames read. */
export function Plate(props: {
  dossier: Dossier;
  plate: ShownPlate;
  stateColour: (colour: StatedColour) => void;
}) {
  const { say } = useLanguage();
  const { dossier, plate } = props;
  const asksColour =
    dossier.state === 'candidate' && dossier.holds.some((hold) => ASKS_COLOUR.includes(hold.code));
  const shown = plateFrame(dossier);
  const others = new Map<string, number>();
  for (const read of plate.losing) others.set(read.text, (others.get(read.text) ?? 0) + 1);
  const most = [...others].sort((a, b) => b[1] - a[1]).slice(0, MOST_READS);
  return (
    <section class="plate-card">
      <h3>{say(words.plate)}</h3>
      {shown !== undefined && shown.plate !== null && (
        <img
          class="plate-crop"
          alt={plate.display}
          src={`/api/cases/${dossier.id}/frames/${shown.frameId}/crop?box=${shown.plate.box.join(',')}&pad=0.15&width=420`}
        />
      )}
      <p class={`plate-text ${plate.colour}`}>{plate.display}</p>
      <ol class="chars" aria-label={say(words.certainty)}>
        {plate.chars.map((char, i) => (
          <li key={i} class={char.doubtful || char.p < 0.9 ? 'unsure' : char.p < 0.99 ? 'fair' : 'sure'}>
            <b>{char.c}</b>
            <span>{Math.floor(char.p * 100)}</span>
            {char.confusable.length > 0 && <i>≈{char.confusable.join('')}</i>}
          </li>
        ))}
      </ol>
      <dl class="facts">
        <dt>{say(words.plateColour)}</dt>
        <dd>{say((colourWords as Messages)[plate.statedColour ?? plate.colour] ?? colourWords.unknown)}</dd>
        {others.size > 0 && (
          <>
            <dt>{say(words.otherReads)}</dt>
            <dd>
              {most.map(([text, count]) => (
                <code key={text}>
                  {text} <small>×{count}</small>
                </code>
              ))}
              {others.size > most.length && <small>+ {others.size - most.length}</small>}
            </dd>
          </>
        )}
      </dl>
      {asksColour && (
        <fieldset class="state-colour">
          <legend>{say(words.stateColour)}</legend>
          {COLOURS.map((colour) => (
            <button type="button" key={colour} onClick={() => props.stateColour(colour)}>
              {say(colourWords[colour])}
            </button>
          ))}
        </fieldset>
      )}
    </section>
  );
}

/** The frame that gave the plate. */
export function plateFrame(dossier: Dossier): FilmFrame | undefined {
  return (
    dossier.film.find((frame) => frame.frameId === dossier.plate?.frameId) ??
    dossier.film.find((frame) => frame.plate !== null)
  );
}
