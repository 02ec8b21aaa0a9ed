import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ctIs, postFact, setUpSmallRegion, startHere } from "../../test/support/anchors.ts";
import { printed, sentence } from "../../test/support/evidence.ts";
import { missionBody } from "../../test/support/region.ts";
import { until } from "../../test/support/shells.ts";
import type { WhereTo } from "../site/views/board-view.ts";
import type { Anchor } from "./anchor.ts";
import { verifyText } from "./proofs/verify.ts";
import { openStore } from "./store/store-sqlite.ts";

// The commands at a running anchor, which holds its store alone: a person with a stick, a person with a question.

let dir: string;
let ukd: Anchor;
let centre: Anchor;
const at = (name: string): string => join(dir, name);
const box = (): string => at("ukd");

beforeAll(async () => {
  const region = await setUpSmallRegion();
  dir = region.dir;
  // Two anchors without a wire between them.
  for (const id of ["ukd", "duesseldorf"]) {
    const settings = JSON.parse(readFileSync(join(dir, id, "anchor.json"), "utf8"));
    writeFileSync(join(dir, id, "anchor.json"), JSON.stringify({ ...settings, dials: [] }));
  }
  ukd = await started("ukd");
  centre = await started("duesseldorf");
}, 60_000);
afterAll(async () => {
  await Promise.all([ukd.stop(), centre.stop()]);
  rmSync(dir, { recursive: true });
});

async function started(id: string): Promise<Anchor> {
  const anchor = await startHere(at(id));
  if (typeof anchor === "string") throw new Error(anchor);
  return anchor;
}

test("[DECIDE4] why a mission went where it went, asked of the anchor that runs and of a copy of its store", async () => {
  const post = async (kind: string, body: object, seen: string) => {
    const fact = {
      kind,
      by: "dispatcher#1",
      request: `request-${kind}`.replaceAll(/[./]/g, "-"),
      body,
      seen,
    };
    const { answer } = await postFact(centre.url.slice(0, -1), "duesseldorf", fact);
    if (!answer.ok) throw new Error(answer.sentence.en);
    return answer.ref;
  };
  const ref = await post("mission.opened/1", { ...missionBody, callAtMs: Date.now() }, "");
  const mission = ref.join("#");
  expect(await printed("explain", at("duesseldorf"), mission)).toMatch(
    /^Zu \S+ ist hier kein Rat festgehalten/,
  );
  const asked = await fetch(`${centre.url}api/duesseldorf/where-to?${new URLSearchParams({ mission })}`);
  const { lines, seen } = (await asked.json()) as WhereTo;
  const [best] = lines;
  await post("mission.steered/1", { mission: ref, hospital: best?.hospital, over: [ref] }, seen ?? "");
  await expect(post("decision.made/1", {}, "")).rejects.toThrow();
  const text = await printed("explain", at("duesseldorf"), mission, "--language", "en");
  expect(text).toContain(`  ${best?.text.en}\n`);
  expect(text).toContain("the same, byte for byte.");
  const json = JSON.parse(await printed("explain", at("duesseldorf"), mission, "--json"));
  expect(json).toMatchObject({
    mission,
    decisions: [{ hospital: best?.hospital, verdict: { is: "same" } }],
  });
}, 30_000);

describe("[CARRY3] a running anchor does what a command asks of its store", () => {
  test("a stick goes from one to the other and back, with the receipt", async () => {
    const { answer } = await postFact(ukd.url.slice(0, -1), "ukd", ctIs("open", "request-stick-1"));
    if (!answer.ok) throw new Error(answer.sentence.en);
    const stick = at("stick.packets");
    expect(await printed("carry", "out", box(), stick)).toMatch(/^\d+ packets, \d+ KiB, are in /);
    expect(await printed("carry", "in", at("duesseldorf"), stick)).toMatch(
      /Taken in: 2 entries of 1 logs, 1 sites; \d+ packets were held already\.$/m,
    );
    const origin = `holdfast/1/rehearsal-small/${answer.ref[0]}`;
    const heldBy = (anchor: Anchor): number =>
      anchor.house.receipts.newest.get(origin)?.get("duesseldorf/box")?.size ?? 0;
    await until(() => heldBy(centre) === 2, "the centre confirms what was carried");
    const back = at("back.packets");
    await printed("carry", "out", at("duesseldorf"), back, "--to", "ukd/box");
    await printed("carry", "in", box(), back);
    await until(() => heldBy(ukd) === 2, "the hospital reads that the centre holds it");
    const proof = await printed("prove", box(), `${answer.ref[0]}#1`);
    const verdict = verifyText(proof, await printed("keys", box()));
    expect(verdict.ok ? verdict.value : verdict.error).toContain("duesseldorf/box/holder");
  }, 60_000);

  test("codes too, as a reader prints them", async () => {
    await postFact(ukd.url.slice(0, -1), "ukd", ctIs("full", "request-codes-1"));
    const page = at("codes.html");
    expect(await printed("carry", "show", box(), page, "--to", "duesseldorf/box", "--site", "ukd")).toMatch(
      /packets are \d+ codes in /,
    );
    expect(readFileSync(page, "utf8")).toContain("<svg");
  }, 30_000);

  test("what was carried before is left out for whom it was confirmed, and by age", async () => {
    const all = at("all.packets");
    const some = at("some.packets");
    const count = (text: string): number => Number(/^(\d+) packets/.exec(text)?.[1]);
    const whole = count(await printed("carry", "out", at("duesseldorf"), all));
    expect(
      count(await printed("carry", "out", at("duesseldorf"), some, "--to", "duesseldorf/box")),
    ).toBeLessThan(whole);
    const old = await printed(
      "carry",
      "out",
      at("duesseldorf"),
      some,
      "--site",
      "ukd",
      "--minutes",
      "0.00001",
    );
    expect(count(old)).toBeLessThan(whole);
  }, 30_000);

  test("the box is its owner's, and holds nothing afterwards", () => {
    expect(readdirSync(join(box(), "errands"))).toEqual([]);
  });
});

