import type { Command } from 'commander';
import type { PenaltyDecision } from '../cases/penalty-check.js';
import { correctDecision } from '../cases/penalty-correct.js';
import { recordDecision, recordReceipt } from '../cases/penalty.js';
import { caseTyped } from './shared/case-typed.js';
import { inHouse } from './shared/in-house.js';
import { provenOfficer } from './shared/proven-officer.js';
import { day, dong, signerRank } from './shared/typed.js';

interface Options {
  readonly officer: string;
  readonly number: string;
  readonly amount: number;
  readonly signer: string;
  readonly rank: string;
  readonly issued: string;
  readonly received?: string;
  readonly mitigating?: string;
  readonly aggravating?: string;
}

/** `phat-nguoi decision`: what the agency's own system decided goes on record in an officer's name, who proves who they are. */
export function register(program: Command): void {
  const decision = program
    .command('decision')
    .description('quyết định xử phạt đã ký ở hệ thống của cơ quan / penalty decisions signed elsewhere');
  facts(
    decision
      .command('record')
      .description(
        'ghi quyết định xử phạt của một vụ việc / record the penalty decision of a case; interest runs from its receipt only',
      ),
  )
    .option('--received <day>', 'ngày chủ xe nhận, nếu đã biết / day of receipt, if known', day)
    .action((typed: string, options: Options) =>
      inHouse('decision', async (house) => {
        const officer = await provenOfficer(house, options.officer);
        const caseId = await caseTyped(house, typed);
        await recordDecision(house, { caseId, officer, decision: decisionOf(options) });
      }),
    );
  facts(
    decision
      .command('correct')
      .description(
        'ghi lại quyết định đã ghi sai, khi chủ xe chưa nhận; bản cũ vẫn lưu / record once more a decision that was mistyped, before its receipt; the former stays on record',
      ),
  )
    .requiredOption('--reason <text>', 'vì sao sửa / why')
    .action((typed: string, options: Options & { reason: string }) =>
      inHouse('decision', async (house) => {
        const officer = await provenOfficer(house, options.officer);
        const caseId = await caseTyped(house, typed);
        const { reason } = options;
        await correctDecision(house, { caseId, officer, reason, decision: decisionOf(options) });
      }),
    );
  decision
    .command('received')
    .description('ghi ngày chủ xe nhận quyết định / note the day on which the owner received the decision')
    .argument('<case>', 'mã vụ việc hoặc số thông báo / id of the case, or number of its notice')
    .argument('<day>', 'YYYY-MM-DD', day)
    .requiredOption('--officer <username>', 'cán bộ ghi / officer who records it')
    .action((typed: string, receivedOn: string, options: { officer: string }) =>
      inHouse('decision', async (house) => {
        const officer = await provenOfficer(house, options.officer);
        await recordReceipt(house, { caseId: await caseTyped(house, typed), officer, receivedOn });
      }),
    );
}

/** What is copied off the decision, whole: a correction says all of it again. */
const facts = (command: Command): Command =>
  command
    .argument('<case>', 'mã vụ việc hoặc số thông báo / id of the case, or number of its notice')
    .requiredOption('--officer <username>', 'cán bộ ghi / officer who records it')
    .requiredOption('--number <text>', 'số quyết định / number of the decision')
    .requiredOption('--amount <đồng>', 'mức phạt / amount', dong)
    .requiredOption('--signer <name>', 'họ tên người ký / name of the signer')
    .requiredOption('--rank <rank>', 'chức danh người ký / rank of the signer', signerRank)
    .requiredOption('--issued <day>', 'ngày ký / day of signing', day)
    .option('--mitigating <text>', 'tình tiết giảm nhẹ / mitigating circumstances')
    .option('--aggravating <text>', 'tình tiết tăng nặng / aggravating circumstances');

const decisionOf = (options: Options): PenaltyDecision => ({
  number: options.number,
  amount: options.amount,
  signerName: options.signer,
  signerRank: options.rank,
  mitigating: options.mitigating ?? null,
  aggravating: options.aggravating ?? null,
  issuedOn: options.issued,
  receivedOn: options.received ?? null,
});
