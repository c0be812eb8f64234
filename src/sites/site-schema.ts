import { z } from 'zod';
import { stopGround } from '../law/index.js';

/**
 * One version of a site: a camera's place with its geometry, limits and certificates.
 * Road coordinates are metres on the road plane: x to the right and y forward, seen along `axis`;
 * every camera maps its pixels to them by its own homography, so two cameras of a site share one geometry.
 * Every object is strict: a misspelt `hours` or `rightTurnOnRed` would else be dropped in silence, and accuse people.
 */
export const VEHICLE_CLASSES = ['car', 'motorcycle', 'bus', 'truck'] as const;
export const vehicleClass = z.enum(VEHICLE_CLASSES);
export type VehicleClass = z.infer<typeof vehicleClass>;

/** [x, y]: pixels of the camera's picture, or metres on the road, as the field says. */
export const point = z.tuple([z.number(), z.number()]);
export type Point = z.infer<typeof point>;
export const polygon = z.array(point).min(3);

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{1,62}$/);
const named = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) });

/** Hours of the day in Asia/Ho_Chi_Minh, "06:00" to "09:00"; `days` 1 = Monday … 7 = Sunday, all if absent. */
export const hours = z.strictObject({
  from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  to: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/),
  days: z.array(z.int().min(1).max(7)).optional(),
});

export const lane = z.strictObject({
  id,
  /** Outline in road metres. */
  area: polygon,
  kind: z.enum(['traffic', 'emergency', 'shoulder', 'opposite']),
  /** Unit vector of lawful travel in road metres. */
  direction: point,
  permitted: z.array(vehicleClass).min(1),
  /** If present, `permitted` holds only in these hours. */
  permittedHours: z.array(hours).optional(),
  /** Movements allowed at the stop line. */
  movements: z.array(z.enum(['straight', 'left', 'right'])).optional(),
});
export type Lane = z.infer<typeof lane>;

export const camera = z.strictObject({
  id,
  /** The side of a vehicle that it sees in lawful travel. A front camera cannot identify a motorcycle. */
  sees: z.enum(['front', 'rear']),
  image: z.strictObject({ width: z.int().positive(), height: z.int().positive() }),
  /** Four or more known points: pixels and the same place in road metres. */
  calibration: z.array(z.strictObject({ image: point, road: point })).min(4),
  /** Lamp pictures of each signal head in this camera's pixels, empty where the controller reports the state. */
  lamps: z
    .array(z.strictObject({ signal: id, region: z.tuple([z.number(), z.number(), z.number(), z.number()]) }))
    .default([]),
  /** Part of the picture in which plates are read; the whole picture if absent. */
  readingArea: polygon.optional(),
});

export const signal = z.strictObject({
  id,
  /** No lane is under two of them: which movement each is for cannot be said. */
  lanes: z.array(id).min(1),
  /** A right turn is allowed while this signal is red (a sign or an extra lamp says so). */
  rightTurnOnRed: z.boolean().default(false),
  /** Milliseconds after the change to red in which a crossing is not proposed: frames and lamps are only so exact. */
  graceMs: z.int().min(0).default(300),
});
export type Signal = z.infer<typeof signal>;

export const limit = z.strictObject({
  classes: z.array(vehicleClass).min(1),
  /**
   * km/h; `min` only where a sign sets one. Where the law's limits differ within a class (lorries by weight, buses by seats:
   * TT38/2024) the highest of them: a picture does not tell which of them holds.
   */
  max: z.int().positive(),
  min: z.int().positive().optional(),
  lanes: z.array(id).optional(),
});
export type Limit = z.infer<typeof limit>;

export const zone = z.strictObject({
  id,
  kind: z.enum(['no-stopping', 'truck-restricted', 'no-entry', 'solid-line']),
  /** Outline in road metres; for `solid-line` the line itself as two or more points. */
  area: z.array(point).min(2),
  /** All classes and all hours if absent, and always for `solid-line`. */
  classes: z.array(vehicleClass).optional(),
  hours: z.array(hours).optional(),
  /** For `no-stopping`, which needs it: a sign, a junction and a bridge are different rows of the law. */
  ground: stopGround.optional(),
});
export type Zone = z.infer<typeof zone>;

