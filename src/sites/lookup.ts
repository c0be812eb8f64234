import type {
  Certificate,
  CertifiedDevice,
  Limit,
  SiteCamera,
  SiteVersion,
  VehicleClass,
} from './site-schema.js';

export const cameraOf = (site: SiteVersion, cameraId: string): SiteCamera | null =>
  site.cameras.find((camera) => camera.id === cameraId) ?? null;

/** The limit for a class in a lane: one that names the lane goes before one for the whole road. */
export function limitFor(site: SiteVersion, vehicle: VehicleClass, laneId: string | null): Limit | null {
  const fitting = site.limits.filter((limit) => limit.classes.includes(vehicle));
  return (
    fitting.find((limit) => laneId !== null && limit.lanes?.includes(laneId)) ??
    fitting.find((limit) => limit.lanes === undefined) ??
    null
  );
}

/** The certificate that covers a camera's device at an instant; with `serial`, that of this very device. */
export function certificateFor(
  site: SiteVersion,
  cameraId: string,
  device: CertifiedDevice,
  instant: Date,
  serial?: string,
): Certificate | null {
  const at = instant.getTime();
  return (
    site.certificates.find(
      (certificate) =>
        certificate.cameraId === cameraId &&
        certificate.device === device &&
        (serial === undefined || certificate.serial === serial) &&
        Date.parse(certificate.validFrom) <= at &&
        at < Date.parse(certificate.validTo),
    ) ?? null
  );
}
