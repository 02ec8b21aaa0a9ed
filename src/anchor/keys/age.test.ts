import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { valueIn } from "../../../test/support/founded.ts";
import { isRecipient, makeIdentity, readIdentity, unwrapKey, wrapKey } from "./age.ts";

const dir = mkdtempSync(join(tmpdir(), "holdfast-age-"));
const identity = valueIn(makeIdentity(dir, "ukd", "box"));
const file = join(dir, "keys", "ukd.box.age");
const key = Uint8Array.from({ length: 32 }, (_, i) => i);

afterAll(() => rmSync(dir, { recursive: true }));

describe("[KEYS4] a device's age identity", () => {
  test("lies in a file of its owner alone, as the program age reads it, and is never overwritten", () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "utf8")).toBe(`# public key: ${identity.recipient}\n${identity.text}\n`);
    expect(valueIn(readIdentity(dir, "ukd", "box"))).toEqual(identity);
    expect(makeIdentity(dir, "ukd", "box").ok).toBe(false);
    expect(valueIn(readIdentity(dir, "ukd", "box"))).toEqual(identity);
  });

  test("a device without one has none; a file that holds none is a sentence", () => {
    expect(valueIn(readIdentity(dir, "ukd", "tablet"))).toBeNull();
    writeFileSync(join(dir, "keys", "ukd.desk.age"), identity.text.replace(/.$/, "B"));
    const other = identity.text.endsWith("Q") ? "P" : "Q";
    writeFileSync(join(dir, "keys", "ukd.phone.age"), identity.text.replace(/.$/, other));
    for (const device of ["desk", "phone"])
      expect(readIdentity(dir, "ukd", device)).toMatchObject({
        error: expect.stringContaining("no identity"),
      });
  });

  test("keys that are wrapped to it open with it, and with no other", async () => {
    const box = await wrapKey(key, identity.recipient);
    const other = valueIn(makeIdentity(dir, "evk", "box"));
    expect(box && (await unwrapKey(identity, box))).toEqual(key);
    expect(box && (await unwrapKey(other, box))).toBeNull();
    expect(box && (await unwrapKey(identity, box.slice(0, -1)))).toBeNull();
    expect(await wrapKey(key, "age1nothing")).toBeNull();
    expect(isRecipient(identity.recipient.replace(/.$/, (last) => (last === "q" ? "p" : "q")))).toBe(false);
  });
});