/** How much must be seen before a rule may speak: set by the agency, signed off with the geometry. */
export const thresholds = z.strictObject({
  /** Travel against a lane's direction, metres. */
  wrongWayMetres: z.number().positive().default(12),
  reversingMetres: z.number().positive().default(5),
  /** Travel inside the emergency lane, metres. */
  emergencyLaneMetres: z.number().positive().default(25),
  /** Standing still on an expressway or in a no-stopping zone, seconds. */
  stopSeconds: z.number().positive().default(8),
  /** In a lane that its class may not use: both must be reached. */
  wrongLaneMetres: z.number().positive().default(20),
  wrongLaneSeconds: z.number().positive().default(1.5),
  /** Beyond a solid line on its far side, metres along it. */
  solidLineMetres: z.number().positive().default(6),
  /** Frames that a device's claim needs, and the least confidence of each. */
  claimFrames: z.int().min(2).default(2),
  claimConfidence: z.number().min(0).max(1).default(0.8),
});
export type Thresholds = z.infer<typeof thresholds>;

export const certificate = z.strictObject({
  cameraId: id,
  /** A `recorder` is the camera itself; a version is signed only if each has its certificate. */
  device: z.enum(['speed-meter', 'distance-meter', 'recorder']),
  model: z.string().min(1),
  serial: z.string().min(1),
  certificateNo: z.string().min(1),
  issuedBy: z.string().min(1),
  validFrom: z.iso.datetime(),
  validTo: z.iso.datetime(),
  /** Maximum permissible error, km/h up to 100 and the same share above (ĐLVN 157:2019: ±3). */
  mpeKmh: z.number().positive().optional(),
  /** Below and above this the device is not certified, km/h. */
  rangeKmh: z.tuple([z.number(), z.number()]).optional(),
});
export type Certificate = z.infer<typeof certificate>;
export type CertifiedDevice = Certificate['device'];

export const siteVersion = z.strictObject({
  schema: z.literal('phat-nguoi/site/1'),
  siteId: id,
  version: z.int().positive(),
  name: named,
  road: z.enum(['expressway', 'urban', 'rural']),
  place: z.strictObject({
    address: named,
    province: z.string().regex(/^\d{2}$/),
    lat: z.number(),
    lon: z.number(),
  }),
  /** Who detects and who handles, as printed on the notice (Mẫu 01/73). */
  unit: z.strictObject({ name: named, phone: z.string(), address: named }),
  validFrom: z.iso.datetime(),
  validTo: z.iso.datetime().nullable(),
  signedOff: z.strictObject({ by: z.string().min(1), at: z.iso.datetime() }).nullable(),
  cameras: z.array(camera).min(1),
  /** Each carriageway is one-way by law: divided or signed. Wrong-way and reversing need it, so nobody may forget to say. */
  oneWay: z.boolean(),
  lanes: z.array(lane).min(1),
  /** Two points in road metres, left to right. */
  stopLine: z.tuple([point, point]).nullable(),
  signals: z.array(signal).default([]),
  limits: z.array(limit).min(1),
  zones: z.array(zone).default([]),
  certificates: z.array(certificate).default([]),
  /** km/h taken off a measured speed before the band is chosen; 0 is the law's text, the agency may set its MPE. */
  speedAllowanceKmh: z.number().min(0).default(0),
  /** A frame whose camera clock differs more than this from ours cannot become a fine. */
  clockToleranceMs: z.int().positive().default(2000),
  thresholds: thresholds.prefault({}),
});
export type SiteVersion = z.infer<typeof siteVersion>;

/** The format of a site file as JSON Schema, for editors and other programs; `check-site.ts` asks more than it can say. */
export const siteJsonSchema = (): object => z.toJSONSchema(siteVersion, { io: 'input' });

export type SiteCamera = z.infer<typeof camera>;
