import { assert, present } from "../basics/assert.ts";
import { equalBytes } from "../basics/bytes.ts";
import { hashBytes, type Sha256 } from "./crypto.ts";

/*
 * The Merkle tree of RFC 6962 §2.1. Sizes and indexes are safe integers up to 2^53 − 1, so halves are taken by
 * division: JavaScript's bit operators end at 32 bits.
 */

/**
 * What must be kept of a log to append to it: the roots of its full subtrees, the largest (leftmost) first, one
 * for each 1 in the binary form of `size`.
 */
export type CompactRange = { readonly size: number; readonly hashes: readonly Uint8Array[] };

export type InclusionClaim = {
  readonly leafHash: Uint8Array;
  /** Position of the leaf, from 0. */
  readonly index: number;
  readonly size: number;
  /** From the leaf's sibling up to the root's child. */
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
};

export type ConsistencyClaim = {
  readonly fromSize: number;
  readonly fromRoot: Uint8Array;
  readonly toSize: number;
  readonly toRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
};

export const emptyRange: CompactRange = { size: 0, hashes: [] };

const nodePrefix = 0x01;

/** SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  return nodeHasher(sha256)(left, right);
}

// One buffer for many nodes: an append of a batch hashes about one node a leaf.
function nodeHasher(sha256: Sha256): (left: Uint8Array, right: Uint8Array) => Uint8Array {
  const node = new Uint8Array(1 + 2 * hashBytes);
  node[0] = nodePrefix;
  return (left, right) => {
    node.set(left, 1);
    node.set(right, 1 + hashBytes);
    return sha256(node);
  };
}

/** The range of the log with these leaves at its end; the argument stays as it is. */
export function appendLeaves(
  sha256: Sha256,
  range: CompactRange,
  leafHashes: readonly Uint8Array[],
): CompactRange {
  const hashNode = nodeHasher(sha256);
  const hashes = [...range.hashes];
  let size = range.size;
  assert(hashes.length === onesOf(size), "a range has one hash for each full subtree");
  for (const leafHash of leafHashes) {
    assert(leafHash.length === hashBytes, "a leaf hash of 32 bytes");
    let top = leafHash;
    // Each trailing 1 of the size is a full subtree as large as the one that ends here.
    for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
      top = hashNode(present(hashes.pop(), "a hash for each full subtree"), top);
    }
    hashes.push(top);
    size += 1;
  }
  assert(Number.isSafeInteger(size), "a size within safe integers");
  return { size, hashes };
}

/** The root of an empty tree is SHA-256 of nothing. */
export function rootOf(sha256: Sha256, range: CompactRange): Uint8Array {
  assert(range.hashes.length === onesOf(range.size), "a range has one hash for each full subtree");
  const hashNode = nodeHasher(sha256);
  const root = range.hashes.reduceRight<Uint8Array | null>(
    (right, left) => (right === null ? left : hashNode(left, right)),
    null,
  );
  return root ?? sha256(new Uint8Array(0));
}

/** RFC 6962 §2.1.1, from all leaf hashes of the tree; 0 ≤ index < number of leaves. */
export function inclusionProof(
  sha256: Sha256,
  leafHashes: readonly Uint8Array[],
  index: number,
): Uint8Array[] {
  assert(isIndex(index, leafHashes.length), "an index within the tree");
  const proof: Uint8Array[] = [];
  let [start, end] = [0, leafHashes.length];
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    const isLeft = index < middle;
    proof.push(
      isLeft ? subtreeRoot(sha256, leafHashes, middle, end) : subtreeRoot(sha256, leafHashes, start, middle),
    );
    [start, end] = isLeft ? [start, middle] : [middle, end];
  }
  return proof.reverse();
}

/** RFC 6962 §2.1.2, from all leaf hashes of the larger tree; 1 ≤ fromSize ≤ number of leaves. */
export function consistencyProof(
  sha256: Sha256,
  leafHashes: readonly Uint8Array[],
  fromSize: number,
): Uint8Array[] {
  assert(isIndex(fromSize - 1, leafHashes.length), "a size from 1 to the size of the tree");
  const proof: Uint8Array[] = [];
  let [start, end] = [0, leafHashes.length];
  while (fromSize < end) {
    const middle = start + splitOf(end - start);
    const isLeft = fromSize <= middle;
    proof.push(
      isLeft ? subtreeRoot(sha256, leafHashes, middle, end) : subtreeRoot(sha256, leafHashes, start, middle),
    );
    [start, end] = isLeft ? [start, middle] : [middle, end];
  }
  // A verifier knows the old root already; it needs this subtree only where that is not the whole old tree.
  if (start > 0) proof.push(subtreeRoot(sha256, leafHashes, start, end));
  return proof.reverse();
}

/** True when `proof` shows that the leaf stands at `index` of the tree with this size and root. */
export function verifyInclusion(sha256: Sha256, claim: InclusionClaim): boolean {
  const { leafHash, index, size, proof, root } = claim;
  if (!isIndex(index, size) || !areHashes([leafHash, root, ...proof])) return false;
  const hashNode = nodeHasher(sha256);
  let [node, last, hash] = [index, size - 1, leafHash];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = hashNode(sibling, hash);
      // A node without a right sibling rises unchanged until it is a right child.
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, half(last)];
    } else {
      hash = hashNode(hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && equalBytes(hash, root);
}

/** True when `proof` shows that the first tree is the beginning of the second. Size 0 proves nothing: refused. */
export function verifyConsistency(sha256: Sha256, claim: ConsistencyClaim): boolean {
  const { fromSize, fromRoot, toSize, toRoot, proof } = claim;
  if (!isIndex(fromSize - 1, toSize) || !areHashes([fromRoot, toRoot, ...proof])) return false;
  if (fromSize === toSize) return proof.length === 0 && equalBytes(fromRoot, toRoot);
  let [node, last] = [fromSize - 1, toSize - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  // When the old tree is one full subtree its root is known and not in the proof.
  const [first, ...rest] = node === 0 ? [fromRoot, ...proof] : proof;
  if (first === undefined) return false;
  const hashNode = nodeHasher(sha256);
  let [oldHash, newHash] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      [oldHash, newHash] = [hashNode(sibling, oldHash), hashNode(sibling, newHash)];
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, half(last)];
    } else {
      newHash = hashNode(newHash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && equalBytes(oldHash, fromRoot) && equalBytes(newHash, toRoot);
}

function subtreeRoot(
  sha256: Sha256,
  leafHashes: readonly Uint8Array[],
  start: number,
  end: number,
): Uint8Array {
  return rootOf(sha256, appendLeaves(sha256, emptyRange, leafHashes.slice(start, end)));
}

/** The largest power of two below `size`; size ≥ 2. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

function onesOf(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = half(rest)) ones += rest % 2;
  return ones;
}

function half(number: number): number {
  return Math.floor(number / 2);
}

function isIndex(index: number, size: number): boolean {
  return Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size;
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === hashBytes);
}
