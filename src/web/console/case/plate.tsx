import { useLanguage } from '../../shared/language.js';
import type { ShownPlate } from '../dossier.js';
import { colourWords, words } from '../messages.js';

/** The plate large, its characters each with how sure the reader is, and what other frames read. */
export function Plate({ caseId, plate }: { caseId: string; plate: ShownPlate }) {
  const { say } = useLanguage();
  return (
    <section class="plate-card">
      <h3>{say(words.plate)}</h3>
      {plate.crop !== null && (
        <img
          class="plate-crop"
          alt={plate.display}
          src={`/api/cases/${caseId}/frames/${plate.crop.frameId}/crop?box=${plate.crop.box.join(',')}&pad=0.15&width=420`}
        />
      )}
      <p class={`plate-text ${plate.colour}`}>{plate.display}</p>
      <ol class="chars" aria-label={say(words.certainty)}>
        {plate.chars.map((char, i) => (
          <li key={i} class={char.p >= 0.99 ? 'sure' : char.p >= 0.9 ? 'fair' : 'unsure'}>
            <b>{char.c}</b>
            <span>{Math.floor(char.p * 100)}</span>
            {char.confusable !== '' && <i title={char.confusable}>≈{char.confusable}</i>}
          </li>
        ))}
      </ol>
      <dl class="facts">
        <dt>{say(words.plateColour)}</dt>
        <dd>{say(colourWords[plate.colour] ?? colourWords.unknown!)}</dd>
        {plate.others.length > 0 && (
          <>
            <dt>{say(words.otherReads)}</dt>
            <dd>
              {plate.others.map((other) => (
                <code key={other.text}>
                  {other.text} ×{other.count}
                </code>
              ))}
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}
