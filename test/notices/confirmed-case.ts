import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { transition } from '../../src/cases/transitions.js';
import { newId } from '../../src/core/ids.js';
import { deadline, lawAt, rowFor } from '../../src/law/index.js';
import { sealOwner } from '../../src/registry/owner.js';
import type { OwnerRecord, VehicleRecord } from '../../src/registry/records.js';
import { seal } from '../../src/storage/sealing.js';
import type { Context } from '../../src/storage/context.js';

const site: unknown = JSON.parse(
  readFileSync(new URL('../../src/twin/sites/junction.json', import.meta.url), 'utf8'),
);
const SITE = 'nut-giao-01';
const CAMERA = 'nut01-sau';

export interface ConfirmedCase {
  readonly caseId: string;
  readonly violationId: string;
  readonly plate: string;
  readonly account: string | null;
  readonly officer: string;
}

export interface CaseOptions {
  readonly plate?: string;
  readonly display?: string;
  readonly account?: string | null;
  readonly ownerKind?: 'person' | 'organisation';
  readonly ownerName?: string;
  readonly daysAgo?: number;
  /** Left out: an officer has confirmed it. */
  readonly state?: 'candidate' | 'confirmed';
}

const drawn = new Map<string, Buffer>();

/** A drawn street with two cars and their plates: not a photograph, but a real JPEG that is decoded and cropped. */
export async function drawnFrame(plate: string, bystander = '29A-999.99'): Promise<Buffer> {
  const car = (x: number, y: number, w: number, colour: string, text: string): string =>
    `<rect x="${x}" y="${y}" width="${w}" height="${w * 0.8}" rx="${w * 0.12}" fill="${colour}"/>
     <rect x="${x + w * 0.14}" y="${y + w * 0.08}" width="${w * 0.72}" height="${w * 0.26}" rx="8" fill="#20303c"/>
     <rect x="${x + w * 0.3}" y="${y + w * 0.55}" width="${w * 0.4}" height="${w * 0.11}" fill="#fff" stroke="#111" stroke-width="2"/>
     <text x="${x + w * 0.5}" y="${y + w * 0.635}" font-family="sans-serif" font-weight="700" font-size="${w * 0.075}" text-anchor="middle" fill="#111">${text}</text>
     <circle cx="${x + w * 0.1}" cy="${y + w * 0.5}" r="${w * 0.06}" fill="#c11"/><circle cx="${x + w * 0.9}" cy="${y + w * 0.5}" r="${w * 0.06}" fill="#c11"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1920" height="1080">
    <rect width="1920" height="420" fill="#a9c4d8"/><rect y="420" width="1920" height="660" fill="#5c6166"/>
    <path d="M960 420 L930 1080 L990 1080 Z" fill="#e8e3c8"/><rect y="640" width="1920" height="14" fill="#eee"/>
    ${car(500, 480, 560, '#8d2f2a', plate)}${car(1300, 500, 340, '#d9dde0', bystander)}</svg>`;
  const frame = drawn.get(svg) ?? (await sharp(Buffer.from(svg)).jpeg({ quality: 88 }).toBuffer());
  drawn.set(svg, frame);
  return frame;
}

const OWN_CAR = [500, 480, 1060, 928];
const OWN_PLATE = [668, 788, 892, 850];
const OTHER_CAR = [1300, 500, 1640, 772];
const OTHER_PLATE = [1402, 687, 1538, 724];

/** Writes a case as the rooms before would leave it: frames, observations, passage, violation, owner, an officer's yes. */
export async function confirmedCase(ctx: Context, options: CaseOptions = {}): Promise<ConfirmedCase> {
  const plate = options.plate ?? '30F25658';
  const display = options.display ?? '30F-256.58';
  const account = options.account === undefined ? 'cn-001185012345' : options.account;
  const ownerKind = options.ownerKind ?? 'person';
  const occurredAt = new Date(ctx.clock.now().getTime() - (options.daysAgo ?? 2) * 86_400_000);
  await theSite(ctx);
  const officer = await theOfficer(ctx);
  const [passageId, violationId, caseId] = [newId(), newId(), newId()];
  const frames = await theFrames(ctx, display, plate, occurredAt);
  const law = rowFor('red-light', { vehicleClass: 'car', road: 'urban' }, occurredAt);
  if (law === null) throw new Error('no row for a red light');

  await ctx.db
    .insertInto('passages')
    .values({
      id: passageId,
      site_id: SITE,
      site_version: 1,
      started_at: occurredAt,
      ended_at: occurredAt,
      kind: 'car',
      body_colour: 'red',
      plate_text: plate,
      plate: JSON.stringify({
        text: plate,
        display,
        chars: [...plate].map((c, i) => ({ c, p: 0.995 - i * 0.004 })),
      }),
      track: JSON.stringify(
        frames.map((f) => ({
          frameId: f.id,
          observationId: f.observationId,
          at: occurredAt,
          box: OWN_CAR,
          road: [0, 0],
        })),
      ),
    })
    .execute();
  await ctx.db
    .insertInto('violations')
    .values({
      id: violationId,
      passage_id: passageId,
      site_id: SITE,
      site_version: 1,
      rule: 'red-light',
      law_code: law.code,
      law_version: lawAt(occurredAt).id,
      occurred_at: occurredAt,
      plate_text: plate,
      act_key: `act-${violationId}`,
      elements: JSON.stringify([]),
      state: 'matched',
      drop_reason: null,
      evidence: JSON.stringify(
        // As judging writes it: the frame that gave the read stands a second time.
        [...frames, { ...frames[1]!, role: 'plate' }].map((f) => ({
          frameId: f.id,
          sha256: f.sha256,
          role: f.role,
        })),
      ),
      why_vi: 'Xe đi qua vạch dừng 1,4 giây sau khi đèn chuyển đỏ và tiếp tục đi thẳng qua nút giao.',
      why_en: 'The vehicle crossed the stop line 1.4 s after the light turned red and went straight on.',
    })
    .execute();
  const owner: OwnerRecord = {
    kind: ownerKind,
    id: ownerKind === 'person' ? '001185012345' : '0912345678',
    name: options.ownerName ?? 'Trần Thị Bích Ngọc',
    address: 'Số 12 đường Hoa Sữa, phường Mẫu Một, Hà Nội',
    digitalAccount: account,
    ownedFrom: '2024-01-01T00:00:00.000Z',
    ownedTo: null,
  };
  const vehicle: VehicleRecord = {
    vehicleId: 'v-1',
    plate,
    plateColour: 'white',
    kind: 'car',
    make: 'Toyota',
    model: 'Vios',
    bodyColour: 'red',
    status: 'active',
    identityPlate: true,
    validFrom: '2024-01-01T00:00:00.000Z',
    validTo: null,
  };
  await ctx.db
    .insertInto('cases')
    .values({
      id: caseId,
      violation_id: violationId,
      state: 'candidate',
      plate_text: plate,
      plate_colour: 'white',
      law_code: law.code,
      occurred_at: occurredAt,
      site_id: SITE,
      vehicle: JSON.stringify(vehicle),
      owner_sealed: sealOwner(ctx.keys, caseId, owner),
      owner_kind: ownerKind,
      digital_account: account,
      notice_due_at: deadline('notice', occurredAt),
      expires_at: deadline('limitation', occurredAt),
    })
    .execute();
  if ((options.state ?? 'confirmed') === 'confirmed') await confirm(ctx, caseId, officer);
  return { caseId, violationId, plate, account, officer: officer.username };
}

