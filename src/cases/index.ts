export { CaseError, type CaseErrorCode } from './errors.js';
export { CASE_EVENTS, CASE_STATES, nextState, type CaseEvent, type CaseState } from './states.js';
export { transition, isPaid, type Moved, type Transition } from './transitions.js';
export { caseIdOf, matchCase } from './match-case.js';
export {
  candidateQueue,
  QUEUE_FILTERS,
  type Queue,
  type QueueCounts,
  type QueueFilter,
  type QueueItem,
} from './queue.js';
export { caseCounts } from './counts.js';
export type { Comparison, Dossier, ShownElement, ShownHold, ShownPlate } from './dossier.js';
export { openCase } from './open-case.js';
export type { FilmFrame } from './film.js';
export { historyOf, responsesOf, type HistoryEntry, type ShownResponse } from './history.js';
export { confirmCase, rejectCase, type Decided, type Decision } from './decide.js';
export { undoDecision } from './undo.js';
export { clearHold, stateColour } from './clear.js';
export { OWNER_PURPOSES, ownerPurposes, showOwner, type OwnerPurpose } from './owner.js';
export { openAttachment } from './attachments.js';
export { respond, type Attachment, type Response } from './responses.js';
export { recordDecision, recordReceipt } from './penalty.js';
export { correctDecision } from './penalty-correct.js';
export { PenaltyError, type PenaltyErrorCode } from './penalty-errors.js';
export { penaltyOf, type FormerPenalty, type RecordedPenalty } from './penalty-row.js';
export type { PenaltyDecision } from './penalty-check.js';
export { answerResponse, voidCase, type Answer } from './answers.js';
export { withdrawSiteVersion, type Withdrawn } from './withdraw-version.js';
export {
  eventMessages,
  REJECT_REASONS,
  rejectReasons,
  RESPONSE_KINDS,
  responseKinds,
  type RejectReason,
  type ResponseKind,
} from './reasons.js';
export {
  actorOf,
  createOfficer,
  officerById,
  verifyPassword,
  type Officer,
  type OfficerRole,
} from './officers.js';
export { needsSecondReview, type SecondReviewReason } from './second-review.js';
