import { SiteError } from './errors.js';
import { unitOf } from './geometry.js';
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
  checkDirections(site);
  checkSignals(site);
  checkZones(site);
  site.cameras.forEach(viewOf);
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
    for (const field of ['hours', 'classes'] as const)
      if (zone[field] !== undefined)
        refuse(`zones.${zone.id}.${field}`, 'a solid line holds at all hours and for every class');
  }
}
