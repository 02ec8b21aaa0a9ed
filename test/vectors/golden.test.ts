import { describe, expect, test } from "vitest";
import { nodeCrypto, nodeSigner } from "../../src/anchor/crypto-node.ts";
import { fromHex, toBase64, toHex, utf8Encode } from "../../src/basics/bytes.ts";
import {
  formatCheckpoint,
  parseCheckpoint,
  signCheckpoint,
  verifyCheckpoint,
} from "../../src/log/checkpoint.ts";
import { cosign, formatReceipt, parseReceipt, verifyReceipt } from "../../src/log/cosignature.ts";
import { decodeEntry, encodeEntry, leafHash } from "../../src/log/entry.ts";
import { formatProof, parseProof, verifyProof } from "../../src/log/proof.ts";
import { appendLeaves, consistencyProof, emptyRange, rootOf, verifyConsistency } from "../../src/log/tree.ts";
import { formatVkey, parseVkey, type Vkey } from "../../src/log/vkey.ts";
import { committedText, derivedFiles } from "./derive.ts";

// Read with node:crypto, derived with noble: each checks the other.
const { sha256 } = nodeCrypto;

function golden(name: string): string {
  const text = committedText(name);
  if (text === null) throw new Error(`no vector ${name}`);
  return text;
}

function linesOf(name: string): string[] {
  return golden(name).split("\n").slice(0, -1);
}

function keyLine(label: string): string {
  return (
    linesOf("keys.txt")
      .find((line) => line.startsWith(`${label} `))
      ?.slice(label.length + 1) ?? ""
  );
}

function vkey(label: string): Vkey {
  const parsed = parseVkey(sha256, keyLine(label));
  if (!parsed.ok) throw new Error(`no vkey ${label}`);
  return parsed.value;
}

function seed(label: string): Uint8Array {
  const bytes = fromHex(keyLine(label));
  if (!bytes.ok) throw new Error(`no seed ${label}`);
  return bytes.value;
}

function value<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  if (!result.ok) throw new Error(`expected a value: ${JSON.stringify(result)}`);
  return result.value;
}

const entries = linesOf("log.jsonl").map(utf8Encode);
const leaves = entries.map((bytes) => leafHash(sha256, bytes));
const log = vkey("log vkey");
const holder = vkey("holder vkey");

describe("golden bytes", () => {
  test.each([...derivedFiles()])("%s is what the code makes today", (name, text) => {
    expect(golden(name)).toBe(text);
  });

  test("[LOG1] every golden entry decodes and encodes to the same bytes", () => {
    expect(entries).toHaveLength(300);
    expect(golden("entry.json")).toBe(linesOf("log.jsonl")[0]);
    for (const bytes of entries) {
      expect(value(encodeEntry(value(decodeEntry(bytes))))).toEqual(bytes);
    }
  });

  test("[LOG4] [TREE1] leaf hashes and roots, appended one by one and in batches", () => {
    expect(leaves.map(toHex)).toEqual(linesOf("leaves.txt"));
    for (const line of linesOf("roots.txt")) {
      const [size, root] = line.split(" ");
      const batch = appendLeaves(sha256, emptyRange, leaves.slice(0, Number(size)));
      expect(toBase64(rootOf(sha256, batch))).toBe(root);
    }
  });

  test("[KEY1] vkeys from the seeds", () => {
    expect(formatVkey(nodeSigner(seed("log seed"), log.name, "log").vkey)).toBe(keyLine("log vkey"));
    expect(formatVkey(nodeSigner(seed("holder seed"), holder.name, "holder").vkey)).toBe(
      keyLine("holder vkey"),
    );
  });

  test("[CHECKPOINT1] the checkpoint verifies and is signed to the same bytes", () => {
    const parsed = value(parseCheckpoint(golden("checkpoint.txt")));
    const signed = value(verifyCheckpoint(nodeCrypto, parsed, log));
    expect(signed.root).toEqual(rootOf(sha256, appendLeaves(sha256, emptyRange, leaves)));
    const again = signCheckpoint(nodeSigner(seed("log seed"), log.name, "log"), signed);
    expect(formatCheckpoint(again, log)).toBe(golden("checkpoint.txt"));
  });

  test("[RECEIPT1] the receipt verifies and is signed to the same bytes", () => {
    const receipt = value(verifyReceipt(nodeCrypto, value(parseReceipt(golden("receipt.txt"))), holder));
    const again = cosign(nodeSigner(seed("holder seed"), holder.name, "holder"), receipt, receipt.timeS);
    expect(formatReceipt(again, holder)).toBe(golden("receipt.txt"));
  });

  test("[PROOF1] the proof verifies for its entry and no other", () => {
    const text = golden("entry-142.tlog-proof");
    const proof = value(parseProof(text));
    expect(formatProof(proof)).toBe(text);
    const verdicts = entries.map((entry) => {
      const verdict = verifyProof(nodeCrypto, proof, { entry, log, holders: [holder] });
      return verdict.ok ? verdict.value.receipts.length : verdict.error;
    });
    expect(
      verdicts.map((verdict, i) => [i, verdict]).filter(([, verdict]) => verdict !== "not-included"),
    ).toEqual([[142, 1]]);
  });

  test("[TREE3] each root of the file is the beginning of the next", () => {
    const roots = linesOf("roots.txt").map((line) => {
      const size = Number(line.split(" ")[0]);
      return { size, root: rootOf(sha256, appendLeaves(sha256, emptyRange, leaves.slice(0, size))) };
    });
    for (const [i, to] of roots.entries()) {
      const from = roots[i - 1];
      if (from === undefined || from.size === 0) continue;
      const proof = consistencyProof(sha256, leaves.slice(0, to.size), from.size);
      const claim = { fromSize: from.size, fromRoot: from.root, toSize: to.size, toRoot: to.root, proof };
      expect(verifyConsistency(sha256, claim)).toBe(true);
    }
  });
});
