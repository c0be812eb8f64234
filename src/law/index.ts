export { lawAt, lawRow, lawRows, citation } from './catalogue.js';
export { exceptedFor, rowFor, type RowFacts } from './rules.js';
export {
  LAW_RULES,
  stopGround,
  type LawClass,
  type LawRoad,
  type LawRow,
  type LawRule,
  type LawVersion,
  type Signer,
  type StopGround,
  type TermName,
} from './tables.js';
export {
  fineRange,
  bounds,
  checkedAmount,
  mayExplain,
  type Circumstances,
  type FineRange,
  type OwnerKind,
} from './fines.js';
export { pointsTaken, FULL_LICENCE } from './points.js';
export { lateDays, lateInterest } from './interest.js';
export { deadline, termOf } from './deadlines.js';
export {
  addDays,
  addWorkingDays,
  calendarEnd,
  dayOf,
  daysBetween,
  endOfDay,
  isWorkingDay,
  workingDayFrom,
  workingDayUpTo,
  ZONE,
} from './calendar.js';
export { rankOf, SIGNER_RANKS, signersFor } from './signers.js';
export { LawError, type LawErrorCode } from './errors.js';
