import { readFileSync } from 'node:fs';
import type { Config } from '../../src/core/config.js';
import { createOfficer, type Officer, type OfficerRole } from '../../src/cases/index.js';
import { newId, sha256 } from '../../src/core/ids.js';
import { lawAt, rowFor, type LawRule } from '../../src/law/index.js';
import { addSiteVersion, parseSite, type SiteVersion } from '../../src/sites/index.js';
import type { TestHouse } from '../../src/storage/test-house.js';
import { testHouse } from '../../src/storage/test-house.js';
import { startVehicleRegister } from '../../src/simulators/vehicle-register.js';
import {
  completeVehicle,
  type GivenVehicle,
  type RegisteredVehicle,
} from '../../src/simulators/invented-vehicles.js';

/** What the rooms before the register leave behind: a site, frames, observations, a passage, a violation. */
export interface Act {
  readonly plate?: string | null;
  readonly accepted?: boolean;
  readonly reason?: string;
  readonly reads?: readonly { text: string; accepted: boolean }[];
  readonly colour?: 'white' | 'yellow' | 'blue' | 'red' | 'other';
  readonly colourConfidence?: number;
  readonly kind?: 'car' | 'motorcycle' | 'bus' | 'truck';
  readonly bodyColour?: string;
  readonly rule?: LawRule;
  readonly overKmh?: number;
  readonly site?: SiteVersion;
  readonly cameraId?: string;
  readonly clockOffsetMs?: number;
  readonly occurredAt?: Date;
  /** Where it was at that instant, road metres, and how fast it went, metres a second. */
  readonly way?: { readonly at: readonly [number, number]; readonly velocity: readonly [number, number] };
  /** What the camera's own reader said of the plate, in every frame. */
  readonly claimedPlate?: string;
}

const read = (name: string): SiteVersion =>
  parseSite(JSON.parse(readFileSync(new URL(`../../src/twin/sites/${name}.json`, import.meta.url), 'utf8')));
export const junction = read('junction');
export const expressway = read('expressway');
/** Only the certificates without which no version is signed; no meter's. */
export const recorders = (site: SiteVersion, prefix = ''): SiteVersion['certificates'] =>
  site.certificates
    .filter((one) => one.device === 'recorder')
    .map((one) => ({ ...one, cameraId: `${prefix}${one.cameraId}` }));

export const RED_CAR = {
  plate: '30F25658',
  colour: 'white',
  kind: 'car',
  bodyColour: 'red',
  make: 'Toyota',
  model: 'Vios',
  ownerKind: 'person',
} as const satisfies GivenVehicle;

type Register = Awaited<ReturnType<typeof startVehicleRegister>>;
export interface RegistryHouse extends TestHouse {
  readonly register: Register;
  /** Tells the register's simulator to fail. */
  fault(mode: string, count?: number, ms?: number): Promise<void>;
}

interface Teardown {
  teardown(fn: () => Promise<void>): void;
}

