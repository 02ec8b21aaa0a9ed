import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatBytes, toHex, utf8Encode } from "../basics/bytes.ts";
import { nobleCrypto } from "./ed25519-noble.ts";
import {
  appendLeaves,
  type CompactRange,
  type ConsistencyClaim,
  consistencyProof,
  emptyRange,
  type InclusionClaim,
  inclusionProof,
  nodeHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from "./tree.ts";

const { sha256 } = nobleCrypto;
const sizeMax = 70;
const leaves = Array.from({ length: sizeMax }, (_, i) => sha256(utf8Encode(`leaf ${i}`)));
const sizes = Array.from({ length: sizeMax + 1 }, (_, size) => size);

/* The definitions of RFC 6962 §2.1 word by word: slow, recursive, and with nothing in common with tree.ts. */

function split(size: number): number {
  return 2 ** Math.floor(Math.log2(size - 1));
}

function naiveRoot(list: readonly Uint8Array[]): Uint8Array {
  const [only] = list;
  if (only === undefined) return sha256(new Uint8Array(0));
  if (list.length === 1) return only;
  const k = split(list.length);
  return sha256(concatBytes(Uint8Array.of(1), naiveRoot(list.slice(0, k)), naiveRoot(list.slice(k))));
}

function naivePath(m: number, list: readonly Uint8Array[]): Uint8Array[] {
  if (list.length === 1) return [];
  const k = split(list.length);
  return m < k
    ? [...naivePath(m, list.slice(0, k)), naiveRoot(list.slice(k))]
    : [...naivePath(m - k, list.slice(k)), naiveRoot(list.slice(0, k))];
}

function naiveSubproof(m: number, list: readonly Uint8Array[], isComplete: boolean): Uint8Array[] {
  if (m === list.length) return isComplete ? [] : [naiveRoot(list)];
  const k = split(list.length);
  return m <= k
    ? [...naiveSubproof(m, list.slice(0, k), isComplete), naiveRoot(list.slice(k))]
    : [...naiveSubproof(m - k, list.slice(k), false), naiveRoot(list.slice(0, k))];
}

const roots = sizes.map((size) => naiveRoot(leaves.slice(0, size)));

function rootAt(size: number): Uint8Array {
  return roots[size] ?? new Uint8Array(0);
}

function leafAt(index: number): Uint8Array {
  return leaves[index] ?? new Uint8Array(0);
}

function rangeAt(size: number): CompactRange {
  return appendLeaves(sha256, emptyRange, leaves.slice(0, size));
}

function flipped(hash: Uint8Array): Uint8Array {
  return hash.map((byte, i) => (i === 31 ? byte ^ 1 : byte));
}

/** Every proof that differs in one step: a bit, one hash less or more at either end, two hashes exchanged. */
function tamperedProofs(proof: readonly Uint8Array[]): Uint8Array[][] {
  const bits = proof.map((hash, at) => proof.with(at, flipped(hash)));
  const short = proof.map((hash, at) => proof.with(at, hash.slice(0, 31)));
  const long = proof.map((hash, at) => proof.with(at, concatBytes(hash, Uint8Array.of(0))));
  const less = proof.map((_, at) => proof.toSpliced(at, 1));
  const more = [0, proof.length].map((at) => proof.toSpliced(at, 0, leafAt(0)));
  const swapped = proof.slice(1).map((hash, at) => proof.with(at, hash).with(at + 1, proof[at] ?? hash));
  return [...bits, ...short, ...long, ...less, ...more, ...swapped];
}

describe("roots and ranges", () => {
  test("[TREE1] the empty tree's root is SHA-256 of nothing, one leaf is its own root", () => {
    const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    expect(toHex(rootOf(sha256, emptyRange))).toBe(empty);
    expect(rootOf(sha256, rangeAt(1))).toEqual(leafAt(0));
    const two = sha256(concatBytes(Uint8Array.of(1), leafAt(0), leafAt(1)));
    expect(nodeHash(sha256, leafAt(0), leafAt(1))).toEqual(two);
  });

  test.each(sizes)("[TREE1] size %d, appended in every two batches", (size) => {
    for (let first = 0; first <= size; first += 1) {
      const range = appendLeaves(sha256, rangeAt(first), leaves.slice(first, size));
      expect(range.size).toBe(size);
      expect(range.hashes).toHaveLength(size.toString(2).replaceAll("0", "").length);
      expect(rootOf(sha256, range)).toEqual(rootAt(size));
    }
  });

  test("[TREE1] appending changes neither the range nor the leaves it was given", () => {
    const range = rangeAt(13);
    const before = structuredClone({ range, leaves });
    appendLeaves(sha256, range, leaves);
    expect({ range, leaves }).toEqual(before);
    expect(emptyRange).toEqual({ size: 0, hashes: [] });
  });

  test("[TREE1] sizes beyond 2^32 are counted exactly", () => {
    const size = 2 ** 40 + 2 ** 33 - 1;
    const hashes = Array.from({ length: 34 }, (_, i) => leafAt(i));
    const range = appendLeaves(sha256, { size, hashes }, [leafAt(69)]);
    expect(range.size).toBe(size + 1);
    expect(range.hashes).toHaveLength(2);
    expect(range.hashes[0]).toEqual(leafAt(0));
  });

  test("[TREE1] a range that contradicts itself is a broken invariant", () => {
    expect(() => appendLeaves(sha256, { size: 3, hashes: [leafAt(0)] }, [])).toThrow("invariant");
    expect(() => rootOf(sha256, { size: 0, hashes: [leafAt(0)] })).toThrow("invariant");
    expect(() => appendLeaves(sha256, emptyRange, [new Uint8Array(31)])).toThrow("invariant");
  });
});

describe("inclusion", () => {
  function claimOf(index: number, size: number): InclusionClaim {
    const proof = inclusionProof(sha256, leaves.slice(0, size), index);
    return { leafHash: leafAt(index), index, size, proof, root: rootAt(size) };
  }

  test.each(sizes.slice(1))("[TREE2] size %d: every proof is that of the definition and verifies", (size) => {
    for (let index = 0; index < size; index += 1) {
      const claim = claimOf(index, size);
      expect(claim.proof).toEqual(naivePath(index, leaves.slice(0, size)));
      expect(verifyInclusion(sha256, claim)).toBe(true);
    }
  });

  test.each([1, 2, 3, 7, 8, 11, 33, 64, 70])("[TREE2] size %d: every changed claim is refused", (size) => {
    for (let index = 0; index < size; index += 1) {
      const claim = claimOf(index, size);
      const tampered = [
        ...tamperedProofs(claim.proof).map((proof) => ({ ...claim, proof })),
        { ...claim, leafHash: flipped(claim.leafHash) },
        { ...claim, leafHash: claim.leafHash.slice(1) },
        { ...claim, root: flipped(claim.root) },
        { ...claim, root: new Uint8Array(0) },
        ...sizes.filter((other) => other !== index).map((other) => ({ ...claim, index: other })),
        { ...claim, index: -1 },
        { ...claim, index: index + 0.5 },
        { ...claim, index: Number.NaN },
        { ...claim, size: 0 },
        { ...claim, size: -size },
        { ...claim, size: Number.POSITIVE_INFINITY },
      ];
      for (const bad of tampered) expect(verifyInclusion(sha256, bad), JSON.stringify(bad.index)).toBe(false);
    }
  });

  test("[TREE2] a path says nothing about the root of another size", () => {
    for (let size = 1; size <= sizeMax; size += 1) {
      for (let other = 1; other <= sizeMax; other += 1) {
        if (other === size) continue;
        const claim = { ...claimOf(0, size), root: rootAt(other), size: other };
        expect(verifyInclusion(sha256, claim)).toBe(false);
      }
    }
  });

  test("[TREE2] a path longer or shorter than the way up is refused even where the hashes fit", () => {
    // Whoever makes the root can make it fit any path; the size must still agree.
    const [leaf, sibling, top] = [leafAt(0), leafAt(1), leafAt(2)];
    const root = nodeHash(sha256, leaf, sibling);
    const claim = { leafHash: leaf, index: 0, size: 2, proof: [sibling], root };
    expect(verifyInclusion(sha256, claim)).toBe(true);
    expect(verifyInclusion(sha256, { ...claim, size: 3 })).toBe(false);
    const higher = { ...claim, proof: [sibling, top], root: nodeHash(sha256, top, root) };
    expect(verifyInclusion(sha256, higher)).toBe(false);
    const single = { ...claim, size: 1, root: nodeHash(sha256, sibling, leaf) };
    expect(verifyInclusion(sha256, single)).toBe(false);
  });

  test("[TREE2] a proof outside the tree is a broken invariant", () => {
    expect(() => inclusionProof(sha256, [], 0)).toThrow("invariant");
    expect(() => inclusionProof(sha256, leaves, sizeMax)).toThrow("invariant");
  });
});

describe("consistency", () => {
  function claimOf(fromSize: number, toSize: number): ConsistencyClaim {
    const proof = consistencyProof(sha256, leaves.slice(0, toSize), fromSize);
    return { fromSize, fromRoot: rootAt(fromSize), toSize, toRoot: rootAt(toSize), proof };
  }

  test.each(sizes.slice(1))(
    "[TREE3] to size %d: every proof is that of the definition and verifies",
    (toSize) => {
      for (let fromSize = 1; fromSize <= toSize; fromSize += 1) {
        const claim = claimOf(fromSize, toSize);
        expect(claim.proof).toEqual(naiveSubproof(fromSize, leaves.slice(0, toSize), true));
        expect(verifyConsistency(sha256, claim)).toBe(true);
      }
    },
  );

  test.each([1, 2, 3, 7, 8, 11, 33, 64, 70])(
    "[TREE3] to size %d: every changed claim is refused",
    (toSize) => {
      for (let fromSize = 1; fromSize <= toSize; fromSize += 1) {
        const claim = claimOf(fromSize, toSize);
        const tampered = [
          ...tamperedProofs(claim.proof).map((proof) => ({ ...claim, proof })),
          { ...claim, fromRoot: flipped(claim.fromRoot) },
          { ...claim, toRoot: flipped(claim.toRoot) },
          { ...claim, fromRoot: claim.fromRoot.slice(1) },
          { ...claim, toRoot: new Uint8Array(0) },
          { ...claim, fromSize: fromSize - 0.5 },
          { ...claim, fromSize: toSize + 1 },
          { ...claim, fromSize: -1 },
          { ...claim, toSize: Number.POSITIVE_INFINITY },
          { ...claim, toSize: Number.NaN },
        ];
        for (const bad of tampered) expect(verifyConsistency(sha256, bad)).toBe(false);
        for (const other of sizes.filter((size) => size !== fromSize)) {
          const moved = { ...claim, fromSize: other, fromRoot: rootAt(other) };
          expect(verifyConsistency(sha256, moved)).toBe(false);
        }
      }
    },
  );

  test("[TREE3] a proof longer or shorter than the way up is refused even where the hashes fit", () => {
    const [first, right, left, top] = [leafAt(0), leafAt(1), leafAt(2), leafAt(3)];
    const sizes34 = { fromSize: 3, toSize: 4 };
    expect(verifyConsistency(sha256, { ...sizes34, fromRoot: first, toRoot: first, proof: [first] })).toBe(
      false,
    );
    const fromRoot = nodeHash(sha256, left, first);
    const toRoot = nodeHash(sha256, left, nodeHash(sha256, first, right));
    const fitting = { ...sizes34, fromRoot, toRoot, proof: [first, right, left] };
    expect(verifyConsistency(sha256, fitting)).toBe(true);
    const higher = {
      ...sizes34,
      fromRoot: nodeHash(sha256, top, fromRoot),
      toRoot: nodeHash(sha256, top, toRoot),
      proof: [...fitting.proof, top],
    };
    expect(verifyConsistency(sha256, higher)).toBe(false);
  });

  test("[TREE3] from size 0 nothing is proved: refused, with or without a proof", () => {
    const claim = { fromSize: 0, fromRoot: rootAt(0), toSize: 5, toRoot: rootAt(5), proof: [] };
    expect(verifyConsistency(sha256, claim)).toBe(false);
    expect(verifyConsistency(sha256, { ...claim, toSize: 0, toRoot: rootAt(0) })).toBe(false);
    expect(() => consistencyProof(sha256, leaves, 0)).toThrow("invariant");
    expect(() => consistencyProof(sha256, leaves, sizeMax + 1)).toThrow("invariant");
  });

  test("[TREE3] two logs with one changed early entry are never consistent", () => {
    for (let at = 0; at < 10; at += 1) {
      const forked = leaves.with(at, flipped(leafAt(at)));
      const toRoot = rootOf(sha256, appendLeaves(sha256, emptyRange, forked));
      const proof = consistencyProof(sha256, forked, 10);
      const claim = { fromSize: 10, fromRoot: rootAt(10), toSize: sizeMax, toRoot, proof };
      expect(verifyConsistency(sha256, claim)).toBe(false);
    }
  });
});

describe("properties", () => {
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const list = fc.array(hash, { minLength: 1, maxLength: 200 });

  test("[TREE2] verify(prove(leaf)) for any leaves", () => {
    fc.assert(
      fc.property(list, fc.nat(), (hashes, n) => {
        const index = n % hashes.length;
        const root = rootOf(sha256, appendLeaves(sha256, emptyRange, hashes));
        const proof = inclusionProof(sha256, hashes, index);
        const claim = { leafHash: hashes[index] ?? root, index, size: hashes.length, proof, root };
        return verifyInclusion(sha256, claim);
      }),
    );
  });

  test("[TREE3] verify(prove(size)) for any leaves", () => {
    fc.assert(
      fc.property(list, fc.nat(), (hashes, n) => {
        const fromSize = 1 + (n % hashes.length);
        const fromRoot = rootOf(sha256, appendLeaves(sha256, emptyRange, hashes.slice(0, fromSize)));
        const toRoot = rootOf(sha256, appendLeaves(sha256, emptyRange, hashes));
        const proof = consistencyProof(sha256, hashes, fromSize);
        return verifyConsistency(sha256, { fromSize, fromRoot, toSize: hashes.length, toRoot, proof });
      }),
    );
  });

  test("[TREE2] [TREE3] arbitrary claims throw nothing and are refused", () => {
    const proof = fc.array(hash, { maxLength: 12 });
    const size = fc.oneof(fc.nat(300), fc.maxSafeInteger());
    fc.assert(
      fc.property(hash, hash, size, size, proof, (a, b, from, to, hashes) => {
        const included = verifyInclusion(sha256, {
          leafHash: a,
          index: from,
          size: to,
          proof: hashes,
          root: b,
        });
        const claim = { fromSize: from, fromRoot: a, toSize: to, toRoot: b, proof: hashes };
        return !included && !verifyConsistency(sha256, claim);
      }),
    );
  });
});
