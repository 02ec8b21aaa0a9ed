import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8Encode } from "./bytes.ts";
import {
  canonicalText,
  decodeCanonical,
  encodeCanonical,
  entryJsonLimits,
  type Json,
} from "./canonical-json.ts";

const unbounded = { levelsMax: 1_000, membersMax: 100_000 };

/** RFC 8785 by its definition, for values without fractions: sorted by UTF-16 units, the runtime's escapes. */
function naiveText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(naiveText).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${naiveText(member)}`).join(",")}}`;
}

function read(text: string) {
  return decodeCanonical(utf8Encode(text));
}

// Keys that JavaScript objects treat in their own way: numbers come first, __proto__ is special in literals.
const key = fc.oneof(
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toJSON",
    "0",
    "2",
    "10",
    "01",
    "-1",
    "",
    "a",
    "b",
    "€",
    "𝄞",
    "\ufb01",
  ),
  fc.string({ unit: "binary", maxLength: 4 }),
);
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 6, depthSize: "small" },
    fc.constantFrom(null, true, false, 0, 1, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER),
    fc.maxSafeInteger(),
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.constantFrom('"', "\\", "\\ud800", "\u0000\b\t\n\f\r\u001f\u007f", "\u2028\u2029", "</script>"),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(key, tie("json"), { maxKeys: 4 }),
  ),
}));

describe("writing", () => {
  test.each<[Json, string]>([
    [null, "null"],
    [[], "[]"],
    [{}, "{}"],
    [{ b: 1, a: [true, false, null] }, '{"a":[true,false,null],"b":1}'],
    [{ "10": 1, "2": 2, "": 0 }, '{"":0,"10":1,"2":2}'],
    // U+1D11E is two units from 0xD834, so it comes before U+FB01.
    [{ "\ufb01": 1, "𝄞": 2, "€": 3 }, '{"€":3,"𝄞":2,"\ufb01":1}'],
    ['"\\/\b\f\n\r\t\u0001\u007f\u2028', '"\\"\\\\/\\b\\f\\n\\r\\t\\u0001\u007f\u2028"'],
    [-9007199254740991, "-9007199254740991"],
  ])("[JSON1] %j", (value, text) => {
    expect(canonicalText(value)).toEqual({ ok: true, value: text });
    expect(read(text)).toEqual({ ok: true, value });
  });

  test.each<[Json, string]>([
    [0.5, "number-not-safe-integer"],
    [-0, "number-not-safe-integer"],
    [2 ** 53, "number-not-safe-integer"],
    [Number.NaN, "number-not-safe-integer"],
    [Number.POSITIVE_INFINITY, "number-not-safe-integer"],
    ["\ud800", "lone-surrogate"],
    [["a\udc00b"], "lone-surrogate"],
    [{ "\udfff": 1 }, "lone-surrogate"],
  ])("[JSON2] %j cannot be written", (value, error) => {
    expect(encodeCanonical(value)).toEqual({ ok: false, error });
  });
});

