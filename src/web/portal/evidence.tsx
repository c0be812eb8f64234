import { useState } from 'preact/hooks';
import type { NoticeDetail } from '../../http/citizen/shapes.js';
import { instant } from '../shared/format.js';
import { useLanguage } from '../shared/language.js';
import { words } from './messages.js';

type View = 'overview' | 'vehicle' | 'plate';

/** The evidence frames: whole scene, the vehicle, the plate; each with its instant and hash. */
export function Evidence({ detail }: { detail: NoticeDetail }) {
  const { say, language } = useLanguage();
  const [index, setIndex] = useState(detail.bestPicture);
  const [view, setView] = useState<View>('overview');
  const frame = detail.evidence[index];
  if (!frame) return null;
  const shown: View =
    view === 'plate' && !frame.plate ? 'overview' : view === 'vehicle' && !frame.vehicle ? 'overview' : view;
  const caption = say(words.pictureOf, {
    role: frame.role[language],
    time: instant(frame.capturedAt, language),
  });
  const views: readonly [View, string, boolean][] = [
    ['overview', say(words.wholeScene), true],
    ['vehicle', say(words.closeUp), frame.vehicle],
    ['plate', say(words.plateCrop), frame.plate],
  ];
  return (
    <section class="card evidence" aria-label={say(words.evidence)}>
      <a class="photo" href={source(detail.id, index, shown, 1920)} target="_blank" rel="noopener">
        <img key={`${index}${shown}`} src={source(detail.id, index, shown, 900)} alt={caption} />
      </a>
      <div class="views">
        <div class="tabs" role="group" aria-label={say(words.evidence)}>
          {views.map(([name, label, there]) => (
            <button
              type="button"
              key={name}
              aria-pressed={shown === name}
              disabled={!there}
              onClick={() => setView(name)}
            >
              {label}
            </button>
          ))}
        </div>
        {detail.evidence.length > 1 && (
          <div
            class="tabs"
            role="group"
            aria-label={say(words.frame, { n: index + 1, total: detail.evidence.length })}
          >
            {detail.evidence.map((e, i) => (
              <button
                type="button"
                key={e.sha256 + i}
                aria-pressed={i === index}
                title={e.role[language]}
                onClick={() => setIndex(i)}
              >
                {i + 1}
              </button>
            ))}
          </div>
        )}
      </div>
      <p>
        <strong>{caption}</strong>
      </p>
      <p class="soft">{say(words.blurred)}</p>
      <p class="hash">SHA-256 {frame.sha256}</p>
    </section>
  );
}

const source = (id: string, index: number, view: View, width: number): string =>
  `/v1/notices/${id}/pictures/${index}?view=${view}&width=${width}`;
