import { describe, expect, test } from "vitest";
import { utf8Encode } from "../basics/bytes.ts";
import { nobleCrypto, nobleSigner } from "../log/ed25519-noble.ts";
import { logKeyName } from "../log/vkey.ts";
import { readSignedVector, signVector } from "./signed-vector.ts";
import type { LogVersion } from "./vector.ts";

const { sha256 } = nobleCrypto;
const signer = nobleSigner(sha256(utf8Encode("a key")), logKeyName("r", "ukd", "box"), "log");
const stranger = nobleSigner(sha256(utf8Encode("another")), logKeyName("r", "ukd", "box"), "log");
const origin = "holdfast/1/r/ukd/box/1-00000001";
const root = "0".repeat(64);

function logs(count: number): ReadonlyMap<string, LogVersion> {
  return new Map(
    Array.from({ length: count }, (_, at) => [
      `holdfast/1/r/site-${at}/box/1-00000002`,
      { size: at + 1, root: at === 1 ? "forked:1" : root },
    ]),
  );
}

function read(note: string, known = signer.vkey, region = "r") {
  return readSignedVector(nobleCrypto, region, (device) => (device === "ukd/box" ? known : undefined), note);
}

describe("a signed vector", () => {
  test("[VECTOR4] is read as it was signed, whole in parts without a gap", () => {
    const notes = signVector(signer, origin, logs(1_100), true);
    expect(notes).toHaveLength(3);
    const parts = notes.map((note) => read(note));
    const all = parts.flatMap((part) => (part.ok ? [...part.value.logs] : []));
    expect(new Map(all)).toEqual(logs(1_100));
    const ranges = parts.map((part) => (part.ok ? part.value.range : null));
    expect(ranges[0]).toEqual({ upTo: ranges[1]?.after });
    expect(ranges[2]).toEqual({ after: ranges[1]?.upTo });
  });

  test("[VECTOR4] of some logs says nothing of others", () => {
    const [note = ""] = signVector(signer, origin, logs(2), false);
    expect(read(note)).toEqual({ ok: true, value: { device: "ukd/box", range: null, logs: logs(2) } });
  });

  test("[VECTOR4] is refused in another's name, region or words", () => {
    const [note = ""] = signVector(signer, origin, logs(2), true);
    expect(read(note, stranger.vkey)).toEqual({ ok: false, error: "bad-signature" });
    expect(read(note, signer.vkey, "s")).toEqual({ ok: false, error: "other-region" });
    expect(read(note.replaceAll("/ukd/", "/neuss/"))).toEqual({ ok: false, error: "unknown-device" });
    for (const [from, to] of [
      [" 1 ", " 2 "],
      ["whole - -", "some"],
      ["site-0", "site-9"],
    ] as const)
      expect(read(note.replace(from, to))).toEqual({ ok: false, error: "bad-signature" });
    for (const text of ["", "x\n\n— a AAAAAAA=\n", note.replace("vector/1", "vector/2")])
      expect(read(text)).toEqual({ ok: false, error: "not-a-signed-vector" });
  });
});
