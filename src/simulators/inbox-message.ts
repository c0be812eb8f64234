import { z } from 'zod';
import type { DeliveryProof } from '../notices/digital-account.js';

/** A notice as it is delivered, and as the inbox keeps it. */
export const incoming = z.object({
  noticeId: z.uuid(),
  number: z.string(),
  issuedAt: z.iso.datetime(),
  title: z.object({ vi: z.string(), en: z.string() }),
  summary: z.object({ vi: z.string(), en: z.string() }),
  pdfSha256: z.string(),
  pdf: z.base64(),
});

export interface InboxMessage {
  readonly account: string;
  readonly content: Omit<z.infer<typeof incoming>, 'pdf'>;
  readonly pdf: Buffer;
  readonly bodyHash: string;
  readonly proof: DeliveryProof;
}
