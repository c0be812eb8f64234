import { useEffect, useState } from 'preact/hooks';
import { instant, remaining } from '../../shared/format.js';
import { useLanguage } from '../../shared/language.js';
import type { Dossier } from '../dossier.js';
import { reach, useKeys, type Binding } from '../keys.js';
import { penaltyWords, stateWords, words } from '../messages.js';
import { refusalOf } from '../refusals.js';
import { AnswerForm, type Outcome } from './answer-form.js';
import { HistoryCard, OwnerCard } from './people-cards.js';
import { Decision } from './decision.js';
import { Holds } from './holds.js';
import { PenaltyCard } from './penalty-card.js';
import type { PenaltyPath, RecordPenalty } from './penalty-form.js';
import { Plate, plateFrame } from './plate.js';
import { RejectDialog } from './reject.js';
import { Response } from './response.js';
import { RuleCard } from './rule-card.js';
import { useLooked } from './use-looked.js';
import { useOpenedCase } from './use-opened-case.js';
import { VehicleCard } from './vehicle-card.js';
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
  /** The deadline by which the queue orders it, where it is in the queue. */
  dueAt: string | undefined;
  now: number;
  bindings: (own: readonly Binding[]) => readonly Binding[];
  onDecided: (decided: Decided) => void;
}) {
  const { say, language } = useLanguage();
  const { opened, refusal, forgetRefusal, busy, matching, change, reloadAfterMatch, reloadAfterWeighing } =
    useOpenedCase(props.caseId);
  const dossier = opened?.dossier ?? null;
  const [chosen, setChosen] = useState(0);
  const [view, setView] = useState<View>(PLAIN_VIEW);
  const [rejecting, setRejecting] = useState(false);
  /** While its dialog is open, what is refused is told in it and not on the page behind. */
  const [recording, setRecording] = useState<PenaltyPath | null>(null);
  const askToRecord = (path: PenaltyPath | null): void => {
    forgetRefusal();
    setRecording(path);
  };
  const looked = useLooked();

  const first = dossier === null ? 0 : bestFrame(dossier);
  useEffect(() => setChosen(first), [first]);

  const plate = dossier?.plate?.display ?? '';
  const open = dossier?.state === 'candidate';
  const mayConfirm = open && !busy && looked.enough && dossier.obstacles.length === 0;
  const decided = (message: string, undoUntil?: string): void =>
    props.onDecided({ caseId: props.caseId, message, undoUntil: undoUntil ?? null });
  const confirm = async (): Promise<void> => {
    if (!mayConfirm) return;
    const answer = await change('confirm', { openedAt: opened?.openedAt });
    if (answer === null) return;
    const said = answer.outcome === 'second-review' ? words.waitsForSecond : words.confirmed;
    decided(say(said, { plate }), answer.undoUntil);
  };
  const reject = async (reason: string, note: string): Promise<void> => {
    setRejecting(false);
    const answer = await change('reject', { reason, note, openedAt: opened?.openedAt });
    if (answer !== null) decided(say(words.rejected, { plate }), answer.undoUntil);
  };
  const voidCase = async (reason: string): Promise<void> => {
    if ((await change('void', { reason })) !== null) decided(say(words.voided, { plate }));
  };
  const respond = async (outcome: Outcome, answer: string): Promise<void> => {
    if ((await change('answer', { outcome, answer })) !== null) decided(say(words.answered));
  };
  const recordPenalty: RecordPenalty = async (path, body) => {
    if ((await change(path, body)) === null) return;
    setRecording(null);
    reloadAfterWeighing();
  };
  const settle = async (path: string, body: object): Promise<void> => {
    if ((await change(path, body)) !== null) reloadAfterMatch();
  };
  const step = (by: number): void =>
    setChosen((i) => Math.min(Math.max(0, i + by), (dossier?.film.length ?? 1) - 1));
  const brighter = (v: View): View => ({ ...v, brightness: v.brightness >= 2.4 ? 0.8 : v.brightness + 0.4 });

  const own: Binding[] = [
    { key: 'ArrowRight', shown: '→', what: words.nextFrame, repeats: true, run: () => step(1) },
    { key: 'ArrowLeft', shown: '←', what: words.previousFrame, repeats: true, run: () => step(-1) },
    { key: 'z', what: words.plateView, run: () => setView((v) => ({ ...v, close: !v.close })) },
    { key: 'b', what: words.brightness, run: () => setView(brighter) },
    { key: '0', what: words.resetView, run: () => setView(PLAIN_VIEW) },
    { key: 'g', what: words.clear, run: () => reach('.holds button') },
    { key: 'o', what: words.showOwner, run: () => reach('.owner-card button') },
    { key: 't', what: words.answer, run: () => reach('.answer-form textarea') },
    { key: 'd', what: penaltyWords.title, run: () => reach('.penalty-card button') },
    { key: 'y', what: words.confirm, run: () => void confirm() },
    { key: 'x', what: words.reject, run: () => open && setRejecting(true) },
  ];
  useKeys(rejecting ? [] : props.bindings(own));

  if (dossier === null || opened === null)
    return <div class="empty">{refusal === null ? '' : say(refusalOf(refusal))}</div>;
  return (
    <article class="case" aria-busy={busy}>
      <Head dossier={dossier} plate={plate} dueAt={props.dueAt} now={props.now} />
      {refusal !== null && recording === null && (
        <p class="error" role="alert">
          {say(refusalOf(refusal))}
        </p>
      )}
      {matching && (
        <p class="hint" role="status">
          {say(words.matching)}
        </p>
      )}
      <Holds holds={dossier.holds} clear={(code, reason) => void settle('clear-hold', { code, reason })} />
      <div class="case-body">
        <Viewer
          caseId={dossier.id}
          frames={dossier.film}
          chosen={chosen}
          choose={setChosen}
          view={view}
          setView={setView}
          onShown={looked.begin}
        />
        <aside class="case-side">
          {dossier.responses.map((response) => (
            <Response key={response.id} caseId={dossier.id} response={response} />
          ))}
          {dossier.state === 'disputed' && (
            <AnswerForm busy={busy} send={(outcome, answer) => void respond(outcome, answer)} />
          )}
          {dossier.plate !== null && (
            <Plate
              dossier={dossier}
              plate={dossier.plate}
              stateColour={(colour) => void settle('plate-colour', { colour })}
            />
          )}
          <VehicleCard dossier={dossier} />
          <RuleCard dossier={dossier} />
          <PenaltyCard
            dossier={dossier}
            busy={busy}
            refusal={refusal}
            asking={recording}
            ask={askToRecord}
            record={recordPenalty}
          />
          <OwnerCard dossier={dossier} />
          <HistoryCard history={dossier.history} reasons={opened.rejectReasons} language={language} />
        </aside>
      </div>
      <Decision
        state={dossier.state}
        obstacles={opened.obstacles}
        looked={looked.enough}
        busy={busy}
        mayConfirm={mayConfirm}
        confirm={() => void confirm()}
        reject={() => setRejecting(true)}
        voidCase={(reason) => void voidCase(reason)}
      />
      {rejecting && (
        <RejectDialog
          reasons={opened.rejectReasons}
          onClose={() => setRejecting(false)}
          reject={(r, n) => void reject(r, n)}
        />
      )}
    </article>
  );
}

