import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toBase64, utf8Encode } from "../basics/bytes.ts";
import { checkpointText, signCheckpoint } from "./checkpoint.ts";
import { cosign, cosignatureLine } from "./cosignature.ts";
import { nobleCrypto, nobleSigner } from "./ed25519-noble.ts";
import { leafHash } from "./entry.ts";
import { formatProof, type Proof, parseProof, proofBytesMax, proveEntry, verifyProof } from "./proof.ts";
import { appendLeaves, emptyRange, rootOf } from "./tree.ts";
import { holderKeyName, logKeyName, type Vkey } from "./vkey.ts";

const { sha256 } = nobleCrypto;
const signer = nobleSigner(new Uint8Array(32).fill(1), logKeyName("r", "s", "d"), "log");
const holder = nobleSigner(new Uint8Array(32).fill(2), holderKeyName("r", "centre", "a"), "holder");
const other = nobleSigner(new Uint8Array(32).fill(3), holderKeyName("r", "centre", "b"), "holder");
const log = signer.vkey;
const entries = Array.from({ length: 11 }, (_, i) => utf8Encode(`{"n":${i}}`));
const leaves = entries.map((bytes) => leafHash(sha256, bytes));

function entryAt(index: number): Uint8Array {
  return entries[index] ?? new Uint8Array(0);
}

function prove(index: number, size = entries.length): Proof {
  const list = leaves.slice(0, size);
  const root = rootOf(sha256, appendLeaves(sha256, emptyRange, list));
  const checkpoint = signCheckpoint(signer, { origin: `${log.name}/1-00000001`, size, root });
  const receipts = [holder, other].map((by) => ({ receipt: cosign(by, checkpoint, 1_000), holder: by.vkey }));
  return proveEntry(sha256, list, index, { checkpoint, log, receipts });
}

function verdict(text: string, entry: Uint8Array, holders: readonly Vkey[], key = log): string {
  const proof = parseProof(text);
  if (!proof.ok) return proof.error;
  const verified = verifyProof(nobleCrypto, proof.value, { entry, log: key, holders });
  return verified.ok ? verified.value.receipts.map((receipt) => receipt.holder).join() : verified.error;
}

const both = [holder.vkey, other.vkey];
const bothNames = `${holder.vkey.name},${other.vkey.name}`;
const proof = prove(4);
const text = formatProof(proof);

