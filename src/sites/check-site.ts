import { SiteError } from './errors.js';
import { distance, unitOf } from './geometry.js';
import { turning } from './homography.js';
import type { SiteVersion } from './site-schema.js';
import { viewOf } from './view.js';

/** A direction written with three digits is still one metre long. */
const UNIT_TOLERANCE = 0.005;

const refuse = (field: string, why: string): never => {
  throw new SiteError('SITE_INVALID', `${field}: ${why}`);
};

/**
 * What the shape of a site file cannot say: that a reference names something and a name means one thing, and that nothing in it
 * would be silently read as something else. A slip here accuses people.
 * @throws {SiteError} `SITE_INVALID` with the field, `CALIBRATION_DEGENERATE`
 */
export function checkSite(site: SiteVersion): void {
  checkNames(site);
  checkReferences(site);
  checkTimes(site);
  checkDirections(site);
  checkLimits(site);
  checkSignals(site);
  checkZones(site);
  site.cameras.forEach(checkCamera);
}

/**
 * What only a signed version needs: each camera is a recording device with a verification in term when the version begins
 * (NĐ61/2026 Điều 4, 12). Meters are looked at act by act.
 * @throws {SiteError} `CERTIFICATE_MISSING`
 */
export function checkCertified(site: SiteVersion): void {
  const begins = Date.parse(site.validFrom);
  for (const camera of site.cameras) {
    const certified = site.certificates.some(
      (one) =>
        one.cameraId === camera.id &&
        one.device === 'recorder' &&
        Date.parse(one.validFrom) <= begins &&
        begins < Date.parse(one.validTo),
    );
    if (!certified)
      throw new SiteError(
        'CERTIFICATE_MISSING',
        `certificates: camera "${camera.id}" has none as a recorder that holds at ${site.validFrom}, so the version cannot be signed`,
      );
  }
}

function checkNames(site: SiteVersion): void {
  for (const field of ['cameras', 'lanes', 'signals', 'zones'] as const) {
    const ids = site[field].map((one) => one.id);
    const twice = ids.findIndex((id, i) => ids.indexOf(id) < i);
    if (twice >= 0) refuse(`${field}.${twice}.id`, `"${ids[twice]}" is there twice`);
  }
}

function checkReferences(site: SiteVersion): void {
  const known = {
    lane: new Set(site.lanes.map((one) => one.id)),
    camera: new Set(site.cameras.map((one) => one.id)),
    signal: new Set(site.signals.map((one) => one.id)),
  };
  const named = (kind: keyof typeof known, name: string, field: string): void => {
    if (!known[kind].has(name)) refuse(field, `there is no ${kind} "${name}"`);
  };
  for (const { id, lanes } of site.signals)
    lanes.forEach((lane) => named('lane', lane, `signals.${id}.lanes`));
  for (const { id, lamps } of site.cameras)
    lamps.forEach((lamp) => named('signal', lamp.signal, `cameras.${id}.lamps`));
  site.limits.forEach(({ lanes }, i) => lanes?.forEach((lane) => named('lane', lane, `limits.${i}.lanes`)));
  for (const { certificateNo, cameraId } of site.certificates)
    named('camera', cameraId, `certificates.${certificateNo}.cameraId`);
}

/** Hours that begin where they end are all day to one reader and never to another. */
function checkTimes(site: SiteVersion): void {
  if (site.validTo !== null && Date.parse(site.validTo) <= Date.parse(site.validFrom))
    refuse('validTo', 'must be later than validFrom');
  const hours = [
    ...site.lanes.map((lane) => ({ field: `lanes.${lane.id}.permittedHours`, list: lane.permittedHours })),
    ...site.zones.map((zone) => ({ field: `zones.${zone.id}.hours`, list: zone.hours })),
  ];
  for (const { field, list } of hours)
    list?.forEach(({ from, to }, i) => {
      if (from === to) refuse(`${field}.${i}`, 'ends when it begins; for the whole day write 00:00 to 24:00');
    });
}

