import { z } from 'zod';
import { box } from '../core/box.js';

/** What a notice says, without personal data. Stored as it was issued and never changed. */
const text = z.object({ vi: z.string(), en: z.string() });
const place = z.object({ name: text, address: text, phone: z.string().nullable() });

export const evidencePicture = z.object({
  frameId: z.uuid(),
  sha256: z.string(),
  role: z.string(),
  capturedAt: z.iso.datetime(),
  /** The vehicle and its plate in pixels of the frame, null where this frame does not show them. */
  vehicle: box.nullable(),
  plate: box.nullable(),
});
export type EvidencePicture = z.infer<typeof evidencePicture>;

export const noticeBody = z.object({
  schema: z.literal('phat-nguoi/notice/1'),
  number: z.string(),
  issuedAt: z.iso.datetime(),
  issuedIn: text,
  unit: place,
  /** The unit that handed over the device's result, null where it is the issuing unit itself. */
  transferredBy: text.nullable(),
  vehicle: z.object({
    class: z.string(),
    type: text,
    makeModel: z.string().nullable(),
    plate: z.string(),
    plateText: z.string(),
    plateColour: text,
  }),
  ownerKind: z.enum(['person', 'organisation']),
  occurredAt: z.iso.datetime(),
  place: z.object({ name: text, address: text, lat: z.number(), lon: z.number() }),
  act: z.object({
    code: z.string(),
    lawVersion: z.string(),
    /** The behaviour, as the law words it. */
    behaviour: text,
    /** Article, clause, point and decree. */
    citation: text,
    /** What was measured and why it is this behaviour. */
    why: text,
  }),
  /** Đồng; already doubled for an organisation. */
  fine: z.object({ min: z.int(), max: z.int(), default: z.int() }),
  points: z.int(),
  appointments: z.array(z.object({ at: z.iso.datetime(), place })).length(2),
  evidence: z.array(evidencePicture),
  /** How sure the reader was of each character of the plate. */
  reading: z.array(z.object({ c: z.string(), p: z.number() })),
  officer: z.object({ name: z.string(), rank: z.string(), unit: z.string(), confirmedAt: z.iso.datetime() }),
  verify: z.object({ code: z.string(), url: z.string(), keyId: z.string() }),
});
export type NoticeBody = z.infer<typeof noticeBody>;

/** The owner as printed on the notice; only ever stored sealed. */
export const noticeOwner = z.object({ name: z.string(), id: z.string(), address: z.string() });
export type NoticeOwner = z.infer<typeof noticeOwner>;
