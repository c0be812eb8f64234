import type { FastifyRequest } from 'fastify';
import type { Context } from '../../storage/context.js';
import type { HttpRefusal } from '../shared/errors.js';
import { refusal } from './refusal.js';

/** How a visitor may see a notice. */
export interface Visitor {
  readonly noticeId: string;
  readonly caseId: string;
  /** `owner` has signed in with the account the notice was sent to; `holder` knows its number and plate. */
  readonly as: 'owner' | 'holder';
  /**
   * May open what names the owner: has signed in, or has given the check code printed on the notice. A plate can be read
   * off the road and numbers follow each other; a code cannot be guessed.
   */
  readonly papers: boolean;
  /** For the case's history: `citizen:owner` or `citizen:<notice number>`. An account holds the owner's personal number. */
  readonly actor: string;
}

export const notFound = (): HttpRefusal => refusal(404, 'NOTICE_NOT_FOUND');

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
    return { noticeId, caseId: row.case_id, as: 'owner', papers: true, actor: 'citizen:owner' };
  }
  if (row && (request.session.get('notices') ?? []).includes(noticeId)) {
    const papers = (request.session.get('papers') ?? []).includes(noticeId);
    return { noticeId, caseId: row.case_id, as: 'holder', papers, actor: `citizen:${row.number}` };
  }
  throw notFound();
}

/**
 * The first line of each route about a paper that names the owner.
 * @throws {HttpRefusal} 404 as `visitorOf`; 403 for who has only looked the notice up
 */
export async function readerOf(ctx: Context, request: FastifyRequest, noticeId: string): Promise<Visitor> {
  const visitor = await visitorOf(ctx, request, noticeId);
  if (!visitor.papers) throw refusal(403, 'CHECK_CODE_NEEDED');
  return visitor;
}
