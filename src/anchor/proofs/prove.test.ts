import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { printed, sentence, type Told, toldRegion } from "../../../test/support/evidence.ts";
import { foundRegion, valueIn } from "../../../test/support/founded.ts";
import { parseProof } from "../../log/proof.ts";
import { formatVkey } from "../../log/vkey.ts";
import { openStore } from "../store/store-sqlite.ts";
import { parseFactRef } from "./prove.ts";
import { verifyText } from "./verify.ts";

let told: Told;
let keys: string;
let proof: string;
const at = (name: string): string => join(told.founded.dir, name);

beforeAll(async () => {
  told = await toldRegion(120);
  keys = await printed("keys", told.dir);
  proof = await printed("prove", told.dir, `${told.log}#4`);
  writeFileSync(at("keys.txt"), keys);
  writeFileSync(at("x.tlog-proof"), proof);
});
afterAll(() => rmSync(told.founded.dir, { recursive: true }));

const verdict = (text: string, known = keys): string => {
  const result = verifyText(text, known);
  return result.ok ? result.value : result.error;
};

describe("[PROOF4] prove and verify", () => {
  test("a plain file and keys are enough: entry, place, size, and each holder with its time", async () => {
    const [first, signed, held, one, two, entry, ...more] = (
      await printed("verify", at("x.tlog-proof"), "--keys", at("keys.txt"))
    ).split("\n");
    expect(first).toBe(`Proved: this is entry 4 of holdfast/1/rehearsal-founded/${told.log},`);
    expect(signed).toMatch(/^which its device signed at \d+ entries, root [0-9a-f]{64}\.$/);
    expect(held).toBe("Held, by each holder's own signature and clock:");
    // In no order: each has its own second.
    expect([one, two]).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^ {2}2020-\S+Z {2}holdfast\/1\/rehearsal-founded\/duesseldorf\/box\/holder$/),
        expect.stringMatching(/^ {2}2020-\S+Z {2}holdfast\/1\/rehearsal-founded\/wuppertal\/box\/holder$/),
      ]),
    );
    expect(JSON.parse(entry ?? "")).toMatchObject({ kind: "hospital.status/1", by: "nurse#7" });
    expect(more).toEqual([]);
  });

  test("the checkpoint is the one that most holders confirmed", () => {
    const parsed = parseProof(proof);
    expect(parsed.ok && parsed.value.checkpoint.signatures).toHaveLength(3);
    const store = valueIn(openStore(join(told.dir, "store.db")));
    const origin = `holdfast/1/rehearsal-founded/${told.log}`;
    const sizes = valueIn(store.readCosignatures(origin)).flatMap(({ size }) => (size > 4 ? [size] : []));
    store.close();
    // Two centres confirm each size at most once: what both confirmed stands there twice.
    const byBoth = sizes.filter((size, place) => sizes.indexOf(size) !== place);
    expect(byBoth.length).toBeGreaterThan(1);
    expect(parsed.ok && parsed.value.checkpoint.size).toBe(Math.min(...byBoth));
  });

  test("holders whose keys are not given are counted and not believed", () => {
    const withoutHolders = keys
      .split("\n")
      .filter((line) => !line.includes("/holder+"))
      .join("\n");
    expect(verdict(proof, withoutHolders)).toContain("No holder whose key was given confirms it.");
    expect(verdict(proof, withoutHolders)).toContain("Not verified: 2 more signatures");
  });

  test("an entry that nobody confirmed is proved by its own device's word alone", async () => {
    const [charterLog = ""] = /land\/desk\/\d+-[0-9a-f]{8}/.exec(await charterOrigin()) ?? [];
    const text = await printed("prove", at("authority"), `${charterLog}#0`);
    expect(verdict(text)).toContain("No holder whose key was given confirms it.");
  });

  test("without the extra line the entry is named", async () => {
    const bare = proof.replace(/^extra .*\n/m, "");
    expect(verdict(bare)).toBe(
      "The proof does not bring its entry along: name the entry's file with --entry.",
    );
    const entry = /^extra (.*)$/m.exec(proof)?.[1] ?? "";
    writeFileSync(at("bare"), bare);
    writeFileSync(at("entry"), Buffer.from(entry, "base64"));
    const args = [at("bare"), "--keys", at("keys.txt"), "--entry", at("entry")];
    expect(await printed("verify", ...args)).toContain("Proved: this is entry 4");
    writeFileSync(at("entry"), "{}");
    expect(await sentence("verify", ...args)).toContain("does not stand at that place");
  });
});

