import { createPublicKey, type KeyObject } from 'node:crypto';
import { keyId } from '../storage/keys.js';
import type { Context } from '../storage/context.js';
import { checkDeletions, checkLetGo } from './deletions.js';
import { letGoIn, newTally, type Finding, type LetGoTally, type Verdict } from './findings.js';
import { headSignatureHolds, latestHead, type Head } from './heads.js';
import { leafOf, type Leaf } from './log.js';
import { inclusionHolds } from './merkle.js';
import { proofFor } from './proofs.js';
import { subjectsOfCase, unsealed, type Subject } from './subjects.js';
import { checkFiles, checkLeaf, checkRows } from './verify-rows.js';
import { checkHeads, readHeads, walkLog } from './verify-log.js';

type House = Pick<Context, 'db' | 'blobs' | 'keys' | 'clock'>;

export interface VerifyOptions {
  /** The public key to trust (PEM), from anywhere but this house. Default: the house's own. */
  readonly publicKey?: string;
  /** Heads that were kept outside: a house rolled back to yesterday cannot have them. */
  readonly witness?: readonly Head[];
}

/** A row older than this without a leaf was never sealed, or its leaf was taken away. */
const SEAL_WITHIN_MS = 600_000;

/** Verifies everything: every leaf, row, stored file, subtree and head. */
export async function verifyAll(ctx: House, options: VerifyOptions = {}): Promise<Verdict> {
  const tally = newTally();
  const letGo: LetGoTally = new Map();
  const key = keyOf(ctx, options);
  const heads = await readHeads(ctx.db);
  const witness = options.witness ?? [];
  const sizes = new Set([...heads, ...witness].map((head) => head.size));

  const walked = await walkLog(ctx.db, sizes, tally, async (leaves) => [
    ...leaves.flatMap(checkLeaf),
    ...(await checkRows(ctx.db, leaves, tally)),
    ...(await checkFiles(ctx, leaves, tally, letGo)),
    ...(await checkDeletions(ctx.db, leaves)),
  ]);
  const { overdue, waiting } = await checkSealed(ctx);
  const findings = [
    ...walked.findings,
    ...checkHeads(walked, heads, key, tally),
    ...checkHeads(walked, witness, key, tally, true),
    ...overdue,
    ...(await checkLetGo(ctx.db)),
  ];
  return {
    ok: findings.length === 0,
    checked: tally,
    unsigned: walked.size - (heads.at(-1)?.size ?? 0),
    waiting,
    letGo: letGoIn(letGo),
    findings,
  };
}

/** Verifies what one case rests on: its violation, frames, decisions, notices, penalty decisions, payments, each with its place in the log. */
export async function verifyCase(ctx: House, caseId: string, options: VerifyOptions = {}): Promise<Verdict> {
  const tally = newTally();
  const letGo: LetGoTally = new Map();
  const findings: Finding[] = [];
  const leaves: Leaf[] = [];
  let waiting = 0;
  for (const of of await subjectsOfCase(ctx.db, caseId)) {
    const leaf = await leafOf(ctx.db, of.kind, of.subject);
    if (leaf !== undefined) leaves.push(leaf);
    else if (ctx.clock.now().getTime() - of.at.getTime() < SEAL_WITHIN_MS) waiting += 1;
    else findings.push(notSealed(of));
  }
  tally.leaves = leaves.length;
  findings.push(
    ...leaves.flatMap(checkLeaf),
    ...(await checkRows(ctx.db, leaves, tally)),
    ...(await checkFiles(ctx, leaves, tally, letGo)),
    ...(await checkDeletions(ctx.db, leaves)),
    ...(await checkLetGo(
      ctx.db,
      leaves.filter((leaf) => leaf.kind === 'frame').map((leaf) => leaf.subject),
    )),
  );

  const head = await latestHead(ctx.db);
  const key = keyOf(ctx, options);
  if (head !== undefined) {
    tally.heads = 1;
    if (!headSignatureHolds(head, key.publicKey)) {
      findings.push({
        code: 'HEAD_SIGNATURE',
        table: 'log_heads',
        subject: String(head.size),
        message: `the newest head does not hold under ${key.id}`,
      });
    }
  }
  let unsigned = 0;
  for (const leaf of leaves) {
    if (head === undefined || head.size <= leaf.index) unsigned += 1;
    else if (!(await isIncluded(ctx, leaf))) {
      findings.push({
        code: 'INCLUSION',
        table: 'log_leaves',
        subject: String(leaf.index),
        message: `${leaf.kind} ${leaf.subject} is not in the log that was signed`,
      });
    }
  }
  return {
    ok: findings.length === 0,
    checked: tally,
    unsigned,
    waiting,
    letGo: letGoIn(letGo),
    findings,
  };
}

async function isIncluded(ctx: House, leaf: Leaf): Promise<boolean> {
  const proof = await proofFor(ctx.db, leaf.kind, leaf.subject).catch(() => undefined);
  if (proof?.head === undefined || proof.head === null || proof.path === null) return false;
  return inclusionHolds({
    leaf: leaf.hash,
    index: leaf.index,
    size: proof.head.size,
    root: proof.head.root,
    path: proof.path,
  });
}

function keyOf(ctx: House, options: VerifyOptions): { id: string; publicKey: KeyObject } {
  if (options.publicKey === undefined) return ctx.keys.evidence;
  const publicKey = createPublicKey(options.publicKey);
  return { id: keyId(publicKey), publicKey };
}

/** Rows that should have been sealed long ago, of which a hundred of a kind are named; and how many still may wait. */
async function checkSealed(ctx: House): Promise<{ overdue: Finding[]; waiting: number }> {
  const now = ctx.clock.now();
  const due = new Date(now.getTime() - SEAL_WITHIN_MS);
  const overdue = await unsealed(ctx.db, { until: due, limit: 100 });
  const waiting = await unsealed(ctx.db, { from: new Date(due.getTime() + 1), until: now, limit: 1000 });
  return {
    overdue: overdue.map(notSealed),
    waiting: waiting.length,
  };
}

const notSealed = ({ kind, subject, table }: Subject): Finding => ({
  code: 'NOT_SEALED',
  table,
  subject,
  message: `${kind} ${subject} has no leaf in the log`,
});
