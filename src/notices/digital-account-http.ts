import { sha256 } from '../core/ids.js';
import type { Clock } from '../core/clock.js';
import {
  deliveryProof,
  faultOfProof,
  type AccountMessage,
  type DeliveryProof,
  type DigitalAccount,
} from './digital-account.js';
import { NoticeError } from './errors.js';
import { signMessage } from './wire-signature.js';

/**
 * Digital-account gateway, wire format 1. It is ours: nobody has published VNeID's or VNeTraffic's.
 *
 *   POST {url}/v1/accounts/{account}/messages
 *     content-type: application/json
 *     idempotency-key: the notice's id
 *     x-timestamp, x-signature: see wire-signature.ts
 *     { noticeId, number, issuedAt, title: {vi, en}, summary: {vi, en}, pdfSha256, pdf: base64 }
 *   200 the message lies in the account: DeliveryProof. The same key with the same body gives the same proof.
 *   401 signature wrong · 404 no such account · 409 same key, other body · 5xx try again
 */
export class HttpDigitalAccount implements DigitalAccount {
  constructor(
    private readonly options: {
      url: string;
      key: string;
      /** Keys that may sign a proof; left out: any, which is for trials. */
      keyIds?: readonly string[] | undefined;
      clock: Clock;
      timeoutMs?: number;
    },
  ) {}

  async deliver(message: AccountMessage): Promise<DeliveryProof> {
    const { url, key, keyIds, clock, timeoutMs = 10_000 } = this.options;
    const path = `/v1/accounts/${encodeURIComponent(message.account)}/messages`;
    const { noticeId, number, issuedAt, title, summary, pdf } = message;
    const body = JSON.stringify({
      noticeId,
      number,
      issuedAt,
      title,
      summary,
      pdfSha256: sha256(pdf),
      pdf: pdf.toString('base64'),
    });
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': noticeId,
      ...signMessage(key, clock.now(), 'POST', path, body),
    };
    const answer = await this.send(new URL(path, url), { method: 'POST', headers, body }, timeoutMs);
    const proof = deliveryProof.safeParse(answer);
    if (!proof.success)
      throw new NoticeError('PROOF_WRONG', 'answer is not a proof of delivery', { cause: proof.error });
    const fault = faultOfProof(proof.data, message, keyIds);
    if (fault !== null) throw new NoticeError('PROOF_WRONG', fault, { details: { noticeId } });
    return proof.data;
  }

  private async send(url: URL, init: RequestInit, timeoutMs: number): Promise<unknown> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
      text = await response.text();
    } catch (cause) {
      throw new NoticeError('ACCOUNT_UNREACHABLE', 'digital-account gateway gave no answer', { cause });
    }
    if (response.status === 404) throw new NoticeError('ACCOUNT_UNKNOWN', 'gateway knows no such account');
    if (response.status >= 500)
      throw new NoticeError('ACCOUNT_UNREACHABLE', `gateway answered ${response.status}`);
    if (!response.ok) throw new NoticeError('ACCOUNT_REFUSED', `gateway answered ${response.status}`);
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new NoticeError('PROOF_WRONG', 'answer is not JSON', { cause });
    }
  }
}
