import type { Context } from '../storage/context.js';
import { HopelessJob, type Handlers } from '../storage/handlers.js';
import { deliverNotice } from './deliver.js';
import { NoticeError, type NoticeErrorCode } from './errors.js';
import { issueNotice } from './issue.js';

/** What trying again cannot mend: an officer or the operator has to look. */
const HOPELESS: readonly NoticeErrorCode[] = [
  'CASE_NOT_FOUND',
  'OWNER_MISSING',
  'LAW_MISSING',
  'SITE_MISSING',
  'NOTICE_NOT_FOUND',
];
/** The decision was taken back before the notice was made, by its officer or with the site's version; a new one brings a new job. */
const WITHDRAWN: readonly NoticeErrorCode[] = [
  'CASE_NOT_CONFIRMED',
  'CONFIRMATION_MISSING',
  'SITE_VERSION_WITHDRAWN',
];

export const handlers: Handlers = {
  issue: (ctx, caseId) => orSetAside(ctx, issueNotice(ctx, caseId)),
  deliver: (ctx, noticeId) => orSetAside(ctx, deliverNotice(ctx, noticeId)),
};

async function orSetAside(ctx: Context, work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof NoticeError)) throw error;
    if (WITHDRAWN.includes(error.code)) return ctx.log.info({ ...error.details }, 'no notice: not confirmed');
    if (!HOPELESS.includes(error.code)) throw error;
    ctx.log.error({ code: error.code, ...error.details }, 'notice cannot be made');
    throw new HopelessJob(`${error.code}: ${error.message}`, { cause: error });
  }
}
