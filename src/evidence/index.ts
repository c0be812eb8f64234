export { canonicalJson } from './canonical.js';
export { framesDigest } from './deletions.js';
export { EvidenceError } from './errors.js';
export type { Finding, Verdict } from './findings.js';
export {
  headSignatureHolds,
  headStatement,
  latestHead,
  publicKeyOf,
  recentHeads,
  signHead,
  type Head,
  type PublicKey,
} from './heads.js';
export { frameBytes } from './frame-bytes.js';
export { appendLeaf, leafData, sizeOfLog, type Leaf } from './log.js';
export { consistencyHolds, inclusionHolds, leafHash, nodeHash } from './merkle.js';
export { consistencyProof, proofFor, type InclusionProof } from './proofs.js';
export { verifyAll, verifyCase, type VerifyOptions } from './verify.js';
