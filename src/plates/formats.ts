import { mayBeProvince } from './provinces.js';
import { formatTable, type FormatRow, type PlateBackground, type PlateVehicle } from './tables.js';

/** What is known of a plate beside its text. Absent or `other` says nothing and rules nothing out. */
export interface PlateHints {
  readonly lines?: 1 | 2 | undefined;
  readonly colour?: PlateBackground | undefined;
  readonly vehicleClass?: PlateVehicle | undefined;
}

export interface PlateFormat extends FormatRow {
  /** Characters allowed at each position; the province pair is checked together besides. */
  readonly positions: readonly ReadonlySet<string>[];
  /** Where the two province digits stand, -1 if the format has none. */
  readonly provinceAt: number;
}

const digits = new Set(formatTable.sets.D);

function positionsOf(part: string): ReadonlySet<string>[] {
  if (part === 'PROV') return [digits, digits];
  const whole = formatTable.sets[part];
  if (whole) return [new Set(whole)];
  const counted = /^([A-Z])(\d)$/.exec(part);
  const set = counted && formatTable.sets[counted[1]!];
  if (counted && set) return Array.from({ length: Number(counted[2]) }, () => new Set(set));
  return [...part].map((letter) => new Set([letter]));
}

/** `N1` and `L20` are names of sets, so sets are looked up before counts are read. */
export const formats: readonly PlateFormat[] = formatTable.formats.map((row) => {
  const before = row.parts.indexOf('PROV');
  return {
    ...row,
    positions: row.parts.flatMap(positionsOf),
    provinceAt: before < 0 ? -1 : row.parts.slice(0, before).flatMap(positionsOf).length,
  };
});

/** Positions of `text` that this format forbids; `?` is allowed everywhere. Null if the length differs. */
export function forbiddenIn(format: PlateFormat, text: string): number[] | null {
  if (text.length !== format.positions.length) return null;
  const wrong = format.positions.flatMap((set, i) => (text[i] === '?' || set.has(text[i]!) ? [] : [i]));
  const at = format.provinceAt;
  if (at >= 0 && !wrong.includes(at) && !wrong.includes(at + 1) && !mayBeProvince(text.slice(at, at + 2))) {
    wrong.push(at, at + 1);
  }
  return wrong;
}

/** A serial of nothing but zeros was never issued. */
function serialIssued(text: string): boolean {
  return !/[A-Z]\d?0{5}$/.test(text) && !/^[A-Z]?\d{2}0{5}$/.test(text);
}

function agrees(format: PlateFormat, hints: PlateHints): boolean {
  if (hints.lines === 1 && format.layouts.one === undefined) return false;
  if (hints.lines === 2 && format.layouts.two === undefined) return false;
  if (hints.vehicleClass && !format.vehicles.includes(hints.vehicleClass)) return false;
  return hints.colour === undefined || hints.colour === 'other' || format.colours.includes(hints.colour);
}

/**
 * All formats that a normalised text may be, given what else was seen. Several is a real answer: `29X11234` is a car
 * or an old motorcycle, and text alone cannot tell. `?` may be anything here; that makes no plate complete.
 */
export function formatsOf(text: string, hints: PlateHints = {}): PlateFormat[] {
  if (!serialIssued(text)) return [];
  return formats.filter((format) => agrees(format, hints) && forbiddenIn(format, text)?.length === 0);
}
