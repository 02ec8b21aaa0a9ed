import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toBase64, toHex, utf8Encode } from "../basics/bytes.ts";
import {
  type Checkpoint,
  checkpointText,
  formatCheckpoint,
  parseCheckpoint,
  signCheckpoint,
  verifyCheckpoint,
  verifySigned,
} from "./checkpoint.ts";
import { nobleCrypto, nobleSigner } from "./ed25519-noble.ts";
import { formatNote } from "./note.ts";
import { holderKeyName, logKeyName, type Vkey } from "./vkey.ts";

const signer = nobleSigner(new Uint8Array(32).fill(1), logKeyName("r", "s", "d"), "log");
const stranger = nobleSigner(new Uint8Array(32).fill(2), logKeyName("r", "s", "e"), "log");
const holder = nobleSigner(new Uint8Array(32).fill(3), holderKeyName("r", "s", "d"), "holder");
const { vkey } = signer;
const root = Uint8Array.from({ length: 32 }, (_, i) => i);
const checkpoint: Checkpoint = { origin: "holdfast/1/r/s/d/3-9f2c41aa", size: 256, root };
const signed = signCheckpoint(signer, checkpoint);
const text = formatCheckpoint(signed, vkey);

function verdict(noteText: string, key: Vkey): string {
  const parsed = parseCheckpoint(noteText);
  if (!parsed.ok) return parsed.error;
  const verified = verifyCheckpoint(nobleCrypto, parsed.value, key);
  return verified.ok ? "ok" : verified.error;
}

