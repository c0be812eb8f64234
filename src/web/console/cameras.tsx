import { useEffect, useState } from 'preact/hooks';
import { call } from '../shared/api.js';
import { instant } from '../shared/format.js';
import { useLanguage } from '../shared/language.js';
import { troubleWords, words } from './messages.js';

interface CameraRow {
  readonly id: string;
  readonly name: string;
  readonly siteId: string;
  readonly lastSeenAt: string | null;
  readonly lastClockOffsetMs: number | null;
  readonly frames: number;
  readonly troubles: readonly string[];
}

/** Every camera, those in trouble first: late, silent, drifting, never spoke. */
export function Cameras() {
  const { say, language } = useLanguage();
  const [cameras, setCameras] = useState<readonly CameraRow[]>([]);
  useEffect(() => {
    const load = (): void =>
      void call<{ cameras: CameraRow[] }>('GET', '/api/cameras').then(
        (a) => setCameras(a.cameras),
        () => undefined,
      );
    load();
    const timer = setInterval(load, 5000);
    return () => clearInterval(timer);
  }, []);
  return (
    <table class="cameras">
      <thead>
        <tr>
          <th>{say(words.cameras)}</th>
          <th>{say(words.lastSeen)}</th>
          <th>{say(words.clock)}</th>
          <th>{say(words.framesDay)}</th>
          <th>{say(words.trouble)}</th>
        </tr>
      </thead>
      <tbody>
        {cameras.map((camera) => (
          <tr key={camera.id}>
            <th scope="row">
              {camera.name} <small>{camera.id}</small>
            </th>
            <td>
              {camera.lastSeenAt === null ? say(words.neverSpoke) : instant(camera.lastSeenAt, language)}
            </td>
            <td class="number">
              {camera.lastClockOffsetMs === null ? '–' : `${camera.lastClockOffsetMs} ms`}
            </td>
            <td class="number">{camera.frames}</td>
            <td class={camera.troubles.length > 0 ? 'bad' : 'good'}>
              {camera.troubles.length === 0
                ? say(words.well)
                : camera.troubles.map((t) => say(troubleWords[t] ?? { vi: t, en: t })).join(', ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
