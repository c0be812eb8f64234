import type { ColumnType, Generated } from 'kysely';

/** Rows as Kysely sees them; `migrations/` is the truth. Instants are Date, money is bigint-free number of đồng, bytea is Buffer. */

/** Read as parsed JSON, written as JSON text. */
export type Json<T = unknown> = ColumnType<T, string, string>;
export type JsonOrNull<T = unknown> = ColumnType<T | null, string | null | undefined, string | null>;
/** Postgres date: a legal day, YYYY-MM-DD, which has no instant and no zone. */
export type Day = string;
/** Postgres bigint that fits a safe integer; parsed to number by the driver. */
export type Int8 = ColumnType<number, number, number>;

export interface SiteVersionsTable {
  site_id: string;
  version: number;
  valid_from: Date;
  valid_to: Date | null;
  signed_off_by: string | null;
  signed_off_at: Date | null;
  body: Json;
  sha256: string;
  created_at: Generated<Date>;
}

export interface WithdrawnVersionsTable {
  site_id: string;
  version: number;
  at: Date;
  officer_id: string;
  reason: string;
}

export interface CamerasTable {
  id: string;
  site_id: string;
  name: string;
  secret_sealed: Buffer;
  family: Generated<string>;
  state: Generated<'active' | 'suspended'>;
  last_seen_at: Date | null;
  last_clock_offset_ms: number | null;
  last_refusal_at: Date | null;
  created_at: Generated<Date>;
}

export interface FramesTable {
  id: string;
  camera_id: string;
  site_id: string;
  sequence: Int8;
  captured_at: Date;
  received_at: Date;
  clock_offset_ms: number;
  sha256: string;
  bytes: number;
  content_type: string;
  headers: Json;
  claims: ColumnType<unknown, string | undefined, string>;
  state: Generated<'received' | 'read' | 'set_aside'>;
  attempts: Generated<number>;
  set_aside_reason: string | null;
  read_at: Date | null;
  reading: JsonOrNull;
  judged_at: Generated<Date | null>;
  judged_late: Generated<boolean>;
  passed_over: 'no-site-version' | 'double' | null;
  let_go_at: Generated<Date | null>;
  deletion_id: Generated<string | null>;
  look_again_at: Generated<Date | null>;
}

export interface DeletionRecordsTable {
  id: string;
  at: Date;
  policy_hours: number;
  frames: number;
  bytes: Int8;
  received_from: Date;
  received_to: Date;
  digest: string;
}

export interface BlobsToRemoveTable {
  sha256: string;
  since: Date;
}

export interface LegalHoldsTable {
  id: string;
  camera_id: string;
  from_at: Date;
  to_at: Date;
  reason: string;
  officer_id: string;
  at: Date;
  lifted_at: Generated<Date | null>;
  lifted_by: Generated<string | null>;
  lift_reason: Generated<string | null>;
}

export interface RefusalsTable {
  id: string;
  at: Date;
  camera_id: string | null;
  code: string;
  detail: string;
  remote: string | null;
  headers: JsonOrNull;
  sha256: string | null;
}

export interface SeenSignaturesTable {
  camera_id: string;
  signature: string;
  at: Date;
}

export interface ObservationsTable {
  id: string;
  frame_id: string;
  site_id: string;
  camera_id: string;
  captured_at: Date;
  idx: number;
  kind: string;
  box: Json;
  score: number;
  body_colour: string;
  plate: JsonOrNull;
}

export interface JudgingStateTable {
  site_id: string;
  watermark: Date;
  state: Json;
  updated_at: Generated<Date>;
}

export interface JudgingEndsTable {
  idx: Generated<number>;
  site_id: string;
  watermark: Date;
  unseen_to: Date | null;
  site_version: number;
}

export interface PassagesTable {
  id: string;
  site_id: string;
  site_version: number;
  started_at: Date;
  ended_at: Date;
  kind: string;
  body_colour: string;
  plate_text: string | null;
  plate: JsonOrNull;
  track: Json;
  root_started_at: Date | null;
  created_at: Generated<Date>;
}

export interface ViolationsTable {
  id: string;
  passage_id: string;
  site_id: string;
  site_version: number;
  rule: string;
  law_code: string;
  law_version: string;
  occurred_at: Date;
  plate_text: string | null;
  act_key: string;
  elements: Json;
  measured: ColumnType<unknown, string | undefined, string>;
  evidence: Json;
  why_vi: string;
  why_en: string;
  state: Generated<'found' | 'matched' | 'dropped'>;
  drop_reason: string | null;
  created_at: Generated<Date>;
}

export interface OfficersTable {
  id: string;
  username: string;
  name: string;
  rank: string;
  unit: string;
  role: 'reviewer' | 'signer' | 'operator';
  password_hash: string;
  active: Generated<boolean>;
  totp_sealed: Generated<Buffer | null>;
  totp_step: Generated<number>;
  sessions_from: Generated<Date>;
  created_at: Generated<Date>;
}

