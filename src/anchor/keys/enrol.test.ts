import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { valueIn } from "../../../test/support/founded.ts";
import { formatVkey } from "../../log/vkey.ts";
import { readIdentity } from "./age.ts";
import { addRecipient, initDevice, parseRequestLine } from "./enrol.ts";
import { readKeys } from "./keys.ts";

const folder = mkdtempSync(join(tmpdir(), "holdfast-enrol-"));
afterAll(() => rmSync(folder, { recursive: true }));

const device = { region: "rehearsal-x", site: "ukd", device: "box", roles: ["anchor"] } as const;
const made = initDevice(folder, device);
const line = made.ok ? made.value : "";
const words = line.split(" ");

describe("[ENROL1] a device's request", () => {
  test("is one line with its names, roles and both keys, and no secret", () => {
    const keys = readKeys(folder, "rehearsal-x", "ukd", "box");
    if (!keys.ok) throw new Error(keys.error);
    const { signer, holder } = keys.value;
    expect(words).toEqual([
      "holdfast-request/1",
      "rehearsal-x",
      "ukd",
      "box",
      "anchor",
      formatVkey(signer.vkey),
      formatVkey(holder.vkey),
      valueIn(readIdentity(folder, "ukd", "box"))?.recipient,
    ]);
  });

  test("is read as what it was, however it was carried", () => {
    const request = { ...device, key: words[5], holder: words[6], recipient: words[7] };
    for (const carried of [line, `${line}\n`, `  ${line}\r\n`]) {
      expect(parseRequestLine(carried)).toEqual({ ok: true, value: request });
    }
  });

  test("of a device without a recipient, as older ones print it, is read too", () => {
    expect(parseRequestLine(words.slice(0, 7).join(" "))).toMatchObject({ value: { recipient: null } });
  });

  test("names several roles with commas", () => {
    const asked = initDevice(folder, { ...device, device: "tablet", roles: ["mobile", "pocket"] });
    expect(asked.ok && parseRequestLine(asked.value)).toMatchObject({
      value: { roles: ["mobile", "pocket"] },
    });
  });

  test("a second one in the same folder is refused: its keys stay", () => {
    expect(initDevice(folder, device).ok).toBe(false);
    expect(parseRequestLine(line).ok).toBe(true);
  });
});

describe("[ENROL3] a device that was made before there were sealed bodies", () => {
  const older = { ...device, device: "older" };
  const before = valueIn(initDevice(folder, older));
  const keyFile = join(folder, "keys", "ukd.older.json");
  const keys = readFileSync(keyFile, "utf8");
  rmSync(join(folder, "keys", "ukd.older.age"));

  test("is given an identity, and the line says its own keys with the new recipient", () => {
    const asked = valueIn(addRecipient(folder, older)).split(" ");
    const recipient = valueIn(readIdentity(folder, "ukd", "older"))?.recipient;
    expect(asked).toEqual([...before.split(" ").slice(0, 7), recipient]);
    expect(asked.at(-1)).not.toBe(before.split(" ").at(-1));
    expect(readFileSync(keyFile, "utf8")).toBe(keys);
  });

  test("asked again it says the same line; who has no keys gets none", () => {
    expect(addRecipient(folder, older)).toEqual(addRecipient(folder, older));
    expect(addRecipient(folder, device)).toEqual(made);
    expect(addRecipient(folder, { ...device, device: "nobody" }).ok).toBe(false);
  });
});

describe("[ENROL2] garbage is refused with a sentence", () => {
  function without(place: number): string {
    return words.filter((_, at) => at !== place).join(" ");
  }
  function withWord(place: number, word: string): string {
    return words.map((one, at) => (at === place ? word : one)).join(" ");
  }
  test.each([
    ["nothing", ""],
    ["something else", "dear authority, please let me in"],
    ["another version", withWord(0, "holdfast-request/2")],
    ["a missing word", without(3)],
    ["a missing key", without(6)],
    ["two missing keys", words.slice(0, 6).join(" ")],
    ["one word more", `${line} more`],
    ["two spaces", line.replace(" ", "  ")],
    ["a site that is no name", withWord(2, "UKD")],
    ["a region that is no name", withWord(1, "x".repeat(33))],
    ["no role", withWord(4, "")],
    ["an unknown role", withWord(4, "anchor,king")],
    ["a role of another object", withWord(4, "toString")],
  ])("%s", (_, text) => {
    expect(parseRequestLine(text)).toEqual({
      ok: false,
      error: `Not a request line of a device: "${text.slice(0, 60)}"`,
    });
  });

  test("a recipient that is none", () => {
    expect(parseRequestLine(withWord(7, `${words[7]}q`))).toMatchObject({
      error: expect.stringContaining("no recipient of age"),
    });
  });
});
