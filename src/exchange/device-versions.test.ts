import { sha256 } from "@noble/hashes/sha2.js";
import { describe, expect, test } from "vitest";
import { toHex, utf8Encode } from "../basics/bytes.ts";
import type { Origin } from "../basics/name.ts";
import { deviceVersions, endedDigest, logsByDevice } from "./device-versions.ts";
import { encodePacket } from "./packet.ts";
import { type LogVersion, vectorPartMembersMax, vectorParts } from "./vector.ts";

function originOf(device: string, epoch: string): Origin {
  return `holdfast/1/r/ukd/${device}/${epoch}`;
}

const root = "ab".repeat(32);
const logs: ReadonlyMap<Origin, LogVersion> = new Map([
  [originOf("box", "10-00000001"), { size: 1, root }],
  [originOf("tablet", "1-00000001"), { size: 4, root }],
  [originOf("box", "2-00000002"), { size: 300, root: "cd".repeat(32) }],
  [originOf("box", "9-00000003"), { size: 7, root: "forked:7" }],
]);

describe("[VECTOR5] devices", () => {
  test("by hand: the newest log as it is, all earlier ones as one digest", () => {
    const lines =
      `${originOf("box", "2-00000002")} 300 ${"cd".repeat(32)}\n` +
      `${originOf("box", "9-00000003")} 7 forked:7\n`;
    expect(Object.fromEntries(deviceVersions(sha256, logs))).toEqual({
      box: { epoch: "10-00000001", size: 1, root, ended: toHex(sha256(utf8Encode(lines))) },
      tablet: { epoch: "1-00000001", size: 4, root },
    });
  });

  test("the digest is of the epochs before any that is named, of two with one counter by their digits", () => {
    const twins = new Map(
      ["3-0000000a", "3-0000000b", "2-ffffffff"].map((epoch): [Origin, LogVersion] => [
        originOf("box", epoch),
        { size: 1, root },
      ]),
    );
    const held = logsByDevice(twins).get("box") ?? [];
    expect(held.map(({ epoch }) => epoch)).toEqual(["2-ffffffff", "3-0000000a", "3-0000000b"]);
    const before = ["2-ffffffff", "3-0000000a", "3-0000000b", "4-00000000"].map((epoch) =>
      endedDigest(sha256, held, epoch),
    );
    expect([before[0], new Set(before).size]).toEqual([undefined, 4]);
  });

  test("of the longest names take less than 256 KiB a part", () => {
    const devices = Array.from({ length: vectorPartMembersMax }, (_, at) => [
      at.toString(16).padStart(32, "x"),
      { epoch: "999999999-ffffffff", size: Number.MAX_SAFE_INTEGER, root, ended: root },
    ]);
    const [part, ...more] = vectorParts(new Map(devices as [string, LogVersion & { epoch: string }][]));
    expect(more).toEqual([]);
    const site = "x".repeat(32);
    const head = { level: "devices" as const, site, devices: part?.members ?? {}, after: site, upTo: site };
    expect(encodePacket({ type: "vector", head }).length).toBeLessThan(262_144);
  });
});
