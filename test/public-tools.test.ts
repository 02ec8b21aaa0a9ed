import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeCrypto } from "../src/anchor/crypto-node.ts";
import { openStore } from "../src/anchor/store/store-sqlite.ts";
import { toBase64 } from "../src/basics/bytes.ts";
import { originOf } from "../src/basics/name.ts";
import { formatCheckpoint, type SignedCheckpoint } from "../src/log/checkpoint.ts";
import { leafHash } from "../src/log/entry.ts";
import { consistencyProof } from "../src/log/tree.ts";
import { printed, type Told, toldRegion } from "./support/evidence.ts";
import { buildVerifier, goMissing } from "./support/foreign.ts";
import { foundedRegion, valueIn } from "./support/founded.ts";

// What we write is verified by others' programs: Go's own packages for transparency logs, through test/go/verify.go.

const missing = goMissing();
const facts = 700;
const goldenKeys = join(import.meta.dirname, "vectors", "keys.txt");
let told: Told;
let keys: string;
let exported: string;
const at = (name: string): string => join(told.founded.dir, name);

beforeAll(async () => {
  if (missing !== null) return;
  told = await toldRegion(facts);
  keys = at("keys.txt");
  exported = at("export");
  writeFileSync(keys, await printed("keys", told.dir));
  await printed("export", told.dir, told.log, exported);
  buildVerifier(at("verify"));
}, 120_000);
afterAll(() => {
  if (missing === null) rmSync(told.founded.dir, { recursive: true });
});

function go(keyFile: string, ...args: string[]): unknown {
  return JSON.parse(execFileSync(at("verify"), [keyFile, ...args], { encoding: "utf8" }));
}

/** What Go says against it. */
function goRefuses(keyFile: string, ...args: string[]): string {
  const run = spawnSync(at("verify"), [keyFile, ...args], { encoding: "utf8" });
  return run.status === 0 ? `accepted: ${run.stdout}` : run.stderr.trim();
}

const holders = ["duesseldorf", "wuppertal"].map((site) => `holdfast/1/${foundedRegion}/${site}/box/holder`);
const deviceKey = `holdfast/1/${foundedRegion}/ukd/box`;

function byGo(name: string, body: () => void | Promise<void>): void {
  test(name, async (context) => {
    context.skip(missing !== null, missing ?? "");
    await body();
  });
}

describe("Go's note and tlog", () => {
  byGo("[TILES2] verify an exported log: checkpoint, both receipts, tiles, and every entry's place", () => {
    expect(go(keys, "export", exported)).toEqual({
      origin: originOf(foundedRegion, told.log),
      size: told.size,
      entries: told.size,
      signers: [deviceKey, ...holders],
      unknown: 0,
    });
    expect(told.size).toBeGreaterThan(facts);
  });

  byGo("[TREE3] verify that each kept checkpoint grew into the next, by our proof and by theirs", () => {
    const store = valueIn(openStore(join(told.dir, "store.db")));
    const origin = originOf(foundedRegion, told.log);
    const checkpoints: SignedCheckpoint[] = [];
    for (let from = 0; ; ) {
      const run = valueIn(store.readRun(origin, from, { entriesMax: 1, bytesMax: 1 }));
      if (run === undefined) break;
      checkpoints.push(run.checkpoint);
      from = run.checkpoint.size;
    }
    const leaves = valueIn(store.readLeafBytes(origin, 0, told.size)).map((bytes) =>
      leafHash(nodeCrypto.sha256, bytes),
    );
    store.close();
    expect(checkpoints.length).toBeGreaterThan(8);
    const step = Math.ceil(checkpoints.length / 8);
    for (const old of [...checkpoints.filter((_, place) => place % step === 0), ...checkpoints.slice(-1)]) {
      const vkey = told.founded.keysOf("ukd").signer.vkey;
      writeFileSync(at("old"), formatCheckpoint(old, vkey));
      const proof = consistencyProof(nodeCrypto.sha256, leaves, old.size).map(toBase64);
      writeFileSync(at("grew"), `${proof.join("\n")}\n`);
      expect(go(keys, "export", exported, at("old"), at("grew"))).toMatchObject({ grewFrom: old.size });
    }
  });

  byGo(
    "[PROOF4] verify `holdfast prove` of the first, a middle and the last fact, with both receipts",
    async () => {
      const indexes = [0, 1, 300, told.size - 1];
      const files: string[] = [];
      for (const index of indexes) {
        const file = at(`${index}.tlog-proof`);
        writeFileSync(file, await printed("prove", told.dir, `${told.log}#${index}`));
        files.push(file);
      }
      const proved = go(keys, "proof", ...files) as { readonly index: number; readonly signers: string[] }[];
      expect(proved.map(({ index }) => index)).toEqual(indexes);
      for (const { signers } of proved) expect(signers).toEqual([deviceKey, ...holders]);
    },
  );

  byGo("[PROOF1] verify the golden proof", () => {
    const vkeys = readFileSync(goldenKeys, "utf8").matchAll(/ vkey (.*)/g);
    writeFileSync(at("golden-keys"), [...vkeys].map(([, vkey]) => vkey).join("\n"));
    const golden = readFileSync(join(import.meta.dirname, "vectors", "entry-142.tlog-proof"), "utf8");
    const [entry = ""] = readFileSync(join(import.meta.dirname, "vectors", "log.jsonl"), "utf8")
      .split("\n")
      .slice(142);
    const extra = `extra ${Buffer.from(entry).toString("base64")}\n`;
    writeFileSync(at("golden.tlog-proof"), golden.replace("index 142\n", `${extra}index 142\n`));
    expect(go(at("golden-keys"), "proof", at("golden.tlog-proof"))).toEqual([
      expect.objectContaining({ index: 142, size: 300, signers: [expect.any(String), expect.any(String)] }),
    ]);
  });

  byGo("refuse a changed tile, bundle, signature and proof, so that the test could fail", async () => {
    const proof = await printed("prove", told.dir, `${told.log}#5`);
    writeFileSync(at("wrong.tlog-proof"), proof.replace("index 5\n", "index 6\n"));
    expect(goRefuses(keys, "proof", at("wrong.tlog-proof"))).toContain("invalid transparency proof");
    const changed = (file: string, change: (bytes: Buffer) => void): string => {
      const before = readFileSync(join(exported, file));
      const bytes = Buffer.from(before);
      change(bytes);
      writeFileSync(join(exported, file), bytes);
      const said = goRefuses(keys, "export", exported);
      writeFileSync(join(exported, file), before);
      return said;
    };
    const flip = (place: number) => (bytes: Buffer) => bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
    expect(changed("tile/0/001", flip(40))).toMatch(/inconsistent tile|invalid transparency proof/);
    expect(changed("tile/entries/000", flip(9))).toContain("invalid transparency proof");
    const lastTime = (bytes: Buffer): number => bytes.lastIndexOf("/holder ") + "/holder ".length + 12;
    expect(changed("checkpoint", (bytes) => bytes.write("B", lastTime(bytes)))).toContain(
      "invalid signature",
    );
  });
});