/** Of two limits for one class in one lane the first would be judged by, whichever the sign says. */
function checkLimits(site: SiteVersion): void {
  const before = new Set<string>();
  site.limits.forEach(({ classes, lanes, min, max }, i) => {
    if (min !== undefined && min >= max) refuse(`limits.${i}.min`, 'must be below max');
    for (const vehicle of new Set(classes))
      for (const lane of new Set(lanes ?? ['every lane'])) {
        const key = `${vehicle} ${lane}`;
        if (before.has(key))
          refuse(
            `limits.${i}`,
            `class "${vehicle}" has a limit for ${lanes === undefined ? lane : `lane "${lane}"`} already`,
          );
        before.add(key);
      }
  });
}

/** A lens looks down on the road: what is to the right in the picture is to the right of the way that it looks. */
function checkCamera(camera: SiteVersion['cameras'][number]): void {
  const { toRoad } = viewOf(camera).calibration;
  const field = `cameras.${camera.id}`;
  const turns = camera.calibration.map(({ image }) => Math.sign(turning(toRoad, ...image)));
  if (turns.every((sign) => sign > 0))
    refuse(
      `${field}.calibration`,
      'the road is mirrored: x runs to the right of y, seen from above, so that a right turn is one',
    );
  if (!turns.every((sign) => sign < 0))
    throw new SiteError(
      'CALIBRATION_DEGENERATE',
      `${field}.calibration: the known points are on both sides of the horizon`,
    );
  const { width, height } = camera.image;
  camera.lamps.forEach(({ region: [x0, y0, x1, y1] }, i) => {
    if (!(0 <= x0 && x0 < x1 && x1 <= width && 0 <= y0 && y0 < y1 && y1 <= height))
      refuse(`${field}.lamps.${i}.region`, 'must be [left, upper, right, lower] in the picture');
  });
}

/** Metres along a lane are counted with it: three metres long, it makes fifteen of five. */
function checkDirections(site: SiteVersion): void {
  for (const { id, direction } of site.lanes) {
    const length = Math.hypot(...direction);
    if (Math.abs(length - 1) <= UNIT_TOLERANCE) continue;
    const unit = unitOf(direction).map((v) => Math.round(v * 1e4) / 1e4);
    refuse(
      `lanes.${id}.direction`,
      `must be a vector of length 1, is ${Math.round(length * 1000) / 1000} long${length === 0 ? '' : `; the same way is [${unit.join(', ')}]`}`,
    );
  }
}

/** The format does not say which movement a signal is for, so two over one lane would be judged by whichever comes first. */
function checkSignals(site: SiteVersion): void {
  if (site.signals.length > 0 && site.stopLine === null) refuse('stopLine', 'signals need a stop line');
  if (site.stopLine !== null && distance(...site.stopLine) === 0) refuse('stopLine', 'has no length');
  const over = new Map<string, string>();
  for (const { id, lanes } of site.signals)
    for (const lane of lanes) {
      const other = over.get(lane);
      if (other !== undefined)
        refuse(`signals.${id}.lanes`, `lane "${lane}" is under signal "${other}" already`);
      over.set(lane, id);
    }
}

function checkZones(site: SiteVersion): void {
  for (const zone of site.zones) {
    if ((zone.kind === 'no-stopping') !== (zone.ground !== undefined))
      refuse(
        `zones.${zone.id}.ground`,
        'a no-stopping zone says why one may not stop there, and no other does',
      );
    if (zone.kind !== 'solid-line') {
      if (zone.area.length < 3) refuse(`zones.${zone.id}.area`, 'an outline has three points or more');
      continue;
    }
    if (distance(zone.area[0]!, zone.area.at(-1)!) === 0)
      refuse(`zones.${zone.id}.area`, 'ends where it begins');
    for (const field of ['hours', 'classes'] as const)
      if (zone[field] !== undefined)
        refuse(`zones.${zone.id}.${field}`, 'a solid line holds at all hours and for every class');
  }
}
