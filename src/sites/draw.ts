import type { Point, SiteVersion } from './site-schema.js';
import { SiteError } from './errors.js';
import { cameraOf } from './lookup.js';
import { viewOf, type CameraView } from './view.js';

export interface Label {
  readonly text: string;
  readonly at: Point;
  readonly colour: string;
}

/** A site's geometry as one camera sees it: an SVG of the camera's size, and labels to be set with a font of the caller's. */
export interface Drawing {
  readonly svg: string;
  readonly labels: readonly Label[];
}

const COLOURS = { traffic: '#2dd36f', emergency: '#ff4961', shoulder: '#ff9f43', opposite: '#c9ced6' };
const ZONES = {
  'no-stopping': '#ffd534',
  'truck-restricted': '#b37feb',
  'no-entry': '#eb445a',
  'solid-line': '#ff2fd0',
};
/** Nearer to the lens than this the plane runs off to infinity in the picture. */
const NEAREST = 0.12;

/** @throws {SiteError} `SITE_INVALID` where the site has no such camera, `CALIBRATION_DEGENERATE` */
export function drawSite(site: SiteVersion, cameraId: string): Drawing {
  const camera = cameraOf(site, cameraId);
  if (camera === null) throw new SiteError('SITE_INVALID', `${site.siteId} has no camera ${cameraId}`);
  const view = viewOf(camera);
  const { width, height } = camera.image;
  const labels: Label[] = [];
  const shapes: string[] = [];
  const polygonOf = (area: readonly Point[], colour: string, text: string, dashed = false): void => {
    const points = pictured(view, area, true);
    if (points.length < 3) return;
    shapes.push(
      `<polygon points="${inSvg(points)}" fill="${colour}" fill-opacity="${dashed ? 0.06 : 0.16}" stroke="${colour}" stroke-width="3"${dashed ? ' stroke-dasharray="14 10"' : ''}/>`,
    );
    const inside = clip(points, frame(width, height));
    if (inside.length >= 3) labels.push({ text, at: middle(inside), colour });
  };
  const lineOf = (line: readonly Point[], colour: string, text: string, thick: number): void => {
    const points = pictured(view, line, false);
    if (points.length < 2) return;
    shapes.push(
      `<polyline points="${inSvg(points)}" fill="none" stroke="${colour}" stroke-width="${thick}"/>`,
    );
    const inside = clip(points, frame(width, height), false);
    if (inside.length >= 2) labels.push({ text, at: middle(inside), colour });
  };
  for (const lane of site.lanes) polygonOf(lane.area, COLOURS[lane.kind], lane.id);
  for (const zone of site.zones) {
    if (zone.kind === 'solid-line') lineOf(zone.area, ZONES[zone.kind], zone.id, 6);
    else polygonOf(zone.area, ZONES[zone.kind], zone.id, true);
  }
  if (site.stopLine !== null) lineOf(site.stopLine, '#ffffff', 'stop', 8);
  for (const lamp of camera.lamps) {
    const [x0, y0, x1, y1] = lamp.region;
    shapes.push(
      `<rect x="${x0}" y="${y0}" width="${x1 - x0}" height="${y1 - y0}" fill="none" stroke="#00e5ff" stroke-width="4"/>`,
    );
    labels.push({ text: lamp.signal, at: [x0, y1 + 22], colour: '#00e5ff' });
  }
  for (const { image, road } of camera.calibration) {
    const [u, v] = view.toImage(road[0], road[1]);
    shapes.push(
      `<circle cx="${image[0]}" cy="${image[1]}" r="9" fill="none" stroke="#ffffff" stroke-width="3"/><circle cx="${round(u)}" cy="${round(v)}" r="3" fill="#ff0000"/>`,
    );
  }
  const { rms, max } = view.calibration.errorMetres;
  labels.push({
    text: `${site.siteId} v${site.version} · ${cameraId} · ±${rms.toFixed(3)} m (max ${max.toFixed(3)} m)`,
    at: [24, 40],
    colour: '#ffffff',
  });
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes.join('')}</svg>`,
    labels,
  };
}

/** A road outline in pixels, as far as it lies before the lens. */
function pictured(view: CameraView, area: readonly Point[], closed: boolean): Point[] {
  const visible = clip(area, [(p) => view.depth(p[0], p[1]) - NEAREST], closed);
  return visible.map((p) => view.toImage(p[0], p[1]));
}

type HalfPlane = (p: Point) => number;
const frame = (width: number, height: number): HalfPlane[] => [
  (p) => p[0],
  (p) => width - p[0],
  (p) => p[1],
  (p) => height - p[1],
];

/** Sutherland and Hodgman: the part of an outline on the positive side of straight edges. */
function clip(outline: readonly Point[], sides: readonly HalfPlane[], closed = true): Point[] {
  let points = [...outline];
  for (const side of sides) {
    const kept: Point[] = [];
    for (let i = closed ? 0 : 1; i < points.length; i++) {
      const a = points[(i + points.length - 1) % points.length]!;
      const b = points[i]!;
      const [da, db] = [side(a), side(b)];
      if (!closed && i === 1 && da >= 0) kept.push(a);
      if (da < 0 !== db < 0)
        kept.push([a[0] + ((b[0] - a[0]) * da) / (da - db), a[1] + ((b[1] - a[1]) * da) / (da - db)]);
      if (db >= 0) kept.push(b);
    }
    points = kept;
  }
  return points;
}

const middle = (points: readonly Point[]): Point => [
  points.reduce((sum, p) => sum + p[0], 0) / points.length,
  points.reduce((sum, p) => sum + p[1], 0) / points.length,
];
const round = (value: number): number => Math.round(value * 10) / 10;
const inSvg = (points: readonly Point[]): string =>
  points.map((p) => `${round(p[0])},${round(p[1])}`).join(' ');
