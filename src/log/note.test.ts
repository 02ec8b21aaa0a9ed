import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatNote, type Note, noteBytesMax, noteSignaturesMax, parseNote } from "./note.ts";

const keyId = Uint8Array.of(1, 2, 3, 4);
const line = "— example.com/log AQIDBAUG\n";
const note: Note = {
  text: "one\n\nthree\n",
  signatures: [{ name: "example.com/log", keyId, signature: Uint8Array.of(5, 6) }],
};

describe("signed notes", () => {
  test("[NOTE1] text, an empty line, signature lines", () => {
    expect(formatNote(note)).toBe(`one\n\nthree\n\n${line}`);
    expect(parseNote(`one\n\nthree\n\n${line}`)).toEqual({ ok: true, value: note });
  });

  test("[NOTE1] the last empty line parts text and signatures", () => {
    const parsed = parseNote(`a\n\n\n${line}`);
    expect(parsed.ok && parsed.value.text).toBe("a\n\n");
  });

  test("[NOTE1] several signatures, of the same key too, keep their order", () => {
    const parsed = parseNote(`a\n\n${line}— b AQIDBAc=\n${line}`);
    expect(parsed.ok && parsed.value.signatures.map((signature) => signature.name)).toEqual([
      "example.com/log",
      "b",
      "example.com/log",
    ]);
  });

  test.each([
    ["nothing", ""],
    ["no signature", "a\n\n"],
    ["no empty line", `a\n${line}`],
    ["no text", `\n${line}`],
    ["no final newline", `a\n\n${line.slice(0, -1)}`],
    ["an empty line at the end", `a\n\n${line}\n`],
    ["text after the signatures", `a\n\n${line}b\n`],
    ["a hyphen for the dash", `a\n\n${line.replace("—", "-")}`],
    ["two spaces", `a\n\n${line.replace("— ", "—  ")}`],
    ["a space at the end", `a\n\n${line.replace("\n", " \n")}`],
    ["no name", "a\n\n— AQIDBAUG\n"],
    ["a plus in the name", `a\n\n${line.replace("/log", "+log")}`],
    ["a no-break space in the name", `a\n\n${line.replace("/log", "\u00a0log")}`],
    ["an ideographic space in the name", `a\n\n${line.replace("/log", "\u3000log")}`],
    ["a next-line character in the name", `a\n\n${line.replace("/log", "\u0085log")}`],
    ["no signature after the key id", "a\n\n— b AQIDBA==\n"],
    ["half a key id", "a\n\n— b AQI=\n"],
    ["no base64", "a\n\n— b AQIDBAU*\n"],
    ["base64 without padding", "a\n\n— b AQIDBAc\n"],
    ["base64 with unused bits set", "a\n\n— b AQIDBAd=\n"],
    ["a carriage return", `a\r\n\n${line}`],
    ["a tab in the text", `a\tb\n\n${line}`],
    ["a zero in the text", `a\u0000\n\n${line}`],
    ["half a surrogate pair", `\ud800\n\n${line}`],
  ])("[NOTE1] refused: %s", (_, text) => {
    expect(parseNote(text)).toEqual({ ok: false, error: "not-a-note" });
  });

  test("[NOTE2] 64 signatures are read, 65 are not", () => {
    expect(parseNote(`a\n\n${line.repeat(noteSignaturesMax)}`).ok).toBe(true);
    const more = parseNote(`a\n\n${line.repeat(noteSignaturesMax + 1)}`);
    expect(more).toEqual({ ok: false, error: "note-too-large" });
  });

  test("[NOTE2] 131,072 bytes are read, one more is not, and bytes are counted", () => {
    const rest = `\n\n${line}`;
    const restBytes = rest.length + 2;
    expect(parseNote("x".repeat(noteBytesMax - restBytes) + rest).ok).toBe(true);
    const tooLarge = { ok: false, error: "note-too-large" };
    expect(parseNote("x".repeat(noteBytesMax - restBytes + 1) + rest)).toEqual(tooLarge);
    expect(parseNote("ä".repeat(noteBytesMax / 2) + rest)).toEqual(tooLarge);
  });

  test("[NOTE2] 16 signatures of 5 kB fit", () => {
    const signature = new Uint8Array(5_000).fill(0xff);
    const large = { text: "a\n", signatures: Array(16).fill({ name: "b", keyId, signature }) };
    expect(parseNote(formatNote(large))).toEqual({ ok: true, value: large });
  });

  test("[NOTE1] a note that could not be read again is a broken invariant", () => {
    expect(() => formatNote({ ...note, text: "no newline" })).toThrow("invariant");
    expect(() => formatNote({ ...note, signatures: [] })).toThrow("invariant");
  });

  test("[NOTE1] parse(format(note)), and any text throws nothing", () => {
    const characters = fc.string({ unit: fc.constantFrom("a", "ä", "€", "𝄞", " ", "—", "\n") });
    const signatures = fc.array(
      fc.record({
        name: fc.stringMatching(/^[a-z0-9./-]{1,20}$/),
        keyId: fc.uint8Array({ minLength: 4, maxLength: 4 }),
        signature: fc.uint8Array({ minLength: 1, maxLength: 80 }),
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(characters, signatures, (text, lines) => {
        const any: Note = { text: `${text}\n`, signatures: lines };
        expect(parseNote(formatNote(any))).toEqual({ ok: true, value: any });
        const again = parseNote(text);
        return !again.ok || formatNote(again.value) === text;
      }),
    );
  });
});
