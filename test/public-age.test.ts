import { execFileSync } from "node:child_process";
import { createDecipheriv } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { present } from "../src/basics/assert.ts";
import { slotsOf } from "../src/site/sealing/key-table.ts";
import { ageMissing } from "./support/foreign.ts";
import { type Founded, foundRegion, valueIn } from "./support/founded.ts";
import { ShellNode } from "./support/shells.ts";

// What we wrap is opened by another's program, Debian's age, and what it gives opens the sealed body by the words of SPEC.

const missing = ageMissing();
let founded: Founded;
let node: ShellNode;

beforeAll(async () => {
  founded = foundRegion({ ukd: "hospital" });
  node = await new ShellNode(founded, "ukd").start();
  await node.takeCharter();
});
afterAll(async () => {
  await node.stop();
  rmSync(founded.dir, { recursive: true });
});

describe("Debian's age", () => {
  test("[CASE4] opens a key that we wrapped, with the identity's file, and the key opens the body", async (context) => {
    context.skip(missing !== null, missing ?? "");
    const body = { name: "Ada Probe", born: 1_900 };
    const ask = { hosted: node.hosted, case: null, mission: null, by: "nurse#7", request: "request-age" };
    const sealed = valueIn(await node.cases.seal({ ...ask, body }));
    const [slot] = slotsOf(node.house, sealed.case);
    writeFileSync(join(founded.dir, "slot.age"), present(slot, "a slot").box);
    const identity = join(founded.dir, "ukd", "keys", "ukd.box.age");
    const key = execFileSync("age", ["--decrypt", "-i", identity, join(founded.dir, "slot.age")]);
    expect(key).toHaveLength(32);
    const [log, index] = sealed.ref;
    const [bytes] = valueIn(await node.store.readLeafBytes(node.hosted.origin, index, index + 1));
    const entry = JSON.parse(Buffer.from(present(bytes, "the entry")).toString());
    const box = Buffer.from(entry.sealed, "base64");
    const additional = `holdfast/sealed/1\nrehearsal-founded\nukd/box\ncase.note/1\n${sealed.case}\n`;
    const opening = createDecipheriv("aes-256-gcm", key, box.subarray(0, 12));
    opening.setAAD(Buffer.from(additional)).setAuthTag(box.subarray(-16));
    const plain = Buffer.concat([opening.update(box.subarray(12, -16)), opening.final()]).toString();
    expect(plain.replace(/\0+$/, "")).toBe(`{"born":1900,"name":"Ada Probe"}`);
    expect(log.startsWith("ukd/box/")).toBe(true);
  });

  test("[CASE4] wraps keys that we open", async (context) => {
    context.skip(missing !== null, missing ?? "");
    const { readIdentity, unwrapKey } = await import("../src/anchor/keys/age.ts");
    const identity = present(valueIn(readIdentity(join(founded.dir, "ukd"), "ukd", "box")), "an identity");
    const key = Buffer.alloc(32, 5);
    const box = execFileSync("age", ["--encrypt", "-r", identity.recipient], { input: key });
    expect(await unwrapKey(identity, box)).toEqual(Uint8Array.from(key));
  });
});
