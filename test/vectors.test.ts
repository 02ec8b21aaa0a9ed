import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nodeCrypto } from "../src/anchor/crypto-node.ts";
import { fromBase64, fromHex } from "../src/basics/bytes.ts";
import { nobleCrypto } from "../src/log/ed25519-noble.ts";
import { webVerify } from "../src/log/ed25519-web.ts";
import { verifyInclusion } from "../src/log/tree.ts";

// Public vectors that lie beside the checkout, not in it.
const standards = join(import.meta.dirname, "../../shared/data/standards");
const merkle = join(standards, "merkle/inclusion");
const wycheproof = join(standards, "wycheproof/ed25519_test.json");

type InclusionVector = {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
  readonly proof: readonly string[] | null;
  readonly desc: string;
  readonly wantErr: boolean;
};

type WycheproofFile = {
  readonly testGroups: readonly {
    readonly publicKey: { readonly pk: string };
    readonly tests: readonly {
      readonly tcId: number;
      readonly comment: string;
      readonly msg: string;
      readonly sig: string;
      readonly result: "valid" | "acceptable" | "invalid";
    }[];
  }[];
};

function base64(text: string): Uint8Array {
  const bytes = fromBase64(text);
  if (!bytes.ok) throw new Error(`not base64: ${text}`);
  return bytes.value;
}

function hex(text: string): Uint8Array {
  const bytes = fromHex(text);
  if (!bytes.ok) throw new Error(`not hexadecimal: ${text}`);
  return bytes.value;
}

describe.skipIf(!existsSync(merkle))("public inclusion vectors (shared/data/standards/merkle)", () => {
  const names = existsSync(merkle) ? globSync("**/*.json", { cwd: merkle }).sort() : [];

  test("[TREE2] the vectors were found", () => {
    expect(names.length).toBeGreaterThanOrEqual(98);
  });

  test.each(names)("[TREE2] %s", (name) => {
    const vector = JSON.parse(readFileSync(join(merkle, name), "utf8")) as InclusionVector;
    const claim = {
      leafHash: base64(vector.leafHash),
      index: vector.leafIdx,
      size: vector.treeSize,
      proof: (vector.proof ?? []).map(base64),
      root: base64(vector.root),
    };
    expect(verifyInclusion(nodeCrypto.sha256, claim)).toBe(!vector.wantErr);
    expect(verifyInclusion(nobleCrypto.sha256, claim)).toBe(!vector.wantErr);
  });
});

describe.skipIf(!existsSync(wycheproof))("Wycheproof Ed25519 (shared/data/standards/wycheproof)", () => {
  const file = existsSync(wycheproof)
    ? (JSON.parse(readFileSync(wycheproof, "utf8")) as WycheproofFile)
    : { testGroups: [] };
  const vectors = file.testGroups.flatMap((group) =>
    group.tests.map((vector) => ({ ...vector, publicKey: group.publicKey.pk })),
  );

  test("[SIG2] the vectors were found", () => {
    expect(vectors.length).toBeGreaterThanOrEqual(151);
  });

  test.each(vectors)("[SIG2] $tcId $result $comment", async ({ publicKey, msg, sig, result }) => {
    const [key, message, signature] = [hex(publicKey), hex(msg), hex(sig)];
    // All its valid signatures fit the strict profile, so there is no difference to explain.
    const expected = result === "valid";
    expect({
      node: nodeCrypto.verify(key, message, signature),
      noble: nobleCrypto.verify(key, message, signature),
      web: await webVerify(globalThis.crypto.subtle, key, message, signature),
    }).toEqual({ node: expected, noble: expected, web: expected });
  });
});