describe("[CARRY4] a stick that is no good is one sentence, and leaves nothing behind", () => {
  test.each([
    ["nothing", "", "holds no packets and no codes of Holdfast."],
    ["a letter", "Dear colleague,\n", "holds no packets and no codes of Holdfast."],
    ["a later format", "holdfast/packets/2\nAQID\n", "holds no packets and no codes of Holdfast."],
    ["half a line", "holdfast/packets/1\nAQID", ", line 2: damaged."],
    ["a line that is no base64", "holdfast/packets/1\n*QID\n", ", line 2: damaged."],
    ["a packet that is none", "holdfast/packets/1\nAQID\n", ", line 2: damaged."],
    ["bytes that are no text", Buffer.from([0xff, 0xfe, 0x0a]), ", line 1: damaged."],
    ["a picture's worth of bytes", Buffer.alloc(3_000_000, 0x61), ", line 1: damaged."],
  ])(
    "%s",
    async (_, content, said) => {
      const file = at("bad.packets");
      writeFileSync(file, content);
      const before = ukd.house.vector.digest();
      expect(await sentence("carry", "in", box(), file)).toContain(said);
      expect(ukd.house.vector.digest()).toBe(before);
    },
    30_000,
  );

  test("a file or folder that is not there", async () => {
    expect(await sentence("carry", "in", box(), at("none"))).toBe(`${at("none")} cannot be read.`);
    expect(await sentence("carry", "out", box(), at("none/stick"))).toContain("cannot be written");
    expect(await sentence("carry", "out", at("none"), at("stick"))).toContain("the folder of no anchor");
    expect(existsSync(at("none"))).toBe(false);
  }, 30_000);

  test("options that say nothing", async () => {
    expect(await sentence("carry", "out", box(), at("x"), "--to", "ukd")).toContain("is no device");
    expect(await sentence("carry", "out", box(), at("x"), "--minutes", "soon")).toContain(
      "--minutes is a number",
    );
    expect(await sentence("carry", "out", box(), at("x"), "--site", "A B")).toContain("A site is named");
    expect(await sentence("carry", "out", box(), at("x"), "--nonsense")).toContain("--nonsense");
    expect(await sentence("carry", "away", box(), at("x"))).toContain("usage: holdfast carry");
    expect(await sentence("carry", "in", box())).toContain("usage: holdfast carry");
  });

  test("a box that a killed anchor left behind holds up nobody", async () => {
    const left = at("left");
    mkdirSync(join(left, "errands"), { recursive: true });
    writeFileSync(join(left, "anchor.json"), readFileSync(join(box(), "anchor.json")));
    const made = openStore(join(left, "store.db"));
    if (made.ok) made.value.close();
    expect(await printed("carry", "out", left, at("left.packets"))).toContain("0 packets");
    expect(readdirSync(join(left, "errands"))).toEqual([]);
  });

  test("an anchor that does not run takes nothing in", async () => {
    const idle = at("idle");
    mkdirSync(idle);
    writeFileSync(join(idle, "anchor.json"), readFileSync(join(box(), "anchor.json")));
    const made = openStore(join(idle, "store.db"));
    if (made.ok) made.value.close();
    expect(await sentence("carry", "in", idle, at("stick.packets"))).toContain("start it first");
  });
});
