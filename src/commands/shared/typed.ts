import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { OFFICER_ROLES } from '../../cases/officers.js';
import { SIGNER_RANKS } from '../../law/index.js';

/** A commander parser that answers a wrong word with what would be right. */
const parsed =
  <Value>(schema: z.ZodType<Value>, right: string) =>
  (word: string): Value => {
    const result = schema.safeParse(word);
    if (!result.success) throw new InvalidArgumentError(right);
    return result.data;
  };

export const role = parsed(z.enum(OFFICER_ROLES), `một trong / one of: ${OFFICER_ROLES.join(', ')}`);

export const instant = parsed(
  z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  'thời điểm ISO 8601 có múi giờ / an ISO 8601 instant with its zone: 2026-11-21T09:30:00+07:00',
);

/** An instant with its zone, which has come already: nothing is noted before it has happened. */
export const pastInstant = parsed(
  z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .refine((at) => at.getTime() <= Date.now()),
  'thời điểm ISO 8601 đã qua, có múi giờ / a past ISO 8601 instant with its zone: 2026-11-21T09:30:00+07:00',
);

export const versionNumber = parsed(
  z.coerce.number().int().positive(),
  'một số nguyên dương / a whole number from 1 on',
);

/** A number between two others, both allowed. */
export const within = (least: number, most: number) =>
  parsed(z.coerce.number().min(least).max(most), `từ ${least} đến ${most} / from ${least} to ${most}`);

export const wholeWithin = (least: number, most: number) =>
  parsed(
    z.coerce.number().int().min(least).max(most),
    `số nguyên từ ${least} đến ${most} / a whole number from ${least} to ${most}`,
  );

/** A legal day in Vietnam. */
export const day = parsed(z.iso.date(), 'một ngày / a day: 2026-11-21');

export const dong = parsed(
  z.coerce.number().int().positive(),
  'số đồng nguyên, không dấu chấm / whole đồng without separators: 19000000',
);

export const signerRank = parsed(z.enum(SIGNER_RANKS), `một trong / one of: ${SIGNER_RANKS.join(', ')}`);
export const holdId = parsed(z.uuid(), 'mã như trong `hold list` / an id as `hold list` tells it');

export const refundId = parsed(
  z.uuid(),
  'mã như trong `payment refunds` / an id as `payment refunds` lists it',
);
