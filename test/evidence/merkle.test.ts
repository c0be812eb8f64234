import fc from 'fast-check';
import t from 'tap';
import {
  consistencyHolds,
  consistencyRanges,
  EMPTY_ROOT,
  inclusionHolds,
  inclusionRanges,
  leafHash,
  nodeHash,
  RunningRoot,
} from '../../src/evidence/merkle.js';

/** MTH of RFC 6962 as it is written there, over all leaves. */
function naive(leaves: readonly string[]): string {
  if (leaves.length === 0) return EMPTY_ROOT;
  if (leaves.length === 1) return leaves[0]!;
  const k = 2 ** (Math.ceil(Math.log2(leaves.length)) - 1);
  return nodeHash(naive(leaves.slice(0, k)), naive(leaves.slice(k)));
}
const over = (leaves: readonly string[], ranges: readonly { start: number; end: number }[]) =>
  ranges.map(({ start, end }) => naive(leaves.slice(start, end)));
const log = fc
  .array(fc.string(), { minLength: 1, maxLength: 70 })
  .map((all) => all.map((data) => leafHash(data)));
const flip = (hash: string, at: number): string => {
  const bytes = Buffer.from(hash, 'hex');
  bytes[at % 32]! ^= 1 << (at % 8);
  return bytes.toString('hex');
};

t.test('hashes are those of the certificate-transparency reference data', async (t) => {
  // Leaves and roots of the test tree of google/certificate-transparency (merkletree/merkle_tree_test.cc).
  const inputs = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ];
  const roots = [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  const running = new RunningRoot();
  t.equal(running.root, EMPTY_ROOT);
  inputs.forEach((input, i) => {
    running.add(leafHash(Buffer.from(input, 'hex')));
    t.equal(running.root, roots[i]);
  });
});

t.test('the running root is the root over all leaves, and names the subtrees that it completes', async () => {
  fc.assert(
    fc.property(log, (leaves) => {
      const running = new RunningRoot();
      for (const leaf of leaves) {
        for (const { level, index, hash } of running.add(leaf)) {
          if (hash !== naive(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level))) return false;
        }
      }
      return running.root === naive(leaves) && running.size === leaves.length;
    }),
  );
});

t.test('an inclusion proof holds for its leaf and place, and for nothing else', async () => {
  fc.assert(
    fc.property(log, fc.nat(), fc.nat(), (leaves, pick, at) => {
      const index = pick % leaves.length;
      const size = leaves.length;
      const path = over(leaves, inclusionRanges(index, size));
      const proof = { leaf: leaves[index]!, index, size, root: naive(leaves), path };
      const wrong = [
        { ...proof, leaf: flip(proof.leaf, at) },
        { ...proof, root: flip(proof.root, at) },
        { ...proof, index: index + 1 },
        { ...proof, path: [...path, proof.leaf] },
        ...path.map((_, i) => ({ ...proof, path: path.map((hash, j) => (i === j ? flip(hash, at) : hash)) })),
      ];
      // Two equal leaves beside each other may stand for one another; the place is only told apart by the path.
      const distinct = new Set(leaves).size === leaves.length;
      return inclusionHolds(proof) && (!distinct || wrong.every((one) => !inclusionHolds(one)));
    }),
    { numRuns: 300 },
  );
});

t.test(
  'a consistency proof holds for a log that only grew, and fails when an old leaf is changed',
  async () => {
    fc.assert(
      fc.property(log, fc.nat(), fc.nat(), (leaves, pick, at) => {
        const size = leaves.length;
        const first = pick % (size + 1);
        const prove = (now: readonly string[]) => ({
          first,
          firstRoot: naive(leaves.slice(0, first)),
          size,
          root: naive(now),
          path: over(now, consistencyRanges(first, size)),
        });
        if (!consistencyHolds(prove(leaves))) return false;
        if (first === 0) return true;
        const rewritten = leaves.map((leaf, i) => (i === at % first ? flip(leaf, at) : leaf));
        const proof = prove(leaves);
        const wrong = [
          prove(rewritten),
          { ...proof, root: flip(proof.root, at) },
          { ...proof, firstRoot: flip(proof.firstRoot, at) },
        ];
        return wrong.every((one) => !consistencyHolds(one));
      }),
      { numRuns: 300 },
    );
  },
);
