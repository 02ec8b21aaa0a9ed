import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { calmOwn, sampleRegion, strokeLines } from "../../../test/support/board-sample.ts";
import type { SiteType } from "../../region/choices.ts";
import type { HospitalBoardView, InboundRow } from "../../site/views/board-site-view.ts";
import { boardApi } from "./board-api.ts";
import { addSiteBoards, type SiteBoard } from "./site-boards.ts";
import { firstHub, hospitalHub } from "./site-hub.ts";

const assetsDir = mkdtempSync(join(tmpdir(), "holdfast-pages-"));
const build = "B-u_1ld";
writeFileSync(
  join(assetsDir, "hospital.html"),
  `<title>hospital</title><script type="module" crossorigin src="/assets/hospital-${build}.js"></script>`,
);
afterAll(() => rmSync(assetsDir, { recursive: true }));
afterEach(() => {
  vi.useRealTimers();
});

const host = "127.0.0.1:4000";
const clock = () => ({ wallMs: 5, monoMs: 0 });
const person = {
  number: 100,
  role: "nurse",
  name: "Anna",
  by: "nurse#100",
  sinceMs: 5,
  shiftEndsMs: 6,
};
const calm: HospitalBoardView = {
  own: calmOwn,
  capabilities: [],
  inbound: [],
  requests: [],
  outgoing: [],
  transfers: [],
};