/** A test house with a register's simulator behind real HTTP. */
export async function registryHouse(
  t: Teardown,
  options: { vehicles?: readonly GivenVehicle[] } & Partial<
    Pick<Config, 'undoSeconds' | 'secondReviewAbove' | 'officerSecondFactor'>
  > = {},
): Promise<RegistryHouse> {
  const { vehicles = [RED_CAR], ...changed } = options;
  const register = await startVehicleRegister({ vehicles, count: 60 });
  t.teardown(() => register.close());
  const house = await testHouse(t, {
    config: {
      vehicleRegister: { url: register.url, key: 'register-dev-key' },
      undoSeconds: 5,
      ...changed,
    },
  });
  const fault = async (mode: string, count?: number, ms?: number): Promise<void> => {
    await fetch(`${register.url}/_faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ mode, count, ms }),
    });
  };
  return { ...house, register, fault };
}

let sequence = 0;

/** Writes an act and gives its violation's id. */
export async function writeAct(house: TestHouse, act: Act = {}): Promise<string> {
  const { db } = house;
  const site = act.site ?? junction;
  const cameraId = act.cameraId ?? site.cameras[0]!.id;
  const at = act.occurredAt ?? new Date(house.clock.now().getTime() - 3_600_000);
  const kind = act.kind ?? 'car';
  const text = act.plate === undefined ? RED_CAR.plate : act.plate;
  const rule = act.rule ?? 'red-light';
  const law = rowFor(
    rule,
    { vehicleClass: kind, road: site.road, ...(act.overKmh === undefined ? {} : { overKmh: act.overKmh }) },
    at,
  );
  if (!law) throw new Error(`no row for ${rule}`);
  await addSiteVersion(db, site);
  await db
    .insertInto('cameras')
    .values(
      site.cameras.map((camera) => ({
        id: camera.id,
        site_id: site.siteId,
        name: camera.id,
        secret_sealed: Buffer.from('x'),
      })),
    )
    .onConflict((c) => c.doNothing())
    .execute();

  const frames = ['before', 'on', 'beyond'].map((role, i) => ({
    id: newId(),
    observationId: newId(),
    role,
    sha256: sha256(`${sequence}:${role}`),
    at: new Date(at.getTime() + (i - 1) * 400),
  }));
  const accepted = act.accepted ?? true;
  const plate = text && {
    text,
    display: text,
    accepted,
    reason: accepted ? null : (act.reason ?? 'low-confidence'),
    confidence: accepted ? 0.97 : 0.6,
    chars: [...text].map((c) => ({ c, p: accepted ? 0.97 : 0.6 })),
    lines: kind === 'motorcycle' ? 2 : 1,
    colour: act.colour ?? 'white',
    colourConfidence: act.colourConfidence ?? 0.95,
    reads: (act.reads ?? [{ text, accepted }]).map((one, i) => ({
      ...one,
      frameId: frames[i % 3]!.id,
      cameraId,
      idx: 0,
      at: 0,
      confidence: 0.9,
      heightPx: 30,
      weight: 1,
    })),
  };
  for (const frame of frames) {
    await db
      .insertInto('frames')
      .values({
        id: frame.id,
        camera_id: cameraId,
        site_id: site.siteId,
        sequence: (sequence += 1),
        captured_at: frame.at,
        received_at: frame.at,
        clock_offset_ms: act.clockOffsetMs ?? 12,
        sha256: frame.sha256,
        bytes: 1,
        content_type: 'image/jpeg',
        headers: '[]',
        claims: JSON.stringify(act.claimedPlate ? { plate: { text: act.claimedPlate } } : {}),
        state: 'read',
        set_aside_reason: null,
        read_at: null,
        reading: null,
      })
      .execute();
    await db
      .insertInto('observations')
      .values({
        id: frame.observationId,
        frame_id: frame.id,
        site_id: site.siteId,
        camera_id: cameraId,
        captured_at: frame.at,
        idx: 0,
        kind,
        box: JSON.stringify([100, 100, 300, 260]),
        score: 0.9,
        body_colour: act.bodyColour ?? 'red',
        plate: text ? JSON.stringify({ text, confidence: 0.97, accepted, box: [180, 220, 240, 240] }) : null,
      })
      .execute();
  }
  const [passageId, violationId] = [newId(), newId()];
  await db
    .insertInto('passages')
    .values({
      id: passageId,
      site_id: site.siteId,
      site_version: site.version,
      started_at: frames[0]!.at,
      ended_at: frames[2]!.at,
      kind,
      body_colour: act.bodyColour ?? 'red',
      plate_text: accepted && text ? text : null,
      plate: plate ? JSON.stringify(plate) : null,
      track: JSON.stringify(
        frames.map((f) => ({
          frameId: f.id,
          observationId: f.observationId,
          at: f.at,
          box: [100, 100, 300, 260],
          road: roadAt(act, f.at.getTime() - at.getTime()),
          kmh: 3.6 * Math.hypot(...(act.way?.velocity ?? [0, 0])),
        })),
      ),
    })
    .execute();
  const evidence = [
    ...frames.map((f) => ({ frameId: f.id, sha256: f.sha256, role: f.role })),
    { frameId: frames[1]!.id, sha256: frames[1]!.sha256, role: 'plate' },
  ];
  await db
    .insertInto('violations')
    .values({
      id: violationId,
      passage_id: passageId,
      site_id: site.siteId,
      site_version: site.version,
      rule,
      law_code: law.code,
      law_version: lawAt(at).id,
      occurred_at: at,
      plate_text: accepted && text ? text : null,
      act_key: `act-${violationId}`,
      elements: JSON.stringify([
        {
          element: 'beyond-line',
          holds: true,
          value: null,
          frames: [frames[2]!.id],
          vi: 'Đã vượt hẳn qua vạch dừng',
          en: 'Went wholly beyond the stop line',
        },
      ]),
      evidence: JSON.stringify(evidence),
      why_vi: 'Vượt vạch dừng khi đèn đỏ.',
      why_en: 'Crossed the stop line on red.',
      drop_reason: null,
    })
    .execute();
  return violationId;
}

/** Acts that say nothing of their way are far from each other. */
function roadAt({ way }: Act, ms: number): readonly [number, number] {
  const { at, velocity } = way ?? { at: [100 * sequence, 0], velocity: [0, 0] };
  return [at[0] + (velocity[0] * ms) / 1000, at[1] + (velocity[1] * ms) / 1000];
}

/** Passwords are slow on purpose; one officer a role and house is enough. */
export async function officer(
  house: TestHouse,
  username = 'canbo.an',
  role: OfficerRole = 'reviewer',
): Promise<Officer> {
  const known = await house.db
    .selectFrom('officers')
    .select(['id', 'username', 'name', 'rank', 'unit', 'role'])
    .where('username', '=', username)
    .executeTakeFirst();
  return (
    known ??
    createOfficer(house.db, {
      username,
      name: 'Nguyễn Văn An',
      rank: 'Đại úy',
      unit: 'Đội CSGT số 6',
      role,
      password: 'mat-khau-thu-nghiem',
    })
  );
}

export const holdCodes = async (house: TestHouse, caseId: string): Promise<string[]> => {
  const row = await house.db
    .selectFrom('cases')
    .select('holds')
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  return (row.holds as { code: string; cleared?: unknown }[]).filter((h) => !h.cleared).map((h) => h.code);
};

export const withStory = (house: RegistryHouse, story: RegisteredVehicle['story']): RegisteredVehicle =>
  house.register.vehicles.find((vehicle) => vehicle.story === story)!;

export { completeVehicle };