describe("proofs", () => {
  test("[PROOF1] header, index, hashes from the leaf up, empty line, checkpoint with all signatures", () => {
    const [first, index, ...rest] = text.split("\n");
    expect([first, index]).toEqual(["c2sp.org/tlog-proof@v1", "index 4"]);
    const hashes = proof.inclusion.map(toBase64);
    expect(hashes).toHaveLength(4);
    expect(rest.slice(0, 5)).toEqual([...hashes, ""]);
    expect(
      rest
        .slice(5)
        .join("\n")
        .startsWith(`${checkpointText(proof.checkpoint)}\n— ${log.name} `),
    ).toBe(true);
    expect(text.split("\n— ")).toHaveLength(4);
  });

  test("[PROOF2] every entry of every size is proved, with both receipts", () => {
    for (let size = 1; size <= entries.length; size += 1) {
      for (let index = 0; index < size; index += 1) {
        expect(verdict(formatProof(prove(index, size)), entryAt(index), both)).toBe(bothNames);
      }
    }
  });

  test("[PROOF2] a log of one entry has no hash lines", () => {
    const lines = formatProof(prove(0, 1)).split("\n");
    expect(lines.slice(1, 3)).toEqual(["index 0", ""]);
  });

  test("[PROOF2] only the receipts of holders one knows are reported", () => {
    expect(verdict(text, entryAt(4), [other.vkey])).toBe(other.vkey.name);
    expect(verdict(text, entryAt(4), [])).toBe("");
  });

  test("[PROOF3] an unknown holder's broken receipt is left aside, a known one's refuses the proof", () => {
    const [own, first, second] = proof.checkpoint.signatures;
    if (own === undefined || first === undefined || second === undefined) throw new Error("three lines");
    const broken = { ...first, signature: first.signature.with(20, (first.signature[20] ?? 0) ^ 1) };
    const tampered = { ...proof, checkpoint: { ...proof.checkpoint, signatures: [own, broken, second] } };
    expect(verdict(formatProof(tampered), entryAt(4), [other.vkey])).toBe(other.vkey.name);
    expect(verdict(formatProof(tampered), entryAt(4), both)).toBe("bad-signature");
    const short = { ...first, signature: first.signature.slice(8) };
    const shortened = { ...proof, checkpoint: { ...proof.checkpoint, signatures: [own, short, second] } };
    expect(verdict(formatProof(shortened), entryAt(4), both)).toBe("bad-signature");
  });

  test("[PROOF3] a receipt for another size does not count for this one", () => {
    const foreign = cosign(holder, { ...proof.checkpoint, size: 10 }, 1_000);
    const [own] = proof.checkpoint.signatures;
    if (own === undefined) throw new Error("a signature");
    const signatures = [own, cosignatureLine(foreign, holder.vkey)];
    const tampered = formatProof({ ...proof, checkpoint: { ...proof.checkpoint, signatures } });
    expect(verdict(tampered, entryAt(4), both)).toBe("bad-signature");
  });

  const hash = toBase64(proof.inclusion[0] ?? new Uint8Array(32));
  const body = text.slice(text.indexOf("\n\n") + 2);
  test.each([
    ["another version", text.replace("@v1", "@v2"), "not-a-proof"],
    ["no index", text.replace("index 4\n", ""), "not-a-proof"],
    ["an index with a leading zero", text.replace("index 4", "index 04"), "not-a-proof"],
    ["an index below 0", text.replace("index 4", "index -4"), "not-a-proof"],
    ["an index of 2^53", text.replace("index 4", "index 9007199254740992"), "not-a-proof"],
    ["another index", text.replace("index 4", "index 5"), "not-included"],
    ["an index past the end", text.replace("index 4", "index 11"), "not-included"],
    ["a hash less", text.replace(`${hash}\n`, ""), "not-included"],
    ["a hash twice", text.replace(`${hash}\n`, `${hash}\n${hash}\n`), "not-included"],
    ["a hash of 31 bytes", text.replace(hash, toBase64(new Uint8Array(31))), "not-a-proof"],
    ["a hash that is no base64", text.replace(hash, hash.replace("=", "*")), "not-a-proof"],
    ["54 hashes", text.replace(`${hash}\n`, `${hash}\n`.repeat(51)), "not-a-proof"],
    ["an unreadable extra line", text.replace("index", "extra *\nindex"), "not-a-proof"],
    ["two extra lines", text.replace("index", "extra AA==\nextra AA==\nindex"), "not-a-proof"],
    ["no checkpoint", text.slice(0, text.indexOf("\n\n") + 2), "not-a-note"],
    ["no empty line", text.slice(0, text.indexOf("\n\n") + 1), "not-a-proof"],
    ["an empty line before the index", text.replace("index", "\nindex"), "not-a-proof"],
    ["another checkpoint size", text.replace("\n11\n", "\n12\n"), "bad-signature"],
    ["an empty log", text.replace("\n11\n", "\n0\n"), "empty-log"],
    ["another log", text.replace("/s/d/1", "/s/e/1"), "wrong-key"],
    ["a checkpoint alone", body, "not-a-proof"],
    ["too many bytes", text + " ".repeat(proofBytesMax), "proof-too-large"],
    ["a checkpoint's worth too many", `${text}${" ".repeat(proofBytesMax / 2)}`, "note-too-large"],
    ["nothing", "", "not-a-proof"],
  ])("[PROOF3] refused: %s", (_, tampered, error) => {
    expect(verdict(tampered, entryAt(4), both)).toBe(error);
  });

  test("[PROOF3] another entry, or one changed byte of it, is not included", () => {
    expect(verdict(text, entryAt(5), both)).toBe("not-included");
    expect(verdict(text, utf8Encode('{"n":4} '), both)).toBe("not-included");
    expect(verdict(text, new Uint8Array(0), both)).toBe("not-included");
    expect(verdict(text, entryAt(4), both, other.vkey)).toBe("wrong-key");
  });

  test("[PROOF3] an inner node passed off as an entry is not included", () => {
    // Its two children as one "entry": the prefix bytes keep leaves and nodes apart.
    const pair = Uint8Array.from([...(leaves[4] ?? []), ...(leaves[5] ?? [])]);
    const shorter = { ...proof, index: 2, inclusion: proof.inclusion.slice(1) };
    expect(verdict(formatProof(shorter), pair, both)).toBe("not-included");
  });

  test("[PROOF1] the extra line is kept and proves nothing", () => {
    const extra = utf8Encode("for the reader");
    const withExtra = formatProof({ ...proof, extra });
    expect(withExtra.split("\n")[1]).toBe(`extra ${toBase64(extra)}`);
    expect(parseProof(withExtra)).toEqual({ ok: true, value: { ...proof, extra } });
    expect(verdict(withExtra, entryAt(4), both)).toBe(bothNames);
  });

  test("[PROOF3] a proof on size 0 is refused, read or built by hand", () => {
    const empty = { ...proof, checkpoint: { ...proof.checkpoint, size: 0 } };
    const known = { entry: entryAt(4), log, holders: both };
    expect(parseProof(text.replace("\n11\n", "\n0\n"))).toEqual({ ok: false, error: "empty-log" });
    expect(verifyProof(nobleCrypto, empty, known)).toEqual({ ok: false, error: "empty-log" });
  });

  test("[PROOF2] a proof is made against the very tree of the checkpoint", () => {
    const { root, origin } = proof.checkpoint;
    const checkpoint = signCheckpoint(signer, { origin, size: 11, root });
    const receipt = cosign(holder, { ...checkpoint, size: 10 }, 1_000);
    const receipts = [{ receipt, holder: holder.vkey }];
    expect(() => proveEntry(sha256, leaves.slice(1), 4, { checkpoint, log, receipts: [] })).toThrow(
      "invariant",
    );
    expect(() => proveEntry(sha256, leaves, 4, { checkpoint, log, receipts })).toThrow("invariant");
  });

  test("[PROOF2] verify(parse(format(prove(x)))) for any entries", () => {
    const any = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(any, fc.nat(), (list, n) => {
        const index = n % list.length;
        const hashes = list.map((bytes) => leafHash(sha256, bytes));
        const root = rootOf(sha256, appendLeaves(sha256, emptyRange, hashes));
        const checkpoint = signCheckpoint(signer, {
          origin: `${log.name}/1-00000001`,
          size: list.length,
          root,
        });
        const made = proveEntry(sha256, hashes, index, { checkpoint, log, receipts: [] });
        const parsed = parseProof(formatProof(made));
        expect(parsed).toEqual({ ok: true, value: made });
        const known = { entry: list[index] ?? new Uint8Array(0), log, holders: [] };
        const result = verifyProof(nobleCrypto, made, known);
        expect(result).toEqual({ ok: true, value: { checkpoint, receipts: [] } });
      }),
      { numRuns: 30 },
    );
  });
});