export interface CasesTable {
  id: string;
  violation_id: string;
  state: string;
  plate_text: string | null;
  plate_colour: string | null;
  stated_colour: Generated<string | null>;
  law_code: string;
  occurred_at: Date;
  site_id: string;
  holds: ColumnType<unknown, string | undefined, string>;
  vehicle: JsonOrNull;
  owner_sealed: Buffer | null;
  owner_kind: 'person' | 'organisation' | null;
  digital_account: string | null;
  notice_due_at: Date;
  expires_at: Date;
  version: Generated<number>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface CaseEventsTable {
  case_id: string;
  seq: number;
  at: Date;
  actor: string;
  kind: string;
  from_state: string | null;
  to_state: string | null;
  data: ColumnType<unknown, string | undefined, string>;
}

export interface ReviewsTable {
  id: string;
  case_id: string;
  officer_id: string;
  decision: 'confirm' | 'reject';
  reason: string | null;
  note: string | null;
  opened_at: Date | null;
  at: Date;
  undone_at: Generated<Date | null>;
}

export interface LookupsTable {
  id: string;
  at: Date;
  actor: string;
  purpose: string;
  case_id: string | null;
  kind: 'vehicle' | 'owner' | 'owner-shown';
  plate_text: string;
  as_of: Date;
  outcome: string;
}

export interface CountersTable {
  name: string;
  value: Int8;
}

export interface NoticesTable {
  id: string;
  number: string;
  case_id: string;
  violation_id: string;
  kind: string;
  issued_at: Date;
  body: Json;
  body_sealed: Buffer | null;
  fine_min: Int8;
  fine_max: Int8;
  fine_default: Int8;
  points: number;
  pdf_sha256: string;
  verify_code: string;
  signature: string;
}

export interface DeliveriesTable {
  id: string;
  notice_id: string;
  state: Generated<'pending' | 'delivered'>;
  attempts: Generated<number>;
  next_attempt_at: Date;
  last_error: string | null;
  proof: JsonOrNull;
  delivered_at: Date | null;
  read_at: Date | null;
}

export interface ResponsesTable {
  id: string;
  case_id: string;
  kind: string;
  text: string;
  attachments: ColumnType<unknown, string | undefined, string>;
  at: Date;
  answered_at: Date | null;
  answered_by: string | null;
  answer: string | null;
  outcome: string | null;
}

export interface PenaltyDecisionsTable {
  id: string;
  case_id: string;
  notice_id: string;
  number: string;
  amount: Int8;
  signer_name: string;
  signer_rank: string;
  mitigating: string | null;
  aggravating: string | null;
  issued_on: Day;
  recorded_by: string;
  recorded_at: Date;
  received_on: Day | null;
  receipt_recorded_by: string | null;
  receipt_recorded_at: Date | null;
  /** The row that this one takes the place of. */
  corrects: string | null;
  corrected_at: Date | null;
  corrected_by: string | null;
  correction_reason: string | null;
}

export interface PaymentsTable {
  id: string;
  notice_id: string;
  attempt: number;
  amount: Int8;
  reference: string;
  qr: string;
  gateway_id: string | null;
  state: Generated<'created' | 'paid' | 'partial' | 'failed' | 'expired' | 'refunded'>;
  created_at: Date;
  expires_at: Date;
  paid_at: Date | null;
  paid_amount: Int8 | null;
}

export interface PaymentEventsTable {
  gateway_event_id: string;
  payment_id: string | null;
  at: Date;
  outcome: string;
  body: Json;
  applied: ColumnType<number, number | undefined, number>;
  paid_at: Date | null;
}

export interface RefundsTable {
  id: string;
  payment_id: string;
  gateway_event_id: string | null;
  amount: Int8;
  reason: 'over' | 'duplicate' | 'void';
  state: Generated<'owed' | 'sent' | 'counted'>;
  created_at: Date;
  sent_at: Date | null;
  /** The decision that left it over; null where it came in too much. */
  penalty_id: string | null;
}

export interface LookupFailuresTable {
  id: Generated<string>;
  subject: string;
  at: Date;
}

export interface ReceiptsTable {
  id: string;
  number: string;
  payment_id: string;
  issued_at: Date;
  pdf_sha256: string;
  verify_code: string;
  total: Int8 | null;
}

export interface LogLeavesTable {
  idx: Int8;
  kind: string;
  subject: string;
  entry: Json;
  leaf_hash: string;
  at: Date;
}

export interface LogNodesTable {
  level: number;
  idx: Int8;
  hash: string;
}

export interface LogHeadsTable {
  size: Int8;
  root: string;
  at: Date;
  signature: string;
  key_id: string;
}

export interface OutboxTable {
  id: Generated<number>;
  topic: string;
  key: string;
  not_before: Date | null;
  created_at: Generated<Date>;
  dispatched_at: Date | null;
  done_at: Date | null;
}

export interface SetAsideTable {
  topic: string;
  key: string;
  at: Date;
  reason: string;
}

export interface HouseKeysTable {
  name: string;
  fingerprint: string;
  at: Generated<Date>;
}

export interface Database {
  site_versions: SiteVersionsTable;
  withdrawn_versions: WithdrawnVersionsTable;
  cameras: CamerasTable;
  frames: FramesTable;
  deletion_records: DeletionRecordsTable;
  blobs_to_remove: BlobsToRemoveTable;
  legal_holds: LegalHoldsTable;
  refusals: RefusalsTable;
  seen_signatures: SeenSignaturesTable;
  observations: ObservationsTable;
  judging_state: JudgingStateTable;
  judging_ends: JudgingEndsTable;
  passages: PassagesTable;
  violations: ViolationsTable;
  officers: OfficersTable;
  cases: CasesTable;
  case_events: CaseEventsTable;
  reviews: ReviewsTable;
  lookups: LookupsTable;
  counters: CountersTable;
  notices: NoticesTable;
  deliveries: DeliveriesTable;
  responses: ResponsesTable;
  penalty_decisions: PenaltyDecisionsTable;
  payments: PaymentsTable;
  payment_events: PaymentEventsTable;
  refunds: RefundsTable;
  receipts: ReceiptsTable;
  lookup_failures: LookupFailuresTable;
  log_leaves: LogLeavesTable;
  log_nodes: LogNodesTable;
  log_heads: LogHeadsTable;
  outbox: OutboxTable;
  set_aside: SetAsideTable;
  house_keys: HouseKeysTable;
}
