import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import t from 'tap';
import { idOf } from '../../src/core/ids.js';
import { handlers, sealForgotten } from '../../src/evidence/jobs.js';
import {
  appendLeaf,
  consistencyHolds,
  consistencyProof,
  headSignatureHolds,
  inclusionHolds,
  leafData,
  leafHash,
  proofFor,
  publicKeyOf,
  signHead,
  sizeOfLog,
} from '../../src/evidence/index.js';
import { HopelessJob } from '../../src/storage/handlers.js';
import { testHouse, type TestHouse } from '../../src/storage/test-house.js';

const AT = new Date('2026-11-21T02:00:00.000Z');

async function frame(house: TestHouse, n: number): Promise<string> {
  const id = idOf('frame', n);
  await house.db
    .insertInto('cameras')
    .values({ id: 'cam-1', site_id: 'km12', name: 'C', secret_sealed: Buffer.from('x') })
    .onConflict((c) => c.doNothing())
    .execute();
  await house.db
    .insertInto('frames')
    .values({
      id,
      camera_id: 'cam-1',
      site_id: 'km12',
      sequence: n,
      captured_at: AT,
      received_at: AT,
      clock_offset_ms: 0,
      sha256: 'a'.repeat(64),
      bytes: 1,
      content_type: 'image/jpeg',
      headers: '[]',
    })
    .execute();
  return id;
}

t.test('forty appends at once, each subject twice, make one gapless log of twenty', async (t) => {
  const house = await testHouse(t);
  const ids = await Promise.all(Array.from({ length: 20 }, (_, n) => frame(house, n)));
  const leaves = await Promise.all(
    [...ids, ...ids].map((subject) => appendLeaf(house.db, { kind: 'frame', subject })),
  );
  t.equal(await sizeOfLog(house.db), 20);
  t.same(
    [...new Set(leaves.map((leaf) => leaf.index))].sort((a, b) => a - b),
    Array.from({ length: 20 }, (_, i) => i),
  );
});

t.test('a leaf of a transaction that fails is not in the log, and the next takes its place', async (t) => {
  const house = await testHouse(t);
  const [a, b] = [await frame(house, 1), await frame(house, 2)];
  await t.rejects(
    house.db.transaction().execute(async (db) => {
      await appendLeaf(db, { kind: 'frame', subject: a });
      throw new Error('undo');
    }),
  );
  t.equal((await appendLeaf(house.db, { kind: 'frame', subject: b })).index, 0);
});

t.test(
  'a stranger with the public key checks every proof; the first head is a prefix of the last',
  async (t) => {
    const house = await testHouse(t);
    const ids = await Promise.all(Array.from({ length: 23 }, (_, n) => frame(house, n)));
    const heads = [];
    for (const [n, subject] of ids.entries()) {
      await appendLeaf(house.db, { kind: 'frame', subject, entry: { n, gone: undefined } });
      t.match(await proofFor(house.db, 'frame', subject), { head: null, path: null });
      heads.push(await signHead(house));
    }
    const last = heads.at(-1)!;
    const key = createPublicKey(publicKeyOf(house.keys).pem);
    t.ok(heads.every((head) => headSignatureHolds(head, key)));
    t.notOk(headSignatureHolds({ ...last, size: 22 }, key));
    t.notOk(headSignatureHolds(last, generateKeyPairSync('ed25519').publicKey));
    for (const subject of ids) {
      const { leaf, head, path } = await proofFor(house.db, 'frame', subject);
      t.equal(leafHash(leafData({ ...leaf, at: new Date(leaf.at) })), leaf.hash);
      t.ok(
        inclusionHolds({
          leaf: leaf.hash,
          index: leaf.index,
          size: head!.size,
          root: head!.root,
          path: path!,
        }),
      );
    }
    for (const head of heads) {
      const path = await consistencyProof(house.db, head.size, last.size);
      t.ok(
        consistencyHolds({ first: head.size, firstRoot: head.root, size: last.size, root: last.root, path }),
      );
    }
    t.same(await signHead(house), last, 'nothing new, no new head');
    await t.rejects(proofFor(house.db, 'frame', idOf('none')), { code: 'NOT_IN_LOG' });
    await t.rejects(consistencyProof(house.db, 5, 99), { code: 'SIZE_OUT_OF_RANGE' });
  },
);

t.test(
  'the seal job seals once; the sweep seals what no job did; an unknown subject is hopeless',
  async (t) => {
    const house = await testHouse(t);
    const [a, b] = [await frame(house, 1), await frame(house, 2)];
    await handlers.seal!(house, `frame/${a}`);
    await handlers.seal!(house, `frame/${a}`);
    t.equal(await sizeOfLog(house.db), 1);
    t.equal(await sealForgotten(house), 1);
    t.equal((await proofFor(house.db, 'frame', b)).leaf.index, 1);
    t.equal(await sealForgotten(house), 0);
    await t.rejects(handlers.seal!(house, `frame/${idOf('none')}`), HopelessJob);
    await t.rejects(handlers.seal!(house, 'nonsense'), HopelessJob);
  },
);
