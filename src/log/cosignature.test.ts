import { describe, expect, test } from "vitest";
import { concatBytes, toBase64, toHex, utf8Encode } from "../basics/bytes.ts";
import { type Checkpoint, checkpointText, formatCheckpoint, signCheckpoint } from "./checkpoint.ts";
import { cosign, formatReceipt, parseReceipt, verifyCosignature, verifyReceipt } from "./cosignature.ts";
import { nobleCrypto, nobleSigner } from "./ed25519-noble.ts";
import { holderKeyName, logKeyName, type Vkey } from "./vkey.ts";

const logSigner = nobleSigner(new Uint8Array(32).fill(1), logKeyName("r", "s", "d"), "log");
const holder = nobleSigner(new Uint8Array(32).fill(2), holderKeyName("r", "centre", "a"), "holder");
const other = nobleSigner(new Uint8Array(32).fill(3), holderKeyName("r", "centre", "b"), "holder");
const { vkey } = holder;
const timeS = 1_599_782_400;
const checkpoint: Checkpoint = { origin: "holdfast/1/r/s/d/1-00000001", size: 7, root: new Uint8Array(32) };
const cosignature = cosign(holder, checkpoint, timeS);
const text = formatReceipt(cosignature, vkey);

function verdict(receiptText: string, key: Vkey): string {
  const parsed = parseReceipt(receiptText);
  if (!parsed.ok) return parsed.error;
  const verified = verifyReceipt(nobleCrypto, parsed.value, key);
  return verified.ok ? "ok" : verified.error;
}

/** The receipt with these bytes after the key id. */
function withBytes(bytes: Uint8Array, keyId = vkey.keyId): string {
  const line = toBase64(concatBytes(keyId, bytes));
  return `${checkpointText(checkpoint)}\n— ${vkey.name} ${line}\n`;
}

function timeBytes(time: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, time);
  return bytes;
}

describe("receipts", () => {
  test("[RECEIPT1] what is signed: header, time, the checkpoint's text", () => {
    const message = `cosignature/v1\ntime 1599782400\n${checkpointText(checkpoint)}`;
    expect(toHex(cosignature.signature)).toBe(toHex(holder.sign(utf8Encode(message))));
  });

  test("[RECEIPT1] the note's one signature is the time in 64 bits and the signature", () => {
    expect(text).toBe(withBytes(concatBytes(timeBytes(BigInt(timeS)), cosignature.signature)));
  });

  test("[RECEIPT2] what was signed is believed, and comes back the same", () => {
    const parsed = parseReceipt(text);
    expect(parsed.ok && verifyReceipt(nobleCrypto, parsed.value, vkey)).toEqual({
      ok: true,
      value: cosignature,
    });
    expect(verifyCosignature(nobleCrypto, cosignature, vkey)).toBe(true);
  });

  test.each([0, 1, 2 ** 32, Number.MAX_SAFE_INTEGER])("[RECEIPT1] at %d s", (time) => {
    const any = cosign(holder, checkpoint, time);
    const parsed = parseReceipt(formatReceipt(any, vkey));
    expect(parsed).toEqual({ ok: true, value: { ...any, keyId: vkey.keyId } });
    expect(verdict(formatReceipt(any, vkey), vkey)).toBe("ok");
  });

  const signature = cosignature.signature;
  const stamped = concatBytes(timeBytes(BigInt(timeS)), signature);
  const line = text.slice(checkpointText(checkpoint).length + 1);
  const checkpointNote = formatCheckpoint(signCheckpoint(logSigner, checkpoint), logSigner.vkey);
  test.each([
    ["another time", withBytes(concatBytes(timeBytes(BigInt(timeS + 1)), signature)), "bad-signature"],
    ["another size", text.replace("\n7\n", "\n8\n"), "bad-signature"],
    ["another log", text.replace("/s/d/", "/s/e/"), "bad-signature"],
    ["another root", text.replace("AAAAAAAA", "BAAAAAAA"), "bad-signature"],
    ["another holder's name", text.replace("/a/holder", "/b/holder"), "wrong-key"],
    ["another key id", withBytes(stamped, other.vkey.keyId), "wrong-key"],
    ["a time of 2^53", withBytes(concatBytes(timeBytes(2n ** 53n), signature)), "not-a-receipt"],
    ["a time of 2^64 - 1", withBytes(concatBytes(timeBytes(2n ** 64n - 1n), signature)), "not-a-receipt"],
    ["no time", withBytes(signature), "not-a-receipt"],
    ["a byte more", withBytes(concatBytes(timeBytes(1n), signature, Uint8Array.of(0))), "not-a-receipt"],
    ["two lines", `${text}${line}`, "not-a-receipt"],
    ["a checkpoint in its place", checkpointNote, "not-a-receipt"],
    ["an extension line", text.replace("\n\n", "\nmore\n\n"), "not-a-checkpoint"],
    ["another origin", text.replace("holdfast/1/r/s/d/1", "holdfast/1/r/s/d/0"), "not-an-origin"],
    ["nothing", "", "not-a-note"],
  ])("[RECEIPT3] refused: %s", (_, tampered, error) => {
    expect(verdict(tampered, vkey)).toBe(error);
  });

  test("[RECEIPT3] every changed character of the note is refused", () => {
    for (let at = 0; at < text.length; at += 1) {
      const changed = text[at] === "A" ? "B" : "A";
      expect(verdict(text.slice(0, at) + changed + text.slice(at + 1), vkey), `at ${at}`).not.toBe("ok");
    }
  });

  test("[RECEIPT3] under another key it is not believed", () => {
    expect(verdict(text, other.vkey)).toBe("wrong-key");
    expect(verifyCosignature(nobleCrypto, cosignature, other.vkey)).toBe(false);
    const impostor = nobleSigner(new Uint8Array(32).fill(9), vkey.name, "holder");
    expect(verdict(text, impostor.vkey)).toBe("wrong-key");
    expect(verdict(text, { ...impostor.vkey, keyId: vkey.keyId })).toBe("bad-signature");
    expect(verifyCosignature(nobleCrypto, cosignature, { ...vkey, kind: "log" })).toBe(false);
    expect(verdict(text, { ...vkey, kind: "log" })).toBe("wrong-key");
  });

  test("[RECEIPT2] a log key makes no receipt, and no time is negative or broken", () => {
    expect(() => cosign(logSigner, checkpoint, timeS)).toThrow("invariant");
    expect(() => cosign(holder, checkpoint, -1)).toThrow("invariant");
    expect(() => cosign(holder, checkpoint, 0.5)).toThrow("invariant");
    expect(() => formatReceipt(cosignature, other.vkey)).toThrow("invariant");
  });

  test("[RECEIPT2] the same seed as log key and as holder key signs different words", () => {
    const both = nobleSigner(new Uint8Array(32).fill(1), vkey.name, "holder");
    const asCheckpoint = signCheckpoint(logSigner, checkpoint);
    const forged = { ...checkpoint, holder: vkey.name, timeS: 0, signature: asCheckpoint.signature };
    expect(verifyCosignature(nobleCrypto, forged, both.vkey)).toBe(false);
  });
});