async function charterOrigin(): Promise<string> {
  await printed("carry", "out", at("authority"), at("charter-cargo"));
  return Buffer.from(readFileSync(at("charter-cargo"), "utf8").split("\n")[1] ?? "", "base64").toString();
}

describe("[PROOF5] what proves nothing is one sentence", () => {
  const tampered: readonly (readonly [string, (text: string) => string, string])[] = [
    ["nothing", () => "", "This is no C2SP tlog-proof, version 1."],
    ["another version", (text) => text.replace("@v1", "@v2"), "This is no C2SP tlog-proof, version 1."],
    ["another place", (text) => text.replace("index 4", "index 5"), "The entry does not stand at that place"],
    ["size 0", (text) => text.replace(/^(holdfast\/.*)\n\d+$/m, "$1\n0"), "An empty log proves nothing."],
    [
      "another size",
      (text) => text.replace(/^(holdfast\/.*)\n\d+$/m, "$1\n9"),
      "A signature in it is false.",
    ],
    [
      "no signature of the log's device",
      (text) => text.replace(/^— \S+\/ukd\/box .*\n/m, ""),
      "does not carry",
    ],
    ["another entry", (text) => text.replace(/^extra ..../m, "extra eyJi"), "does not stand at that place"],
    ["cut short", (text) => text.slice(0, -20), "The checkpoint in it is no signed note."],
  ];
  test.each(tampered)("%s", (_, change, said) => {
    expect(change(proof)).not.toBe(proof);
    expect(verdict(change(proof))).toContain(said);
  });

  test("a key list that is empty, damaged, foreign or names two keys alike", () => {
    expect(verdict(proof, "# nothing\n")).toBe("There is no key among the keys.");
    expect(verdict(proof, `${keys}holdfast\n`)).toMatch(/^Line \d+ of the keys is no key\.$/);
    const others = keys
      .split("\n")
      .filter((line) => !line.includes("/ukd/"))
      .join("\n");
    expect(verdict(proof, others)).toMatch(
      /^None of the keys is that of holdfast\/1\/rehearsal-founded\/ukd\/box\//,
    );
  });

  test("two different keys of one name are no key to trust", () => {
    const second = foundRegion({ ukd: "hospital" });
    const ukd = second.keysOf("ukd").signer.vkey;
    expect(verdict(proof, `${keys}${formatVkey(ukd)}\n`)).toBe(
      `The keys name two different keys ${ukd.name}.`,
    );
    rmSync(second.dir, { recursive: true });
  });

  test("a fact that is not there, or is none", async () => {
    expect(await sentence("prove", told.dir, `${told.log}#999`)).toContain(
      "This store holds no entry 999 of",
    );
    expect(await sentence("prove", told.dir, "nobody/box/1-00000001#0")).toContain("names no device");
    expect(await sentence("prove", told.dir, "ukd")).toContain(`"ukd" names no fact`);
    for (const text of ["a/b/1-00000001#-1", "a/b/1-00000001#01", "a/b/1-00000001#1#2", "a/b#1"])
      expect(parseFactRef(text).ok).toBe(false);
  });

  test("a folder without store or settings, and no store is made there", async () => {
    mkdirSync(at("empty"));
    expect(await sentence("prove", at("empty"), `${told.log}#1`)).toContain("the folder of no anchor");
    writeFileSync(at("empty/anchor.json"), readFileSync(join(told.dir, "anchor.json")));
    expect(await sentence("prove", at("empty"), `${told.log}#1`)).toContain("There is no store in");
    expect(existsSync(at("empty/store.db"))).toBe(false);
  });
});

describe("[TILES2] export", () => {
  test("goes on in its own folder, and never into another's", async () => {
    expect(await printed("export", told.dir, told.log, at("tiles"))).toContain(`${told.size} entries of`);
    const checkpoint = readFileSync(at("tiles/checkpoint"), "utf8");
    expect(await printed("export", told.dir, told.log, at("tiles"))).toContain(`${told.size} entries of`);
    expect(readFileSync(at("tiles/checkpoint"), "utf8")).toBe(checkpoint);
    expect(checkpoint.match(/^— /gm)).toHaveLength(3);
    mkdirSync(at("foreign"));
    writeFileSync(at("foreign/checkpoint"), "example.com/log\n1\n");
    expect(await sentence("export", told.dir, told.log, at("foreign"))).toContain(
      "is not empty and holds no export",
    );
  });

  test("a log that is not there, or is none", async () => {
    expect(await sentence("export", told.dir, "ukd/box/7-00000007", at("none"))).toContain(
      "holds nothing of",
    );
    expect(await sentence("export", told.dir, "../x", at("none"))).toContain("names no log");
    expect(existsSync(at("none"))).toBe(false);
  });
});
