import type { FastifyRequest } from 'fastify';
import type { Context } from '../../storage/context.js';
import { HttpRefusal } from '../shared/errors.js';

/** How a visitor may see a notice. */
export interface Visitor {
  readonly noticeId: string;
  readonly caseId: string;
  /** `owner` has signed in with the account the notice was sent to; `holder` knows its number and plate. */
  readonly as: 'owner' | 'holder';
  /** For the case's history: `citizen:owner` or `citizen:<notice number>`. An account holds the owner's personal number. */
  readonly actor: string;
}

export const notFound = (): HttpRefusal => new HttpRefusal(404, 'NOTICE_NOT_FOUND', 'No notice matches.');

/**
 * The first line of each route about a notice.
 * @throws {HttpRefusal} 404 for a notice that is not there and for one that is not this visitor's, alike
 */
export async function visitorOf(ctx: Context, request: FastifyRequest, noticeId: string): Promise<Visitor> {
  const row = await ctx.db
    .selectFrom('notices as n')
    .innerJoin('cases as c', 'c.id', 'n.case_id')
    .where('n.id', '=', noticeId)
    .select(['n.number', 'c.id as case_id', 'c.digital_account'])
    .executeTakeFirst();
  const account = request.session.get('account');
  if (row && account !== undefined && row.digital_account === account) {
    return { noticeId, caseId: row.case_id, as: 'owner', actor: 'citizen:owner' };
  }
  if (row && (request.session.get('notices') ?? []).includes(noticeId)) {
    return { noticeId, caseId: row.case_id, as: 'holder', actor: `citizen:${row.number}` };
  }
  throw notFound();
}
