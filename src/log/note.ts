import { assert } from "../basics/assert.ts";
import { concatBytes, fromBase64, toBase64, utf8Encode } from "../basics/bytes.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { isKeyName, keyIdBytes } from "./vkey.ts";

/** A signature line of a note. What `signature` holds after the key id depends on the key's type. */
export type NoteSignature = {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
};

/** A C2SP signed note. `text` ends in a newline; nothing is said about whether a signature is true. */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] };

export type NoteError = "not-a-note" | "note-too-large";

/** C2SP asks for at least 16 signatures of nearly 5 kB each. */
export const noteBytesMax = 131_072;
export const noteSignaturesMax = 64;

// Control characters but newline, and halves of surrogate pairs, which UTF-8 cannot hold.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to refuse
const forbidden = /[\u0000-\u0009\u000b-\u001f]/;
const signatureLine = /^— ([^ ]+) ([^ ]+)$/;

/** The text with its signatures, as one string; only for notes that {@link parseNote} takes. */
export function formatNote({ text, signatures }: Note): string {
  const note = `${text}\n${signatures.map(formatSignature).join("")}`;
  const isSigned = signatures.length > 0 && signatures.length <= noteSignaturesMax;
  assert(text.endsWith("\n") && isTextOfNote(text) && isSigned, "a note that can be parsed again");
  assert(!isTooLarge(note), "a note is not too large");
  return note;
}

/** Accepts one encoding of a note only: padded base64 with unused bits zero, one newline a line. */
export function parseNote(text: string): Result<Note, NoteError> {
  if (isTooLarge(text)) return err("note-too-large");
  if (!isTextOfNote(text)) return err("not-a-note");
  // The text may hold empty lines: the last one parts it from the signatures.
  const split = text.lastIndexOf("\n\n");
  if (split < 0 || !text.endsWith("\n")) return err("not-a-note");
  const lines = text.slice(split + 2, -1).split("\n");
  if (lines.length > noteSignaturesMax) return err("note-too-large");
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignature(line);
    if (!signature.ok) return signature;
    signatures.push(signature.value);
  }
  return ok({ text: text.slice(0, split + 1), signatures });
}

function isTooLarge(text: string): boolean {
  // A UTF-16 unit is one to three bytes.
  return text.length * 3 > noteBytesMax && utf8Encode(text).length > noteBytesMax;
}

function isTextOfNote(text: string): boolean {
  return text.isWellFormed() && !forbidden.test(text);
}

function formatSignature({ name, keyId, signature }: NoteSignature): string {
  const isWhole = isKeyName(name) && keyId.length === keyIdBytes && signature.length > 0;
  assert(isWhole, "a signature that can be parsed again");
  return `— ${name} ${toBase64(concatBytes(keyId, signature))}\n`;
}

function parseSignature(line: string): Result<NoteSignature, "not-a-note"> {
  const [, name = "", base64 = ""] = signatureLine.exec(line) ?? [];
  const bytes = fromBase64(base64);
  if (!isKeyName(name) || !bytes.ok || bytes.value.length <= keyIdBytes) return err("not-a-note");
  const keyId = bytes.value.slice(0, keyIdBytes);
  return ok({ name, keyId, signature: bytes.value.slice(keyIdBytes) });
}
