import { sql } from 'kysely';
import { idOf, sha256 } from '../../src/core/ids.js';
import { framesDigest } from '../../src/evidence/deletions.js';
import { appendLeaf } from '../../src/evidence/log.js';
import { signHead } from '../../src/evidence/heads.js';
import { testHouse } from '../../src/storage/test-house.js';

const AT = new Date('2026-11-21T02:00:00.000Z');
export const LET_GO_AT = new Date('2026-11-21T02:30:00.000Z');
export const ID = {
  frame: idOf('frame'),
  frame2: idOf('frame2'),
  letGo: idOf('frame let go'),
  deletion: idOf('deletion'),
  passage: idOf('passage'),
  violation: idOf('violation'),
  officer: idOf('officer'),
  case: idOf('case'),
  decision: idOf('review'),
  undone: idOf('review undone'),
  answer: idOf('answer'),
  notice: idOf('notice'),
  delivery: idOf('delivery'),
  payment: idOf('payment'),
  receipt: idOf('receipt'),
  penalty: idOf('penalty'),
  mistyped: idOf('penalty mistyped'),
};

/** A house with one case from frame to receipt and a frame that was let go, every row sealed and the log signed. */
export async function sealedHouse(t: Parameters<typeof testHouse>[0]) {
  const house = await testHouse(t);
  const { db } = house;
  const [picture, picture2, pdf, receiptPdf] = await Promise.all(
    ['picture', 'picture 2', 'notice pdf', 'receipt pdf'].map((text) => house.blobs.put(Buffer.from(text))),
  );
  await db
    .insertInto('cameras')
    .values({ id: 'cam-1', site_id: 'km12', name: 'Camera', secret_sealed: Buffer.from('x') })
    .execute();
  for (const [id, sequence, name] of [
    [ID.frame, 1, picture!],
    [ID.frame2, 2, picture2!],
  ] as const) {
    await db
      .insertInto('frames')
      .values({
        id,
        camera_id: 'cam-1',
        site_id: 'km12',
        sequence,
        captured_at: AT,
        received_at: AT,
        clock_offset_ms: 12,
        sha256: name,
        bytes: 7,
        content_type: 'image/jpeg',
        headers: JSON.stringify([['X-Camera', 'cam-1']]),
        claims: JSON.stringify({ lane: 'lane-1' }),
      })
      .execute();
  }
  const letGo = { id: ID.letGo, sha256: sha256('picture 3') };
  await db
    .insertInto('deletion_records')
    .values({
      id: ID.deletion,
      at: LET_GO_AT,
      policy_hours: 72,
      frames: 1,
      bytes: 7,
      received_from: AT,
      received_to: AT,
      digest: framesDigest([letGo]),
    })
    .execute();
  await db
    .insertInto('frames')
    .values({
      ...letGo,
      camera_id: 'cam-1',
      site_id: 'km12',
      sequence: 3,
      captured_at: AT,
      received_at: AT,
      clock_offset_ms: 12,
      bytes: 7,
      content_type: 'image/jpeg',
      headers: '[]',
      let_go_at: LET_GO_AT,
      deletion_id: ID.deletion,
    })
    .execute();
  await db
    .insertInto('passages')
    .values({
      id: ID.passage,
      site_id: 'km12',
      site_version: 1,
      started_at: AT,
      ended_at: AT,
      kind: 'car',
      body_colour: 'white',
      plate_text: '30F25658',
      plate: JSON.stringify({ text: '30F25658' }),
      track: JSON.stringify([{ frameId: ID.frame }]),
    })
    .execute();
  await db
    .insertInto('violations')
    .values({
      id: ID.violation,
      passage_id: ID.passage,
      site_id: 'km12',
      site_version: 1,
      rule: 'speeding',
      law_code: 'L1',
      law_version: 'v1',
      occurred_at: AT,
      plate_text: '30F25658',
      act_key: 'act',
      elements: '[]',
      measured: '{"kmh":97}',
      evidence: JSON.stringify([
        { frameId: ID.frame, sha256: picture, role: 'plate' },
        { frameId: ID.frame2, sha256: picture2, role: 'overview' },
      ]),
      why_vi: 'vì',
      why_en: 'because',
      created_at: AT,
    })
    .execute();
  await db
    .insertInto('officers')
    .values({
      id: ID.officer,
      username: 'an',
      name: 'An',
      rank: 'Thiếu tá',
      unit: 'PC08',
      role: 'reviewer',
      password_hash: 'x',
    })
    .execute();
  await db
    .insertInto('cases')
    .values({
      id: ID.case,
      violation_id: ID.violation,
      state: 'closed',
      plate_text: null,
      plate_colour: null,
      law_code: 'L1',
      occurred_at: AT,
      site_id: 'km12',
      vehicle: null,
      owner_sealed: null,
      owner_kind: null,
      digital_account: null,
      notice_due_at: AT,
      expires_at: AT,
    })
    .execute();
  await db
    .insertInto('reviews')
    .values({
      id: ID.decision,
      case_id: ID.case,
      officer_id: ID.officer,
      decision: 'confirm',
      reason: null,
      note: 'seen',
      opened_at: AT,
      at: AT,
    })
    .execute();
  await db
    .insertInto('notices')
    .values({
      id: ID.notice,
      number: '1/TB',
      case_id: ID.case,
      violation_id: ID.violation,
      kind: 'notice',
      issued_at: AT,
      body: '{"a":1}',
      body_sealed: Buffer.from('sealed'),
      fine_min: 1,
      fine_max: 3,
      fine_default: 2,
      points: 2,
      pdf_sha256: pdf!,
      verify_code: 'CODE',
      signature: 'sig',
    })
    .execute();
  await db
    .insertInto('deliveries')
    .values({
      id: ID.delivery,
      notice_id: ID.notice,
      state: 'delivered',
      next_attempt_at: AT,
      last_error: null,
      proof: '{"p":1}',
      delivered_at: AT,
      read_at: null,
    })
    .execute();
  await db
    .insertInto('payments')
    .values({
      id: ID.payment,
      notice_id: ID.notice,
      attempt: 1,
      amount: 2,
      reference: 'ref',
      qr: 'qr',
      gateway_id: 'g1',
      state: 'paid',
      created_at: AT,
      expires_at: AT,
      paid_at: AT,
      paid_amount: 2,
    })
    .execute();
  await db
    .insertInto('receipts')
    .values({
      id: ID.receipt,
      number: '1/BL',
      payment_id: ID.payment,
      issued_at: AT,
      pdf_sha256: receiptPdf!,
      verify_code: 'RCODE',
    })
    .execute();

  await db
    .insertInto('reviews')
    .values({
      id: ID.undone,
      case_id: ID.case,
      officer_id: ID.officer,
      decision: 'reject',
      reason: 'blurred',
      note: null,
      opened_at: AT,
      at: AT,
      undone_at: AT,
    })
    .execute();
  await db
    .insertInto('responses')
    .values({
      id: ID.answer,
      case_id: ID.case,
      kind: 'explanation',
      text: 'not me',
      at: AT,
      answered_at: AT,
      answered_by: ID.officer,
      answer: 'it was',
      outcome: 'upheld',
    })
    .execute();
  await db
    .insertInto('penalty_decisions')
    .values({
      id: ID.mistyped,
      case_id: ID.case,
      notice_id: ID.notice,
      number: '1/QĐ-XPHC',
      amount: 3,
      signer_name: 'Lê Văn Cường',
      signer_rank: 'team-leader',
      issued_on: '2026-11-20',
      recorded_by: ID.officer,
      recorded_at: AT,
      corrected_at: AT,
      corrected_by: ID.officer,
      correction_reason: 'gõ nhầm mức phạt',
    })
    .execute();
  await db
    .insertInto('penalty_decisions')
    .values({
      id: ID.penalty,
      corrects: ID.mistyped,
      case_id: ID.case,
      notice_id: ID.notice,
      number: '1/QĐ-XPHC',
      amount: 2,
      signer_name: 'Lê Văn Cường',
      signer_rank: 'team-leader',
      mitigating: null,
      aggravating: 'tái phạm',
      issued_on: '2026-11-20',
      recorded_by: ID.officer,
      recorded_at: AT,
      received_on: '2026-11-21',
      receipt_recorded_by: ID.officer,
      receipt_recorded_at: AT,
    })
    .execute();
  const subjects = [
    ['frame', ID.frame],
    ['frame', ID.frame2],
    ['violation', ID.violation],
    ['decision', ID.decision],
    ['decision', ID.undone],
    ['undo', ID.undone],
    ['answer', ID.answer],
    ['notice', ID.notice],
    ['delivery', ID.notice],
    ['payment', ID.payment],
    ['penalty', ID.penalty],
    ['penalty', ID.mistyped],
    ['penalty-corrected', ID.mistyped],
    ['penalty-received', ID.penalty],
    ['frame', ID.letGo],
    ['deletion', ID.deletion],
  ] as const;
  for (const [kind, subject] of subjects) {
    const at = kind === 'deletion' ? LET_GO_AT : AT;
    await appendLeaf(db, { kind, subject, entry: { by: 'test' }, at });
    if (kind === 'undo') await signHead(house);
  }
  await signHead(house);
  return {
    house,
    subjects,
    files: { picture: picture!, picture2: picture2!, pdf: pdf!, receiptPdf: receiptPdf! },
  };
}

