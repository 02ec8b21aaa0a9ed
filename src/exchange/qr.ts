import { assert, present } from "../basics/assert.ts";
import { fromBase45, toBase45 } from "../basics/base45.ts";
import { concatBytes, equalBytes, toHex, utf8Encode } from "../basics/bytes.ts";
import { err, ok, type Result } from "../basics/result.ts";
import type { Sha256 } from "../log/crypto.ts";

/*
 * Bytes as a sequence of QR codes (SPEC, Codes). The text of one code, all of it characters that a code holds densely:
 * `HF1/<part>/<parts>/<id>/` and in base45 the part's bytes and a checksum of the text before them and of the bytes.
 */

/** Characters of one code: a hand-held camera reads it from a screen. */
export const qrCharactersMax = 1_200;
/** More than this is carried on a stick. */
export const qrPartsMax = 200;

/** How the text of every code begins. */
export const qrPrefix = "HF1/";

const checksumBytes = 4;
const idBytes = 6;
const headPattern = /^(HF1\/([1-9][0-9]{0,2})\/([1-9][0-9]{0,2})\/([0-9A-F]{12})\/)(.*)$/;
const headCharactersMax = `${qrPrefix}${qrPartsMax}/${qrPartsMax}/${"0".repeat(2 * idBytes)}/`.length;
/** Bytes of one part beside its checksum. */
export const qrPartBytesMax = 2 * Math.floor((qrCharactersMax - headCharactersMax) / 3) - checksumBytes;

export type QrRefusal =
  /** Some other code: of a parcel, of a vaccination. */
  | "not-ours"
  /** One of ours, misread. */
  | "damaged"
  /** A part of another sequence than the one that was begun. */
  | "another-sequence";

/** The codes of these bytes. "too-large": more than {@link qrPartsMax} codes. */
export function qrTexts(sha256: Sha256, bytes: Uint8Array): Result<readonly string[], "too-large"> {
  const parts = Math.max(1, Math.ceil(bytes.length / qrPartBytesMax));
  if (parts > qrPartsMax) return err("too-large");
  const id = idOf(sha256, bytes);
  return ok(
    Array.from({ length: parts }, (_, at) => {
      const head = `${qrPrefix}${at + 1}/${parts}/${id}/`;
      const part = bytes.subarray(at * qrPartBytesMax, (at + 1) * qrPartBytesMax);
      const text = `${head}${toBase45(concatBytes(part, checksumOf(sha256, head, part)))}`;
      assert(text.length <= qrCharactersMax, "a code within its limit");
      return text;
    }),
  );
}

/** Collects the codes of one sequence, in any order and however often each is seen. */
export type QrReader = {
  /** "known" was taken before. What is refused changes nothing. */
  readonly take: (text: string) => Result<"new" | "known", QrRefusal>;
  /** Numbers of the parts that are still to be seen, from 1; null before the first code. */
  readonly missing: () => readonly number[] | null;
  /** All the bytes once no part is missing; null before that. */
  readonly whole: () => Uint8Array | null;
};

export function newQrReader(sha256: Sha256): QrReader {
  let sequence: { readonly parts: number; readonly id: string } | null = null;
  let taken = new Map<number, Uint8Array>();

  const missing = (): readonly number[] | null =>
    sequence === null
      ? null
      : Array.from({ length: sequence.parts }, (_, at) => at + 1).filter((part) => !taken.has(part));

  return {
    take: (text) => {
      const code = readCode(sha256, text);
      if (!code.ok) return code;
      const { part, parts, id, bytes } = code.value;
      if (sequence !== null && (sequence.id !== id || sequence.parts !== parts))
        return err("another-sequence");
      if (taken.has(part)) return ok("known");
      sequence = { parts, id };
      taken.set(part, bytes);
      if (missing()?.length === 0 && idOf(sha256, inOrder(taken, parts)) !== id) {
        // Each part was sound, together they are not what the id says: two sequences had one id.
        sequence = null;
        taken = new Map();
        return err("damaged");
      }
      return ok("new");
    },
    missing,
    whole: () => (sequence !== null && missing()?.length === 0 ? inOrder(taken, sequence.parts) : null),
  };
}

type Code = {
  readonly part: number;
  readonly parts: number;
  readonly id: string;
  readonly bytes: Uint8Array;
};

function readCode(sha256: Sha256, text: string): Result<Code, "not-ours" | "damaged"> {
  if (!text.startsWith(qrPrefix)) return err("not-ours");
  const [, head, partText, partsText, id = "", base45 = ""] = headPattern.exec(text) ?? [];
  const bytes = text.length <= qrCharactersMax ? fromBase45(base45) : err("damaged");
  if (head === undefined || !bytes.ok || bytes.value.length < checksumBytes) return err("damaged");
  const [part, parts] = [Number(partText), Number(partsText)];
  const body = bytes.value.slice(0, -checksumBytes);
  const isSound = equalBytes(checksumOf(sha256, head, body), bytes.value.slice(-checksumBytes));
  return isSound && part <= parts && parts <= qrPartsMax
    ? ok({ part, parts, id, bytes: body })
    : err("damaged");
}

function inOrder(taken: ReadonlyMap<number, Uint8Array>, parts: number): Uint8Array {
  return concatBytes(
    ...Array.from({ length: parts }, (_, at) => present(taken.get(at + 1), "no part is missing")),
  );
}

/** Tells sequences apart and shows that one was put together rightly. */
function idOf(sha256: Sha256, bytes: Uint8Array): string {
  return toHex(sha256(bytes).slice(0, idBytes)).toUpperCase();
}

function checksumOf(sha256: Sha256, head: string, part: Uint8Array): Uint8Array {
  return sha256(concatBytes(utf8Encode(head), part)).slice(0, checksumBytes);
}
