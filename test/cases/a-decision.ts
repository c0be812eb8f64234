import type { PenaltyDecision } from '../../src/cases/index.js';
import { dayOf } from '../../src/law/index.js';
import type { Context } from '../../src/storage/context.js';

/** A decision on a red light, signed today by who may: the standard amount, not received yet. */
export const aDecision = (
  { clock }: Pick<Context, 'clock'>,
  changed: Partial<PenaltyDecision> = {},
): PenaltyDecision => ({
  number: '0456/QĐ-XPHC',
  amount: 19_000_000,
  signerName: 'Lê Văn Cường',
  signerRank: 'team-leader',
  mitigating: null,
  aggravating: null,
  issuedOn: dayOf(clock.now()),
  receivedOn: null,
  ...changed,
});
