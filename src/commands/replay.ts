import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { parseSite } from '../sites/index.js';
import type { Element } from '../judging/finding.js';
import { inWords as elementInWords } from '../judging/messages.js';
import {
  canonical,
  differences,
  judgeFrames,
  replayCase,
  replayed,
  type ReplayedPassage,
} from '../judging/replay.js';
import { caseTyped } from './shared/case-typed.js';
import { inHouse } from './shared/in-house.js';
import { clipFrame, openClip } from '../twin/behaviour/index.js';

/** `phat-nguoi replay CASE|CLIP`: judges again what was judged, and says why. Exit code 1 where a case comes out otherwise. */
export function register(program: Command): void {
  program
    .command('replay')
    .description(
      'xét lại một hồ sơ hay đoạn phim và in lý do / judge a case or clip again and print the reasoning',
    )
    .argument(
      '<case|clip>',
      'mã hồ sơ, mã vi phạm, số thông báo hoặc thư mục đoạn phim / id of a case or violation, number of a notice, or a clip folder',
    )
    .option('--json', 'JSON chuẩn tắc (RFC 8785) / canonical JSON', false)
    .action(async (what: string, options: { json: boolean }) => {
      if (existsSync(join(what, 'clip.json'))) return replayClip(what, options.json);
      const replay = await inHouse('replay', async (house) =>
        replayCase(house.db, await caseTyped(house, what)),
      );
      if (options.json) process.stdout.write(`${canonical(replay)}\n`);
      else {
        const said = replay.same
          ? 'giống từng byte / the same, byte for byte'
          : replay.again === null
            ? 'KHÔNG còn vi phạm / no longer found'
            : 'KHÁC / comes out otherwise';
        process.stdout.write(`${replay.violationId} ${replay.stored.rule}: ${said}\n`);
        if (replay.again !== null)
          for (const line of differences(replay.stored, replay.again)) process.stdout.write(`  ≠ ${line}\n`);
        if (replay.passage !== null) process.stdout.write(inWords(replay.passage));
      }
      process.exitCode = replay.same ? 0 : 1;
    });
}

function replayClip(folder: string, json: boolean): void {
  const clip = openClip(folder);
  const passages = judgeFrames(
    clip.frames.map((_, i) => clipFrame(clip, i)),
    parseSite(clip.truth.site),
  ).map(replayed);
  process.stdout.write(json ? `${canonical(passages)}\n` : passages.map(inWords).join(''));
}

function inWords(passage: ReplayedPassage): string {
  const lines = [`${passage.from.slice(11, 23)} ${passage.kind} ${passage.plate ?? '–'} (${passage.points})`];
  for (const finding of passage.findings) {
    lines.push(`  ✔ ${finding.rule} ${finding.lawCode}: ${finding.whyVi}`, `    ${finding.whyEn}`);
    for (const element of finding.elements as readonly Element[])
      lines.push(`      ${elementInWords(element, 'vi')} / ${elementInWords(element, 'en')}`);
  }
  for (const one of passage.notFired) lines.push(`  ✘ ${one.rule}: ${one.vi.at(-1)} / ${one.en.at(-1)}`);
  return `${lines.join('\n')}\n`;
}