/** Columns of a table with their types, for tests that alter each in turn. */
export async function columnsOf(
  house: { db: Parameters<typeof appendLeaf>[0] },
  table: string,
): Promise<Map<string, string>> {
  const { rows } = await sql<{ column_name: string; data_type: string }>`
    select column_name, data_type from information_schema.columns where table_name = ${table} order by ordinal_position`.execute(
    house.db,
  );
  return new Map(rows.map((row) => [row.column_name, row.data_type]));
}

/** SQL for another value of a column. */
export function alteredValue(column: string, type: string): string {
  const name = `"${column}"`;
  switch (type) {
    case 'text':
      return `coalesce(${name}, '') || 'x'`;
    case 'uuid':
      return `'00000000-0000-8000-8000-000000000000'::uuid`;
    case 'jsonb':
      return `case when ${name} is null then '{"x":1}'::jsonb else jsonb_build_array(${name}) end`;
    case 'bytea':
      return `coalesce(${name}, ''::bytea) || '\\x00'::bytea`;
    case 'date':
      return `${name} + 1`;
    case 'timestamp with time zone':
      return `coalesce(${name}, now()) + interval '1 millisecond'`;
    case 'integer':
    case 'bigint':
    case 'real':
      return `coalesce(${name}, 0) + 1000`;
    case 'boolean':
      return `not ${name}`;
    default:
      throw new Error(`no way to alter a ${type}`);
  }
}
