import { sha256 } from "@noble/hashes/sha2.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toHex, utf8Encode } from "../basics/bytes.ts";
import type { Origin } from "../basics/name.ts";
import { encodePacket } from "./packet.ts";
import { isInRange, type LogVersion, newVector, vectorPartMembersMax, vectorParts } from "./vector.ts";

function originOf(site: string, epoch = "1-00000001", device = "box"): Origin {
  return `holdfast/1/r/${site}/${device}/${epoch}`;
}

function hash(text: string): string {
  return toHex(sha256(utf8Encode(text)));
}

function vectorOf(logs: readonly (readonly [Origin, LogVersion])[]) {
  const vector = newVector(sha256);
  for (const [origin, version] of logs) vector.set(origin, version);
  return vector;
}

const root = "ab".repeat(32);

describe("[VECTOR1] digests", () => {
  test("by hand: each log a line, each site a line", () => {
    const vector = vectorOf([
      [originOf("ukd", "2-00000002"), { size: 7, root }],
      [originOf("neuss"), { size: 1, root: "00".repeat(32) }],
      [originOf("ukd", "10-00000001"), { size: 300, root: "cd".repeat(32) }],
    ]);
    const ukd = hash(
      `holdfast/1/r/ukd/box/10-00000001 300 ${"cd".repeat(32)}\nholdfast/1/r/ukd/box/2-00000002 7 ${root}\n`,
    );
    const neuss = hash(`holdfast/1/r/neuss/box/1-00000001 1 ${"00".repeat(32)}\n`);
    expect(Object.fromEntries(vector.siteDigests())).toEqual({ ukd, neuss });
    expect(vector.digest()).toBe(hash(`neuss ${neuss}\nukd ${ukd}\n`));
  });

  test("of nothing is the hash of nothing", () => {
    expect(newVector(sha256).digest()).toBe(hash(""));
  });

  test("[VECTOR2] do not depend on the order in which logs came, nor on what was held before", () => {
    const log = fc.tuple(
      fc.constantFrom("a", "a-", "a-b", "b", "aa").map((site) => originOf(site)),
      fc.record({ size: fc.nat(9), root: fc.constantFrom("00", "11") }),
    );
    fc.assert(
      fc.property(fc.array(log), fc.array(log), (early, late) => {
        const last = new Map([...early, ...late]);
        const forth = vectorOf([...early, ...late]);
        const back = vectorOf([...last].reverse());
        expect(forth.digest()).toBe(back.digest());
        expect(new Map(forth.siteDigests())).toEqual(new Map(back.siteDigests()));
      }),
    );
  });

  test("[VECTOR2] change with any size, root or log, in that site alone", () => {
    const vector = vectorOf([
      [originOf("a"), { size: 1, root }],
      [originOf("b"), { size: 1, root }],
    ]);
    const seen = new Set([vector.digest()]);
    const b = vector.siteDigests().get("b");
    for (const [origin, version] of [
      [originOf("a"), { size: 2, root }],
      [originOf("a"), { size: 2, root: "cd".repeat(32) }],
      [originOf("a", "2-00000002"), { size: 1, root }],
    ] as const) {
      vector.set(origin, version);
      expect(vector.get(origin)).toEqual(version);
      expect(vector.siteDigests().get("b")).toBe(b);
      seen.add(vector.digest());
    }
    expect(seen.size).toBe(4);
  });

  test("a vector tells its logs by site", () => {
    const vector = vectorOf([
      [originOf("a"), { size: 1, root }],
      [originOf("b"), { size: 2, root }],
    ]);
    expect([...vector.siteLogs("b")]).toEqual([[originOf("b"), { size: 2, root }]]);
    expect([...vector.siteLogs("c")]).toEqual([]);
    expect([...vector.origins()].sort()).toEqual([originOf("a"), originOf("b")]);
    expect(vector.get("garbage")).toBeUndefined();
    expect(() => vector.set("garbage", { size: 1, root })).toThrow("invariant broken");
  });
});

describe("[VECTOR3] parts", () => {
  function keys(count: number): Map<string, number> {
    return new Map(Array.from({ length: count }, (_, at) => [`site-${(at * 7_919) % count}`, at]));
  }

  test.each([0, 1, 1_023, 1_024, 1_025, 2_048, 5_000])(
    "of %i keys name each once and leave no gap",
    (count) => {
      const all = keys(count);
      const parts = vectorParts(all);
      expect(parts).toHaveLength(Math.max(1, Math.ceil(count / vectorPartMembersMax)));
      expect(Object.assign({}, ...parts.map((part) => part.members))).toEqual(Object.fromEntries(all));
      expect(parts[0]?.range.after).toBeUndefined();
      expect(parts.at(-1)?.range.upTo).toBeUndefined();
      for (const key of [...all.keys(), "", "a", "site-", "zzz"]) {
        const within = parts.filter(({ range }) => isInRange(range, key));
        expect(within).toHaveLength(1);
        if (all.has(key)) expect(Object.keys(within[0]?.members ?? {})).toContain(key);
      }
    },
  );

  test("of the longest names take less than 256 KiB", () => {
    const long = "x".repeat(32);
    const origins = Array.from({ length: 1_024 }, (_, at): [Origin, [number, string]] => {
      const digits = at.toString(16).padStart(8, "0");
      return [`holdfast/1/${long}/${long}/${long}/999999999-${digits}`, [Number.MAX_SAFE_INTEGER, root]];
    });
    const [part, ...more] = vectorParts(new Map(origins));
    expect(more).toEqual([]);
    const logs = Object.fromEntries(origins);
    const head = {
      level: "logs" as const,
      site: long,
      logs,
      after: origins[0]?.[0] ?? "",
      upTo: origins[0]?.[0] ?? "",
    };
    expect(encodePacket({ type: "vector", head }).length).toBeLessThan(262_144);
    expect(Object.keys(part?.members ?? {})).toHaveLength(1_024);
  });
});
