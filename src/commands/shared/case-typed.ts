import { z } from 'zod';
import { CaseError } from '../../cases/errors.js';
import { normaliseNumber } from '../../notices/number.js';
import type { Context } from '../../storage/context.js';

/** The case that was typed, by its id or by its notice's number however that is written. @throws {CaseError} `CASE_NOT_FOUND` */
export async function caseTyped(ctx: Context, typed: string): Promise<string> {
  if (z.uuid().safeParse(typed).success) return typed;
  const number = normaliseNumber(typed);
  const row =
    number === null
      ? undefined
      : await ctx.db.selectFrom('notices').select('case_id').where('number', '=', number).executeTakeFirst();
  if (row === undefined)
    throw new CaseError(
      'CASE_NOT_FOUND',
      `${typed}: không có vụ việc hay thông báo này / no such case or notice`,
    );
  return row.case_id;
}
