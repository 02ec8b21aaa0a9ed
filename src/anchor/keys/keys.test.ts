import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { utf8Encode } from "../../basics/bytes.ts";
import { nodeCrypto } from "../crypto-node.ts";
import { makeKeys, readKeys } from "./keys.ts";

const folder = mkdtempSync(join(tmpdir(), "holdfast-keys-"));
let folders = 0;
afterAll(() => rmSync(folder, { recursive: true }));

function newDir(): string {
  folders += 1;
  return join(folder, String(folders));
}

function fileIn(dir: string): string {
  return join(dir, "keys", "ukd.box.json");
}

describe("[KEYS1] a device's keys", () => {
  test("lie in a file that only its owner can read", () => {
    const dir = newDir();
    expect(makeKeys(dir, "r", "ukd", "box").ok).toBe(true);
    expect(statSync(fileIn(dir)).mode & 0o777).toBe(0o600);
    expect(statSync(join(dir, "keys")).mode & 0o777).toBe(0o700);
  });

  test("are read as they were made: a log key and a holder key of that name", () => {
    const dir = newDir();
    const made = makeKeys(dir, "r", "ukd", "box");
    const read = readKeys(dir, "r", "ukd", "box");
    if (!made.ok || !read.ok) throw new Error("no keys");
    const { signer, holder } = read.value;
    expect([signer.vkey, holder.vkey]).toEqual([made.value.signer.vkey, made.value.holder.vkey]);
    expect([signer.vkey.name, signer.vkey.kind]).toEqual(["holdfast/1/r/ukd/box", "log"]);
    expect([holder.vkey.name, holder.vkey.kind]).toEqual(["holdfast/1/r/ukd/box/holder", "holder"]);
    const text = utf8Encode("text");
    expect(nodeCrypto.verify(made.value.signer.vkey.publicKey, text, signer.sign(text))).toBe(true);
    expect(nodeCrypto.verify(made.value.signer.vkey.publicKey, text, holder.sign(text))).toBe(false);
  });

  test("are new each time", () => {
    const dir = newDir();
    makeKeys(dir, "r", "ukd", "box");
    makeKeys(dir, "r", "ukd", "tablet");
    const texts = ["box", "tablet"].map((device) =>
      readFileSync(join(dir, "keys", `ukd.${device}.json`), "utf8"),
    );
    expect(new Set(texts.flatMap((text) => Object.values(JSON.parse(text)))).size).toBe(4);
  });
});

describe("[KEYS2] never overwritten", () => {
  test("making keys where there are some is refused with a sentence and changes nothing", () => {
    const dir = newDir();
    makeKeys(dir, "r", "ukd", "box");
    const before = readFileSync(fileIn(dir));
    expect(makeKeys(dir, "r", "ukd", "box")).toEqual({
      ok: false,
      error: `${fileIn(dir)} cannot be written, or keys are there already.`,
    });
    expect(readFileSync(fileIn(dir)).equals(before)).toBe(true);
  });

  test("a folder that cannot be made is a sentence", () => {
    const dir = newDir();
    writeFileSync(dir, "a file stands here");
    expect(makeKeys(dir, "r", "ukd", "box")).toMatchObject({
      ok: false,
      error: expect.stringContaining(dir),
    });
  });
});

describe("[KEYS3] a file that holds no keys", () => {
  test.each([
    ["nothing", "", "cannot be read"],
    ["no JSON", "{", "cannot be read"],
    ["one key", `{"log":"${"ab".repeat(32)}"}`, "holds no keys"],
    [
      "a key that is too short",
      `{"log":"${"ab".repeat(32)}","holder":"${"ab".repeat(31)}"}`,
      "holds no keys",
    ],
    [
      "a key that is not hexadecimal",
      `{"log":"${"ab".repeat(32)}","holder":"${"gh".repeat(32)}"}`,
      "holds no keys",
    ],
  ])("%s: a sentence", (_, text, sentence) => {
    const dir = newDir();
    makeKeys(dir, "r", "ukd", "box");
    writeFileSync(fileIn(dir), text);
    expect(readKeys(dir, "r", "ukd", "box")).toEqual({ ok: false, error: `${fileIn(dir)} ${sentence}.` });
  });

  test("and one that is not there", () => {
    expect(readKeys(newDir(), "r", "ukd", "box").ok).toBe(false);
  });
});