describe("checkpoints", () => {
  test("[CHECKPOINT1] three lines: origin, size, root in base64", () => {
    expect(checkpointText(checkpoint)).toBe(
      "holdfast/1/r/s/d/3-9f2c41aa\n256\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
    );
  });

  test("[CHECKPOINT1] the note is the text and one signature line by the log key", () => {
    const signature = toBase64(Uint8Array.from([...vkey.keyId, ...signed.signature]));
    expect(text).toBe(`${checkpointText(checkpoint)}\n— holdfast/1/r/s/d ${signature}\n`);
    expect(toHex(signed.signature)).toBe(toHex(signer.sign(utf8Encode(checkpointText(checkpoint)))));
  });

  test("[CHECKPOINT2] what was signed is believed, and comes back the same", () => {
    const parsed = parseCheckpoint(text);
    expect(parsed.ok && verifyCheckpoint(nobleCrypto, parsed.value, vkey)).toEqual({
      ok: true,
      value: signed,
    });
    expect(verifySigned(nobleCrypto, signed, vkey)).toBe(true);
  });

  test("[CHECKPOINT2] lines of other keys are left aside", () => {
    const parsed = parseCheckpoint(text);
    if (!parsed.ok) throw new Error(parsed.error);
    const other = { name: "someone.example", keyId: vkey.keyId, signature: new Uint8Array(5) };
    const sameName = { name: vkey.name, keyId: stranger.vkey.keyId, signature: new Uint8Array(64) };
    const signatures = [other, sameName, ...parsed.value.signatures];
    expect(verdict(formatNote({ text: checkpointText(checkpoint), signatures }), vkey)).toBe("ok");
  });

  const body = checkpointText(checkpoint);
  const signatureLine = text.slice(body.length + 1);
  const withBody = (changed: string): string => `${changed}\n${signatureLine}`;
  const flippedLine = `${signatureLine.slice(0, 40)}${signatureLine[40] === "A" ? "B" : "A"}${signatureLine.slice(41)}`;
  const rootText = toBase64(root);

  test.each([
    ["another size", withBody(body.replace("\n256\n", "\n257\n")), "bad-signature"],
    ["another root", withBody(body.replace("AAECAw", "AAECBw")), "bad-signature"],
    ["another epoch", withBody(body.replace("3-9f", "4-9f")), "bad-signature"],
    ["another device", withBody(body.replace("/d/", "/e/")), "wrong-key"],
    ["another region", withBody(body.replace("/r/", "/q/")), "wrong-key"],
    ["another origin altogether", withBody(body.replace("holdfast/1", "holdfast/2")), "not-an-origin"],
    ["an origin without epoch", withBody(body.replace("/3-9f2c41aa", "")), "not-an-origin"],
    ["a changed bit of the signature", `${body}\n${flippedLine}`, "bad-signature"],
    ["the signature twice", `${text}${signatureLine}`, "not-signed-by-key"],
    [
      "a changed name in the line",
      text.replace("— holdfast/1/r/s/d", "— holdfast/1/r/s/e"),
      "not-signed-by-key",
    ],
    ["an extension line", withBody(`${body}more\n`), "not-a-checkpoint"],
    ["an empty line", withBody(`${body}\n`), "not-a-checkpoint"],
    ["two lines", withBody(body.replace(`${rootText}\n`, "")), "not-a-checkpoint"],
    ["a size with a leading zero", withBody(body.replace("\n256\n", "\n0256\n")), "not-a-checkpoint"],
    ["a size with a sign", withBody(body.replace("\n256\n", "\n+256\n")), "not-a-checkpoint"],
    ["a size in hexadecimal", withBody(body.replace("\n256\n", "\n0x100\n")), "not-a-checkpoint"],
    ["no size", withBody(body.replace("\n256\n", "\n \n")), "not-a-checkpoint"],
    ["a size of 2^53", withBody(body.replace("\n256\n", "\n9007199254740992\n")), "not-a-checkpoint"],
    ["a root of 31 bytes", withBody(body.replace(rootText, toBase64(root.slice(1)))), "not-a-checkpoint"],
    [
      "a root of 33 bytes",
      withBody(body.replace(rootText, toBase64(new Uint8Array(33)))),
      "not-a-checkpoint",
    ],
    ["a root in another spelling", withBody(body.replace("Hh8=", "Hh9=")), "not-a-checkpoint"],
    ["no signature", `${body}\n`, "not-a-note"],
    ["nothing", "", "not-a-note"],
  ])("[CHECKPOINT3] refused: %s", (_, tampered, error) => {
    expect(verdict(tampered, vkey)).toBe(error);
  });

  test("[CHECKPOINT3] every changed character of the note is refused", () => {
    for (let at = 0; at < text.length; at += 1) {
      const changed = text[at] === "A" ? "B" : "A";
      expect(verdict(text.slice(0, at) + changed + text.slice(at + 1), vkey), `at ${at}`).not.toBe("ok");
    }
  });

  test("[CHECKPOINT3] under another key, or a key of another kind, it is not believed", () => {
    expect(verdict(text, stranger.vkey)).toBe("wrong-key");
    expect(verdict(text, holder.vkey)).toBe("wrong-key");
    const impostor = nobleSigner(new Uint8Array(32).fill(9), vkey.name, "log");
    expect(verdict(text, impostor.vkey)).toBe("not-signed-by-key");
    expect(verifySigned(nobleCrypto, signed, stranger.vkey)).toBe(false);
    expect(verifySigned(nobleCrypto, signed, { ...vkey, kind: "holder" })).toBe(false);
    expect(verifySigned(nobleCrypto, { ...signed, size: 257 }, vkey)).toBe(false);
    // The key id is 4 bytes: who forges it still has the wrong key.
    expect(verdict(text, { ...impostor.vkey, keyId: vkey.keyId })).toBe("bad-signature");
  });

  test("[CHECKPOINT2] a device signs its own logs only", () => {
    expect(() => signCheckpoint(stranger, checkpoint)).toThrow("invariant");
    expect(() => signCheckpoint(holder, checkpoint)).toThrow("invariant");
    expect(() => formatCheckpoint(signed, stranger.vkey)).toThrow("invariant");
    expect(() => signCheckpoint(signer, { ...checkpoint, origin: vkey.name })).toThrow("invariant");
  });

  test.each([{ size: -1 }, { size: 0.5 }, { size: 2 ** 53 }, { root: new Uint8Array(31) }, { origin: "x" }])(
    "[CHECKPOINT1] %j is a broken invariant",
    (change) => {
      expect(() => checkpointText({ ...checkpoint, ...change })).toThrow("invariant");
    },
  );

  test("[CHECKPOINT1] parse(format(checkpoint)) for any size and root", () => {
    const anyRoot = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(fc.maxSafeNat(), anyRoot, (size, bytes) => {
        const any = signCheckpoint(signer, { ...checkpoint, size, root: bytes });
        const parsed = parseCheckpoint(formatCheckpoint(any, vkey));
        expect(parsed.ok && verifyCheckpoint(nobleCrypto, parsed.value, vkey)).toEqual({
          ok: true,
          value: any,
        });
      }),
      { numRuns: 30 },
    );
  });
});