function door(more: Partial<SiteBoard> = {}) {
  const site = (name: string, type: SiteType): SiteBoard => ({
    site: name,
    type: () => type,
    hub: () => hospitalHub({ clock }, () => calm),
    cell: (hospital, capability) => ({ hospital, capability, words: [], over: [] }),
    startShift: vi.fn(async () => person),
    newDesk: vi.fn(async () => 2),
    endShift: (number) => number === 100,
    left: vi.fn(),
    whereTo: () => null,
    people: () => [person],
    erase: (number) => number === 100,
    ...more,
  });
  const app = boardApi({ sites: new Map(), assetsDir, hosts: new Set([host]) });
  const sites = new Map([
    ["ukd", site("ukd", "hospital")],
    ["rtw-1", site("rtw-1", "ambulance")],
    ["lst-d", site("lst-d", "control-centre")],
  ]);
  addSiteBoards(app, { sites, assetsDir, isRehearsal: true });
  const ask = async (path: string, method = "GET", body?: unknown, headers: Record<string, string> = {}) =>
    app.request(`http://${host}${path}`, {
      method,
      headers: { host, ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  return { ask, ukd: sites.get("ukd") };
}

describe("[VIEW7] pages by type of site", () => {
  test.each([
    ["/hospital/ukd", 200],
    ["/hospital/rtw-1", 404],
    ["/hospital/nobody", 404],
    // The build has no such page.
    ["/crew/rtw-1", 404],
    ["/crew/ukd", 404],
  ])("%s: %i", async (path, status) => {
    expect((await door().ask(path)).status).toBe(status);
  });
});

describe("[PEOPLE4] the start of a shift", () => {
  const shift = { role: "nurse", name: "  Anna\n" };

  test("name and role give a number; the name is kept as one line", async () => {
    const { ask, ukd } = door();
    const response = await ask("/api/ukd/shift", "POST", shift);
    expect([response.status, await response.json()]).toEqual([200, { ok: true, ...person }]);
    expect(ukd?.startShift).toHaveBeenCalledWith("nurse", "Anna", undefined);
  });

  test.each<[unknown, number, string]>([
    [{ ...shift, role: "dispatcher" }, 422, "bad-role"],
    [{ ...shift, name: " " }, 422, "bad-name"],
    [{ role: "nurse" }, 400, "bad-post"],
    ["{", 400, "bad-post"],
    [{ ...shift, name: "x".repeat(5_000) }, 400, "bad-post"],
  ])("%j is refused with a sentence", async (body, status, code) => {
    const { ask, ukd } = door();
    const response = await ask("/api/ukd/shift", "POST", body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      ok: false,
      code,
      sentence: { de: expect.stringMatching(/\.$/) },
    });
    expect(ukd?.startShift).not.toHaveBeenCalled();
  });

  test("nothing can be recorded: said so", async () => {
    const response = await door({ startShift: async () => null }).ask("/api/ukd/shift", "POST", shift);
    expect([response.status, await response.json()]).toMatchObject([503, { code: "cannot-record" }]);
  });

  test("the site's people, and one name erased", async () => {
    const { ask } = door();
    expect(await (await ask("/api/ukd/people")).json()).toEqual({ people: [person] });
    expect((await ask("/api/ukd/people/100", "DELETE")).status).toBe(200);
    expect((await ask("/api/ukd/people/101", "DELETE")).status).toBe(404);
    expect((await ask("/api/nobody/people")).status).toBe(404);
  });

  test("[PEOPLE4] a stranger's page neither reads nor erases names", async () => {
    const { ask } = door();
    const foreign = { origin: "http://elsewhere.example" };
    expect((await ask("/api/ukd/people", "GET", undefined, foreign)).status).toBe(403);
    expect((await ask("/api/ukd/people/100", "DELETE", undefined, foreign)).status).toBe(403);
    expect((await ask("/api/ukd/shift", "POST", shift, foreign)).status).toBe(403);
  });
});

test("[VIEW8] all words on one cell, for a capability that there is", async () => {
  const { ask } = door();
  expect(await (await ask("/api/rtw-1/cells/ukd/ct")).json()).toMatchObject({
    hospital: "ukd",
    capability: "ct",
  });
  expect((await ask("/api/rtw-1/cells/ukd/telepathy")).status).toBe(404);
  expect((await ask("/api/rtw-1/cells/UKD/ct")).status).toBe(404);
});

test("[BOARD66] a desk of a centre is given a number, nobody else is", async () => {
  const { ask } = door();
  const given = await ask("/api/lst-d/desk", "POST", {});
  expect([given.status, await given.json()]).toEqual([200, { ok: true, desk: 2 }]);
  expect((await ask("/api/ukd/desk", "POST", {})).status).toBe(404);
  const none = await door({ newDesk: async () => null }).ask("/api/lst-d/desk", "POST", {});
  expect([none.status, await none.json()]).toMatchObject([503, { code: "cannot-record" }]);
});

test("[BOARD112] [BOARD113] a board is told which build its anchor serves, and a loading one that this is a rehearsal", async () => {
  const first = async (more: Partial<SiteBoard>) => {
    const response = await door(more).ask("/api/ukd/board/events");
    const reader = response.body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    await reader?.cancel();
    return JSON.parse(new TextDecoder().decode(value).slice("data: ".length));
  };
  expect(await first({})).toMatchObject({ type: "all", build });
  const loading = { clock, loading: () => 40 };
  expect(await first({ hub: () => hospitalHub(loading, () => calm) })).toMatchObject({
    ...{ type: "loading", percent: 40, rehearsal: true },
  });
});

test("[BOARD115] a board whose page goes is named; what names none is refused", async () => {
  const left = vi.fn();
  const { ask } = door({ left });
  expect((await ask("/api/ukd/board/left", "POST", { board: "tab-1" })).status).toBe(204);
  for (const bad of [{}, { board: "x".repeat(41) }, "no json"])
    expect((await ask("/api/ukd/board/left", "POST", bad)).status).toBe(400);
  expect((await ask("/api/nowhere/board/left", "POST", { board: "tab-1" })).status).toBe(404);
  expect(left.mock.calls).toEqual([["tab-1"]]);
});

test("[PEOPLE5] a shift relieves another, or is ended by its number", async () => {
  const { ask, ukd } = door();
  await ask("/api/ukd/shift", "POST", { role: "nurse", name: "Ben", relieves: 100 });
  expect(ukd?.startShift).toHaveBeenCalledWith("nurse", "Ben", 100);
  expect((await ask("/api/ukd/shift/100", "DELETE")).status).toBe(200);
  expect((await ask("/api/ukd/shift/101", "DELETE")).status).toBe(404);
});

test("[VIEW10] a centre asks where to: for a running mission, or for a need at a place; nobody else does", async () => {
  const answer = { lines: [...strokeLines], forced: false, spoken: null, named: null };
  const asked: unknown[] = [];
  const { ask } = door({
    whereTo: (question) => {
      asked.push(question);
      if (JSON.stringify(question).includes("gone")) return null;
      return JSON.stringify(question).includes("99000") ? { ...answer, lines: [] } : answer;
    },
  });
  const mission = "lst-d/box/1-00000001#4";
  const paths = [`mission=${encodeURIComponent(mission)}&hospital=ukd`, "need=stroke&latE3=51170&lonE3=6930"];
  paths.push(`${paths[1]}&flown=yes`);
  paths.push(`${paths[1]}&from=ukd&urgency=1&age=80%2B&flags=ventilated,cpr,doctor`);
  paths.push(`${paths[1]}&flags=cpr`);
  for (const path of paths) {
    const response = await ask(`/api/lst-d/where-to?${path}`);
    expect([response.status, await response.json()]).toEqual([200, answer]);
  }
  expect(asked).toEqual([
    { patient: { mission }, hospital: "ukd" },
    { patient: { need: "stroke", position: { latE3: 51_170, lonE3: 6_930 } }, hospital: null },
    { patient: { need: "stroke", position: { latE3: 51_170, lonE3: 6_930 }, flown: true }, hospital: null },
    {
      patient: {
        ...{ need: "stroke", position: { latE3: 51_170, lonE3: 6_930 }, from: "ukd", urgency: 1 },
        traits: { ageGroup: "80+", ventilated: true },
      },
      hospital: null,
    },
    {
      patient: { need: "stroke", position: { latE3: 51_170, lonE3: 6_930 }, traits: {}, danger: true },
      hospital: null,
    },
  ]);
  expect((await ask("/api/lst-d/where-to?mission=gone")).status).toBe(404);
  for (const bad of [
    "",
    "need=stroke",
    "need=hunger&latE3=1&lonE3=1",
    "need=stroke&latE3=x&lonE3=1",
    `${paths[1]}&flown=1`,
    `${paths[1]}&urgency=4`,
    `${paths[1]}&age=old`,
    `${paths[1]}&flags=sick`,
  ]) {
    expect((await ask(`/api/lst-d/where-to?${bad}`)).status, bad).toBe(400);
  }
  expect((await ask(`/api/ukd/where-to?${paths[0]}`)).status).toBe(404);
  const outside = await ask("/api/lst-d/where-to?need=stroke&latE3=51170&lonE3=99000");
  expect(outside.status).toBe(422);
  expect(await outside.text()).toContain("outside the region");
});

test("[VIEW7] the events of a site's own board begin with the whole", async () => {
  const { ask } = door();
  const response = await ask("/api/ukd/board/events");
  const reader = response.body?.getReader();
  const chunk = await reader?.read();
  await reader?.cancel();
  expect(new TextDecoder().decode(chunk?.value)).toBe(
    `data: ${JSON.stringify({ type: "all", nowMs: 5, view: calm, build })}\n\n`,
  );
});

test("[BOARD35] a page that was just opened gets its first rows, and the whole over the same stream when it asks", async () => {
  const whole = hospitalHub({ clock }, () => calm);
  const first = firstHub(whole, () => sampleRegion());
  const { ask } = door({ hub: (isFirst) => (isFirst ? first : whole) });
  const reader = (await ask("/api/ukd/board/events?first=page1")).body?.getReader();
  const read = async () =>
    JSON.parse(new TextDecoder().decode((await reader?.read())?.value).slice("data: ".length));
  expect(await read()).toMatchObject({ type: "all", view: calm, region: { site: sampleRegion().site } });
  expect((await ask("/api/ukd/board/whole?first=other")).status).toBe(404);
  expect((await ask("/api/ukd/board/whole?first=page1")).status).toBe(204);
  expect(await read()).toEqual({ type: "all", nowMs: 5, view: calm, build });
  await reader?.cancel();
});

test("[VIEW6] a hospital's board gets the rows that changed and the keys of those that are gone", () => {
  vi.useFakeTimers();
  const row = (mission: string, saidMs = 1): InboundRow => ({
    ...{ mission, ref: ["lst-d/box/1-00000001", 1], vehicle: "rtw-1", need: "stroke", urgency: 1 },
    ...{ ageGroup: "65-79", flags: [], step: null, arrivalMs: null, positionSaidMs: 1, positionOld: false },
    ...{ state: "announced", saidMs, spoken: false, disputed: false, divertedTo: null, divertedMs: null },
  });
  let view = { ...calm, inbound: [row("a"), row("b")] };
  const hub = hospitalHub({ clock }, () => view);
  const pushes: unknown[] = [];
  const leave = hub.subscribe({ push: (message) => pushes.push(message) });
  view = { ...view, inbound: [row("b", 2), row("c")] };
  hub.changed();
  vi.advanceTimersByTime(20);
  hub.changed();
  vi.advanceTimersByTime(20);
  leave();
  expect(pushes.slice(1)).toEqual([
    { type: "rows", nowMs: 5, changes: { inbound: [row("b", 2), row("c")] }, gone: { inbound: ["a"] } },
  ]);
});
