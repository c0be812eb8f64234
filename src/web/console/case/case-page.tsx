import { useEffect, useState } from 'preact/hooks';
import { call, type ApiError } from '../../shared/api.js';
import { instant, remaining } from '../../shared/format.js';
import { useLanguage } from '../../shared/language.js';
import type { OpenedCase } from '../dossier.js';
import { useKeys, type Binding } from '../keys.js';
import { words } from '../messages.js';
import { HistoryCard, OwnerCard, RuleCard, VehicleCard } from './cards.js';
import { Holds } from './holds.js';
import { Plate, plateFrame } from './plate.js';
import { RejectDialog } from './reject.js';
import { Response } from './response.js';
import { PLAIN_VIEW, Viewer, type View } from './viewer.js';

export interface Decided {
  readonly caseId: string;
  readonly message: string;
  /** ISO instant until which it can be taken back. */
  readonly undoUntil: string | null;
}

/** One case on one screen: pictures left, plate and register beside them, the act and the law, the decision. */
export function CasePage(props: {
  caseId: string;
  now: number;
  bindings: (own: readonly Binding[]) => readonly Binding[];
  onDecided: (decided: Decided) => void;
}) {
  const { say, language } = useLanguage();
  const [opened, setOpened] = useState<OpenedCase | null>(null);
  const dossier = opened?.dossier ?? null;
  const [chosen, setChosen] = useState(0);
  const [view, setView] = useState<View>(PLAIN_VIEW);
  const [rejecting, setRejecting] = useState(false);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);

  const load = (): void => {
    call<OpenedCase>('GET', `/api/cases/${props.caseId}`)
      .then((loaded) => {
        setOpened(loaded);
        setError('');
        const best = plateFrame(loaded.dossier);
        setChosen(
          Math.max(
            0,
            loaded.dossier.film.findIndex((frame) => frame.frameId === best?.frameId),
          ),
        );
      })
      .catch((refusal: Error) => setError(refusal.message));
  };
  useEffect(() => {
    setOpened(null);
    setView(PLAIN_VIEW);
    setRejecting(false);
    load();
  }, [props.caseId]);

  const change = async (
    path: string,
    body: object,
  ): Promise<{ undoUntil?: string; outcome?: string } | null> => {
    if (dossier === null || busy) return null;
    setBusy(true);
    try {
      return await call('POST', `/api/cases/${dossier.id}/${path}`, { version: dossier.version, ...body });
    } catch (refusal) {
      setError((refusal as ApiError).message);
      if ((refusal as ApiError).code === 'STALE_VERSION') load();
      return null;
    } finally {
      setBusy(false);
    }
  };
  const plate = dossier?.plate?.display ?? '';
  const decided = (message: string, undoUntil: string | undefined): void =>
    props.onDecided({ caseId: props.caseId, message, undoUntil: undoUntil ?? null });
  const confirm = async (): Promise<void> => {
    if (dossier === null || dossier.state !== 'candidate' || dossier.obstacles.length > 0) return;
    const answer = await change('confirm', { openedAt: opened?.openedAt });
    if (answer === null) return;
    decided(
      say(answer.outcome === 'second-review' ? words.waitsForSecond : words.confirmed, { plate }),
      answer.undoUntil,
    );
  };
  const reject = async (reason: string, note: string): Promise<void> => {
    setRejecting(false);
    const answer = await change('reject', { reason, note, openedAt: opened?.openedAt });
    if (answer !== null) decided(say(words.rejected, { plate }), answer.undoUntil);
  };
  const clear = async (code: string, reason: string): Promise<void> => {
    if ((await change('clear-hold', { code, reason })) !== null) load();
  };
  const step = (by: number): void =>
    setChosen((i) => Math.min(Math.max(0, i + by), (dossier?.film.length ?? 1) - 1));

  const own: Binding[] = [
    { key: 'ArrowRight', shown: '→', what: words.nextFrame, run: () => step(1) },
    { key: 'ArrowLeft', shown: '←', what: words.previousFrame, run: () => step(-1) },
    { key: 'z', what: words.plateView, run: () => setView((v) => ({ ...v, close: !v.close })) },
    {
      key: 'b',
      what: words.brightness,
      run: () => setView((v) => ({ ...v, brightness: v.brightness >= 2.4 ? 0.8 : v.brightness + 0.4 })),
    },
    { key: '0', what: words.resetView, run: () => setView(PLAIN_VIEW) },
    { key: 'y', what: words.confirm, run: () => void confirm() },
    { key: 'x', what: words.reject, run: () => dossier?.state === 'candidate' && setRejecting(true) },
  ];
  useKeys(rejecting ? [] : props.bindings(own));

  if (dossier === null) return <div class="empty">{error}</div>;
  const obstacles = opened?.obstacles ?? [];
  const due = remaining(dossier.deadlines.noticeDueAt, props.now, language);
  return (
    <article class="case" aria-busy={busy}>
      <header class="case-head">
        <h2 class="plate-title">{plate === '' ? say(words.noPlate) : plate}</h2>
        <p>
          {say(dossier.law.name)}
          <br />
          <small>
            {instant(dossier.violation.occurredAt, language)} · {say(dossier.site.name)}
          </small>
        </p>
        <p class={due.late ? 'due late' : 'due'} title={instant(dossier.deadlines.noticeDueAt, language)}>
          {say(words.noticeDue)}: <b>{due.text}</b>
        </p>
      </header>
      {error !== '' && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
      <Holds holds={dossier.holds} clear={(code, reason) => void clear(code, reason)} />
      <div class="case-body">
        <Viewer
          caseId={dossier.id}
          frames={dossier.film}
          chosen={chosen}
          choose={setChosen}
          view={view}
          setView={setView}
        />
        <aside class="case-side">
          {dossier.plate !== null && <Plate dossier={dossier} plate={dossier.plate} />}
          <VehicleCard dossier={dossier} />
          <RuleCard dossier={dossier} />
          {dossier.responses.map((response) => (
            <Response
              key={response.id}
              dossier={dossier}
              response={response}
              onAnswered={(m) => decided(m, undefined)}
            />
          ))}
          <OwnerCard dossier={dossier} key={dossier.id} />
          <HistoryCard dossier={dossier} />
        </aside>
      </div>
      {dossier.state === 'candidate' && (
        <footer class="decision">
          {obstacles.length > 0 && (
            <span class="blocked">
              {say(words.confirmBlocked)}: {obstacles.map((obstacle) => say(obstacle)).join(' · ')}
            </span>
          )}
          <button type="button" class="danger" disabled={busy} onClick={() => setRejecting(true)}>
            {say(words.reject)} <kbd>X</kbd>
          </button>
          <button
            type="button"
            class="primary"
            disabled={busy || obstacles.length > 0}
            onClick={() => void confirm()}
          >
            {say(words.confirm)} <kbd>Y</kbd>
          </button>
        </footer>
      )}
      {rejecting && (
        <RejectDialog
          reasons={opened?.rejectReasons ?? []}
          onClose={() => setRejecting(false)}
          reject={(r, n) => void reject(r, n)}
        />
      )}
    </article>
  );
}