async function confirm(
  ctx: Context,
  caseId: string,
  officer: { id: string; username: string },
): Promise<void> {
  const at = ctx.clock.now();
  await ctx.db
    .insertInto('reviews')
    .values({
      id: newId(),
      case_id: caseId,
      officer_id: officer.id,
      decision: 'confirm',
      reason: null,
      note: null,
      opened_at: at,
      at,
    })
    .execute();
  await transition(ctx.db, { caseId, event: 'confirm', actor: `officer:${officer.username}`, at });
}

async function theSite(ctx: Context): Promise<void> {
  await ctx.db
    .insertInto('site_versions')
    .values({
      site_id: SITE,
      version: 1,
      valid_from: new Date('2026-01-01T00:00:00Z'),
      valid_to: null,
      signed_off_by: 'x',
      signed_off_at: new Date('2025-12-20T00:00:00Z'),
      body: JSON.stringify(site),
      sha256: '0'.repeat(64),
    })
    .onConflict((c) => c.doNothing())
    .execute();
  await ctx.db
    .insertInto('cameras')
    .values({
      id: CAMERA,
      site_id: SITE,
      name: CAMERA,
      secret_sealed: seal(ctx.keys, 'x', `camera:${CAMERA}`),
    })
    .onConflict((c) => c.doNothing())
    .execute();
}

async function theOfficer(ctx: Context): Promise<{ id: string; username: string }> {
  const username = 'canbo.an';
  await ctx.db
    .insertInto('officers')
    .values({
      id: newId(),
      username,
      name: 'Nguyễn Văn An',
      rank: 'Đại úy',
      unit: 'Đội CSGT đường bộ số 6',
      role: 'reviewer',
      password_hash: 'x',
    })
    .onConflict((c) => c.column('username').doNothing())
    .execute();
  return ctx.db
    .selectFrom('officers')
    .select(['id', 'username'])
    .where('username', '=', username)
    .executeTakeFirstOrThrow();
}

let sequence = 0;

async function theFrames(ctx: Context, display: string, plate: string, at: Date) {
  const sha256 = await ctx.blobs.put(await drawnFrame(display));
  return Promise.all(
    ['before', 'on', 'beyond'].map(async (role, i) => {
      const [id, observationId] = [newId(), newId()];
      const capturedAt = new Date(at.getTime() + (i - 1) * 400);
      await ctx.db
        .insertInto('frames')
        .values({
          id,
          camera_id: CAMERA,
          site_id: SITE,
          sequence: (sequence += 1),
          captured_at: capturedAt,
          received_at: capturedAt,
          clock_offset_ms: 0,
          sha256,
          bytes: 1,
          content_type: 'image/jpeg',
          headers: '[]',
          state: 'read',
        })
        .execute();
      const plateOf = (text: string, box: readonly number[]) =>
        JSON.stringify({
          text,
          display: text,
          box,
          heightPx: 40,
          confidence: 0.99,
          chars: [...text].map((c) => ({ c, p: 0.99 })),
        });
      await ctx.db
        .insertInto('observations')
        .values([
          {
            id: observationId,
            frame_id: id,
            site_id: SITE,
            camera_id: CAMERA,
            captured_at: capturedAt,
            idx: 0,
            kind: 'car',
            box: JSON.stringify(OWN_CAR),
            score: 0.9,
            body_colour: 'red',
            plate: plateOf(plate, OWN_PLATE),
          },
          {
            id: newId(),
            frame_id: id,
            site_id: SITE,
            camera_id: CAMERA,
            captured_at: capturedAt,
            idx: 1,
            kind: 'car',
            box: JSON.stringify(OTHER_CAR),
            score: 0.9,
            body_colour: 'white',
            plate: plateOf('29A99999', OTHER_PLATE),
          },
        ])
        .execute();
      return { id, observationId, sha256, role };
    }),
  );
}
