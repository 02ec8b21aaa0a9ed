import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { postFact, type SmallRegion, setUpSmallRegion, startHere } from "../../../test/support/anchors.ts";
import { holdfast } from "../../../test/support/holdfast.ts";
import { until } from "../../../test/support/shells.ts";
import type { Anchor } from "../anchor.ts";
import { runCaseCommand } from "./case-commands.ts";
import { isSameMachine } from "./case-door.ts";

// The door of cases and the commands that use it, at real anchors: a hospital and a control centre.

let region: SmallRegion;
let ukd: Anchor;
let centre: Anchor;

beforeAll(async () => {
  region = await setUpSmallRegion();
  const start = async (id: string): Promise<Anchor> => {
    const anchor = await startHere(region.dirOf(id), []);
    if (typeof anchor === "string") throw new Error(anchor);
    return anchor;
  };
  centre = await start("duesseldorf");
  ukd = await start("ukd");
  await until(() => ukd.house.established.size > 0, "the two are linked");
});
afterAll(async () => {
  await ukd.stop();
  await centre.stop();
  rmSync(region.dir, { recursive: true });
});

const run = (verb: string, args: readonly string[], body = "") =>
  runCaseCommand([verb, region.dirOf("ukd"), "--site", "ukd", ...args], () => body);
const nurse = ["--by", "nurse#107"];

async function sealed(body: string, ...args: readonly string[]): Promise<string> {
  const result = await run("seal", [...nurse, ...args], body);
  if (!result.ok) throw new Error(result.error);
  return result.value.split(" ")[0] ?? "";
}

describe("[CASE2] the commands", () => {
  test("seal, share, open, list and erase a case", async () => {
    const id = await sealed(`{"name":"Ada Probe"}`);
    expect(await sealed(`{"bed":"3"}`, "--case", id)).toBe(id);
    const opened = await run("open", [id]);
    const bodies = opened.ok
      ? opened.value
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line).body)
      : opened;
    expect(bodies).toEqual([{ name: "Ada Probe" }, { bed: "3" }]);
    expect(await run("share", [...nurse, "--to", "duesseldorf", id])).toEqual({
      ok: true,
      value: "duesseldorf may read it.",
    });
    await until(() => centre.house.keys.byCase.get(id)?.size === 2, "the centre has its key");
    const there = await runCaseCommand(
      ["open", region.dirOf("duesseldorf"), "--site", "duesseldorf", id],
      () => "",
    );
    expect(there).toMatchObject({ ok: true, value: expect.stringContaining("Ada Probe") });
    expect(await run("list", [])).toEqual({ ok: true, value: `${id} 2 sealed: readable\n` });
    const erased = await run("erase", [...nurse, id]);
    expect(erased).toMatchObject({ ok: true, value: expect.stringMatching(/^Erased\. Confirmed by ukd\//) });
    await until(() => centre.house.keys.erased.has(id), "the centre has erased");
    expect(await run("open", [id])).toMatchObject({ ok: true, value: expect.stringContaining("Erased.") });
    expect(await run("seal", [...nurse, "--case", id], "{}")).toMatchObject({ ok: false });
  });

  test.each([
    ["a body that is no object", "seal", nurse, "[1]", "one JSON object on standard input"],
    ["nobody who speaks", "seal", [], "{}", "usage: holdfast case seal"],
    ["a role of another site", "seal", ["--by", "dispatcher#1"], "{}", "no role of this site"],
    ["a fraction", "seal", nurse, `{"a":0.5}`, "cannot be sealed"],
    ["a case that nobody knows", "open", [`ukd/${"0".repeat(64)}`], "", "does not know this case"],
    ["a word that is no case", "open", ["ukd"], "", "incomplete"],
    ["another verb", "burn", [], "", "usage: holdfast case"],
  ])("%s is one sentence", async (_what, verb, args, body, sentence) => {
    expect(await run(verb, args, body)).toMatchObject({
      ok: false,
      error: expect.stringContaining(sentence),
    });
  });

  test("where no anchor runs, that is said; nothing of a body is in what is printed", async () => {
    const ended = await holdfast(["case", "open", region.dirOf("wuppertal"), "--site", "wuppertal", "x"]);
    expect(ended).toMatchObject({ code: 1, err: expect.stringContaining("start it first") });
  });
});

describe("[CASE1] the door", () => {
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${ukd.url}api/ukd/cases/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify(body),
    });

  test.each([
    ["", undefined, false],
    ["127.0.0.1", "127.0.0.1", true],
    ["127.8.0.1", "127.0.0.1", true],
    ["::ffff:127.0.0.1", "::ffff:127.0.0.1", true],
    ["::1", "::1", true],
    ["10.0.0.7", "10.0.0.7", true],
    ["10.0.0.8", "10.0.0.7", false],
    ["::ffff:10.0.0.8", "::ffff:127.0.0.1", false],
    ["2001:db8::127.0.0.1", "2001:db8::1", false],
  ])("asked from %s at %s: own machine %s", (remoteAddress, localAddress, isOwn) => {
    expect(isSameMachine({ remoteAddress, localAddress })).toBe(isOwn);
  });

  test("answers no page of another origin and nothing that is no request; what it tells is not kept by a browser", async () => {
    expect((await post("open", {}, { Origin: "http://evil.example" })).status).toBe(403);
    const refused = await post("open", {});
    expect([refused.status, refused.headers.get("cache-control")]).toEqual([400, "no-store"]);
    expect((await fetch(`${ukd.url}api/nobody/cases`)).status).toBe(404);
  });

  test("[CASE3] the boards' door for facts takes nothing of a case", async () => {
    const fact = { kind: "case.erased/1", body: { case: `ukd/${"0".repeat(64)}` }, by: "nurse#7" };
    const { status, answer } = await postFact(ukd.url.replace(/\/$/, ""), "ukd", {
      ...fact,
      request: "request-case",
    });
    expect([status, answer]).toMatchObject([422, { code: "not-yours-to-say" }]);
  });
});