function Head(props: { dossier: Dossier; plate: string; dueAt: string | undefined; now: number }) {
  const { say, language } = useLanguage();
  const { dossier, plate } = props;
  const waits = dossier.state === 'candidate' || dossier.state === 'disputed';
  const { answerDueAt, noticeDueAt } = dossier.deadlines;
  const dueAt = props.dueAt ?? answerDueAt ?? noticeDueAt;
  const due = remaining(dueAt, props.now, language);
  return (
    <header class="case-head">
      <h2 class="plate-title">{plate === '' ? say(words.noPlate) : plate}</h2>
      <p>
        <b>{say(dossier.law.name)}</b>
        <br />
        {say(dossier.violation.why)}
        <br />
        <small>
          {instant(dossier.violation.occurredAt, language)} · {say(dossier.site.name)}
        </small>
      </p>
      {waits ? (
        <p class={due.late ? 'due late' : 'due'} title={instant(dueAt, language)}>
          {say(dossier.state === 'disputed' ? words.answerDue : words.noticeDue)}: <b>{due.text}</b>
        </p>
      ) : (
        <p class="due">
          <b>{say(stateWords[dossier.state] ?? { vi: dossier.state, en: dossier.state })}</b>
        </p>
      )}
    </header>
  );
}

/** The frame to begin with: the one that gave the plate. */
function bestFrame(dossier: Dossier): number {
  const best = plateFrame(dossier);
  return Math.max(
    0,
    dossier.film.findIndex((frame) => frame.frameId === best?.frameId),
  );
}