describe("reading", () => {
  test.each([
    [" 1", "not-canonical"],
    ["1 ", "not-canonical"],
    ["[1, 2]", "not-canonical"],
    ['{"a": 1}', "not-canonical"],
    ['{"b":1,"a":2}', "not-canonical"],
    ['{"a":1,"a":1}', "not-canonical"],
    ['{"a":1,"b":2,"a":1}', "not-canonical"],
    ['{"2":0,"10":0}', "not-canonical"],
    ['{"\ufb01":1,"𝄞":2}', "not-canonical"],
    ['{"__proto__":1,"__proto__":1}', "not-canonical"],
    ['"\\u0041"', "not-canonical"],
    ['"\\/"', "not-canonical"],
    ['"\\u000a"', "not-canonical"],
    ['"\\u001F"', "not-canonical"],
    ['"\\ud834\\udd1e"', "not-canonical"],
    ['"\\ud834"', "lone-surrogate"],
    ['{"\\udd1e":0}', "lone-surrogate"],
    ["1e0", "not-canonical"],
    ["1.0", "not-canonical"],
    ["-0", "number-not-safe-integer"],
    ["0.1", "number-not-safe-integer"],
    ["1e400", "number-not-safe-integer"],
    ["9007199254740993", "number-not-safe-integer"],
    ["01", "not-json"],
    ["+1", "not-json"],
    ["NaN", "not-json"],
    ["'a'", "not-json"],
    ['"\n"', "not-json"],
    ["[1,]", "not-json"],
    ["\ufeff1", "not-json"],
    ["", "not-json"],
    ["1\n2", "not-json"],
  ])("[JSON3] %j is refused", (text, error) => {
    expect(read(text)).toEqual({ ok: false, error });
  });

  test("[JSON3] a text that holds a backslash before ud is no lone surrogate", () => {
    expect(read('"\\\\ud800"')).toEqual({ ok: true, value: "\\ud800" });
  });

  test("[JSON3] __proto__ is a member like any other and changes no prototype", () => {
    const result = read('{"__proto__":{"polluted":true}}');
    expect(result.ok && Object.keys(result.value ?? {})).toEqual(["__proto__"]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test("[JSON3] bytes that are not UTF-8 are refused", () => {
    expect(decodeCanonical(Uint8Array.of(0x22, 0xff, 0x22))).toEqual({ ok: false, error: "not-utf8" });
  });
});

describe("limits", () => {
  const lists = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
  const zeros = (count: number): string => `[${Array(count).fill(0).join(",")}]`;
  const members = (count: number, from = 100_000): string =>
    `{${Array.from({ length: count }, (_, i) => `"${from + i}":0`).join(",")}}`;

  test.each([
    ["8 lists in one another", lists(8), null],
    ["9 lists in one another", lists(9), "too-deep"],
    ["a million lists in one another", lists(1_000_000), "too-deep"],
    ["8 objects in one another", `${'{"a":'.repeat(7)}{}${"}".repeat(7)}`, null],
    ["9 objects in one another", `${'{"a":'.repeat(8)}{}${"}".repeat(8)}`, "too-deep"],
    ["256 items", zeros(256), null],
    ["257 items", zeros(257), "too-many-members"],
    ["256 members", members(256), null],
    ["257 members", members(257), "too-many-members"],
  ])("[JSON4] %s", (_, text, error) => {
    const result = read(text);
    expect(result.ok ? null : result.error).toBe(error);
  });

  test("[JSON4] a text at the deepest level and a caller's own limits", () => {
    expect(read(`${"[".repeat(8)}"a"${"]".repeat(8)}`).ok).toBe(true);
    expect(decodeCanonical(utf8Encode(lists(9)), { ...entryJsonLimits, levelsMax: 9 }).ok).toBe(true);
    expect(decodeCanonical(utf8Encode("[]"), { levelsMax: 0, membersMax: 9 }).ok).toBe(false);
    expect(canonicalText([1, 2], { levelsMax: 1, membersMax: 1 })).toEqual({
      ok: false,
      error: "too-many-members",
    });
  });
});

describe("properties", () => {
  test("[JSON1] the text is that of the definition, and reads back as the same value", () => {
    fc.assert(
      fc.property(json, (value) => {
        const bytes = encodeCanonical(value, unbounded);
        expect(bytes).toEqual({ ok: true, value: utf8Encode(naiveText(value)) });
        const back = bytes.ok ? decodeCanonical(bytes.value, unbounded) : bytes;
        expect(back.ok && naiveText(back.value)).toBe(naiveText(value));
      }),
      { numRuns: 500 },
    );
  });

  test("[JSON3] a text is read exactly when it is the canonical text of what it says", () => {
    // Members as they happen to stand: sometimes in order, often not.
    fc.assert(
      fc.property(json, (value) => {
        const text = JSON.stringify(value);
        const isCanonical = text === naiveText(value);
        expect(decodeCanonical(utf8Encode(text), unbounded).ok).toBe(isCanonical);
      }),
      { numRuns: 500 },
    );
  });

  test("[JSON3] any changed text that is still read has a text of its own", () => {
    fc.assert(
      fc.property(
        json,
        fc.nat(),
        fc.constantFrom("", " ", "0", '"', "\\", "-", "e", "]", "a"),
        (value, n, put) => {
          const text = naiveText(value);
          const at = n % text.length;
          const changed = text.slice(0, at) + put + text.slice(at + 1);
          // A cut pair of surrogates has no bytes of its own.
          fc.pre(changed.isWellFormed());
          const result = decodeCanonical(utf8Encode(changed), unbounded);
          return !result.ok || naiveText(result.value) === changed;
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
