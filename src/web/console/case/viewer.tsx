import { useRef, useState } from 'preact/hooks';
import { day, instant } from '../../shared/format.js';
import { useLanguage } from '../../shared/language.js';
import type { FilmFrame } from '../dossier.js';
import { roleWords, words } from '../messages.js';

export interface View {
  readonly brightness: number;
  readonly contrast: number;
  readonly close: boolean;
}
export const PLAIN_VIEW: View = { brightness: 1, contrast: 1, close: false };

/** The chosen frame with its boxes, the plate beside it, and the strip of all frames. The view changes, the file never. */
export function Viewer(props: {
  caseId: string;
  frames: readonly FilmFrame[];
  chosen: number;
  choose: (index: number) => void;
  view: View;
  setView: (view: View) => void;
  /** The chosen picture is on the screen. */
  onShown: () => void;
}) {
  const { frames, chosen, choose, view, setView } = props;
  const { say, language } = useLanguage();
  const frame = frames[chosen];
  const [size, setSize] = useState({ width: 16, height: 9 });
  const figure = useRef<HTMLElement>(null);
  if (frame === undefined) return null;
  const url = (f: FilmFrame, query = ''): string => `/api/cases/${props.caseId}/frames/${f.frameId}${query}`;
  const filter = `brightness(${view.brightness}) contrast(${view.contrast})`;
  const focus = view.close && frame.letGoAt === null ? (frame.plate?.box ?? frame.box) : null;
  return (
    <section class="viewer" aria-label={say(words.frames)}>
      <figure
        ref={figure}
        class={view.close ? 'picture close' : 'picture'}
        style={focus === null ? {} : zoomTo(focus, size, figure.current)}
      >
        {frame.letGoAt === null ? (
          <>
            <img
              src={url(frame)}
              alt=""
              style={{ filter }}
              onLoad={(event) => {
                setSize(drawnSize(event.currentTarget as HTMLImageElement));
                props.onShown();
              }}
            />
            <svg viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
              {frame.box !== null && <Outline box={frame.box} kind="vehicle" />}
              {frame.plate !== null && <Outline box={frame.plate.box} kind="plate" />}
            </svg>
          </>
        ) : (
          <figcaption class="let-go">{say(words.letGo, { day: day(frame.letGoAt, language) })}</figcaption>
        )}
      </figure>
      <div class="viewer-bar">
        <span class="frame-facts">
          {say(words.ofFrames, { i: chosen + 1, n: frames.length })} · {instant(frame.capturedAt, language)}{' '}
          <small>{say(words.clockOffset, { ms: frame.clockOffsetMs })}</small>
          {frame.roles.map((role) => (
            <em key={role}>{say(roleWords[role] ?? { vi: role, en: role })}</em>
          ))}
        </span>
        <Slider
          label={say(words.brightness)}
          min={0.4}
          value={view.brightness}
          set={(brightness) => setView({ ...view, brightness })}
        />
        <Slider
          label={say(words.contrast)}
          min={0.5}
          value={view.contrast}
          set={(contrast) => setView({ ...view, contrast })}
        />
        <small title={frame.sha256}>{say(words.viewOnly)}</small>
      </div>
      <ol class="strip">
        {frames.map((f, i) => (
          <li key={f.frameId}>
            <button
              type="button"
              class={i === chosen ? 'chosen' : ''}
              aria-current={i === chosen}
              onClick={() => choose(i)}
            >
              {f.letGoAt === null ? (
                <img
                  src={url(f, '/thumbnail')}
                  alt={say(words.ofFrames, { i: i + 1, n: frames.length })}
                  loading="lazy"
                />
              ) : (
                <span class="let-go">
                  <span class="only-heard">{say(words.ofFrames, { i: i + 1, n: frames.length })}: </span>
                  {say(words.letGoShort)}
                </span>
              )}
              {f.roles.length > 0 && <span class="proves" aria-hidden="true" />}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A picture's own size as it is drawn: `naturalWidth` is that of one turned by its EXIF word, even where the style forbids it. */
function drawnSize(img: HTMLImageElement): { width: number; height: number } {
  Object.assign(img.style, { width: 'auto', height: 'auto' });
  const size = { width: img.offsetWidth, height: img.offsetHeight };
  Object.assign(img.style, { width: '', height: '' });
  return size;
}

function Slider(props: { label: string; min: number; value: number; set: (value: number) => void }) {
  return (
    <label>
      {props.label}
      <input
        type="range"
        min={props.min}
        max={3}
        step={0.1}
        value={props.value}
        onInput={(event) => props.set(Number((event.currentTarget as HTMLInputElement).value))}
      />
    </label>
  );
}

function Outline({ box, kind }: { box: readonly number[]; kind: 'vehicle' | 'plate' }) {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = box;
  return <rect class={kind} x={x0} y={y0} width={x1 - x0} height={y1 - y0} />;
}

/** Moves and scales picture and boxes so that `box` comes to the middle and fills about half of the figure. */
function zoomTo(
  box: readonly number[],
  size: { width: number; height: number },
  figure: HTMLElement | null,
): Record<string, string> {
  const [x0 = 0, y0 = 0, x1 = 1, y1 = 1] = box;
  const [width, height] = [figure?.clientWidth || size.width, figure?.clientHeight || size.height];
  // The whole picture is shown, with bars beside it or above and below, so its pixels are not the figure's.
  const fit = Math.min(width / size.width, height / size.height);
  const x = ((width - size.width * fit) / 2 + ((x0 + x1) / 2) * fit) / width;
  const y = ((height - size.height * fit) / 2 + ((y0 + y1) / 2) * fit) / height;
  const share = Math.max(((x1 - x0) * fit) / width, ((y1 - y0) * fit) / height);
  const zoom = Math.min(10, Math.max(1.5, 0.5 / share));
  return { '--zoom': String(zoom), '--x': `${x * 100}%`, '--y': `${y * 100}%` };
}
