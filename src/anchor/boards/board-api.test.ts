import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { calmOwn, heard, sampleRegion } from "../../../test/support/board-sample.ts";
import { present } from "../../basics/assert.ts";
import type { SubmitAnswer } from "../../site/effects.ts";
import type { BoardPush, BoardView, HospitalRow } from "../../site/views/board-view.ts";
import { type BoardSite, boardApi } from "./board-api.ts";
import { BoardHub } from "./board-hub.ts";

const assetsDir = mkdtempSync(join(tmpdir(), "holdfast-assets-"));
mkdirSync(join(assetsDir, "assets"));
writeFileSync(join(assetsDir, "index.html"), "<title>board</title>");
writeFileSync(join(assetsDir, "worker.js"), "addEventListener()");
afterAll(() => rmSync(assetsDir, { recursive: true }));

const host = "127.0.0.1:4000";
const written: SubmitAnswer = { ok: true, ref: ["ukd/box/1-00000001", 7], repeated: false };
const fact = { request: "request-1", kind: "hospital.status/1", by: "nurse#7", body: { capability: "ct" } };

function row(hospital: string, inbound = 0): HospitalRow {
  return { hospital, contact: heard, cells: {}, inbound };
}

/** The door of a centre and a hospital; `answer` is what the core says to every fact. */
function door(answer: SubmitAnswer = written) {
  const state: { view: BoardView } = {
    view: { own: calmOwn, hospitals: [row("ukd")], missions: [] },
  };
  const submit = vi.fn<BoardSite["submit"]>(async () => answer);
  const site = (name: string, type: BoardSite["type"]): BoardSite => ({
    site: name,
    name: `<${name}>`,
    type,
    hub: new BoardHub({ clock: () => ({ wallMs: 5, monoMs: 0 }), view: () => state.view }),
    region: sampleRegion,
    submit,
  });
  const centre = site("duesseldorf", "control-centre");
  const sites = new Map([
    ["duesseldorf", centre],
    ["ukd", site("ukd", "hospital")],
  ]);
  const api = boardApi({ sites, assetsDir, hosts: new Set([host, "localhost:4000"]) });
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    Promise.resolve(api.request(`http://${host}${path}`, { ...init, headers: { host, ...init.headers } }));
  const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
    ask("/api/ukd/facts", {
      method: "POST",
      body,
      headers: { "content-type": "application/json", ...headers },
    });
  return { ask, post, submit, state, hub: centre.hub };
}

describe("[DOOR1] a stranger's page is not let in", () => {
  const paths = [
    "/",
    "/dispatch/duesseldorf",
    "/assets/app.js",
    "/api/duesseldorf/region",
    "/api/duesseldorf/events",
  ];
  test.each(paths)("%s under another name: 403", async (path) => {
    for (const other of ["evil.example", "evil.example:4000", "127.0.0.1", "127.0.0.1:4001", ""]) {
      expect((await door().ask(path, { headers: { host: other } })).status).toBe(403);
    }
  });

  test.each(paths)("%s from a page of another origin: 403", async (path) => {
    for (const origin of ["http://evil.example", "http://127.0.0.1:4001", "http://localhost:4000", "null"]) {
      expect((await door().ask(path, { headers: { origin } })).status).toBe(403);
    }
  });

  test("its own pages are", async () => {
    for (const origin of [`http://${host}`, `https://${host}`]) {
      expect((await door().ask("/api/duesseldorf/region", { headers: { origin } })).status).toBe(200);
    }
    expect((await door().ask("/", { headers: { host: "localhost:4000" } })).status).toBe(200);
  });

  test("a post that is not JSON, which a form could send: 403, and nothing is written", async () => {
    const { post, submit } = door();
    for (const type of ["text/plain", "application/x-www-form-urlencoded", ""]) {
      expect((await post(JSON.stringify(fact), { "content-type": type })).status).toBe(403);
    }
    expect((await post(JSON.stringify(fact), { origin: "http://evil.example" })).status).toBe(403);
    expect(submit).not.toHaveBeenCalled();
  });

  test("pages may load nothing from elsewhere and stand in nobody's frame", async () => {
    const policy = (await door().ask("/")).headers.get("content-security-policy");
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
  });
});

describe("[DOOR2] pages", () => {
  test("the start page leads to the board of each site, names as text", async () => {
    const text = await (await door().ask("/")).text();
    expect(text).toContain(`<a href="/dispatch/duesseldorf">&#60;duesseldorf&#62;</a>`);
    expect(text).toContain(`<a href="/hospital/ukd">&#60;ukd&#62;</a>`);
  });

  test("what keeps the boards' code in the browser is asked for anew each time", async () => {
    const response = await door().ask("/worker.js");
    expect(await response.text()).toBe("addEventListener()");
    expect(response.headers.get("content-type")).toContain("text/javascript");
    expect(response.headers.get("cache-control")).toBe("no-cache");
  });

  test("a board's page is there for a control centre of this process", async () => {
    const { ask } = door();
    expect(await (await ask("/dispatch/duesseldorf")).text()).toBe("<title>board</title>");
    for (const path of ["/dispatch/ukd", "/dispatch/other", "/api/other/region", "/api/other/events"]) {
      expect([path, (await ask(path)).status]).toEqual([path, 404]);
    }
    const toOther = {
      method: "POST",
      body: JSON.stringify(fact),
      headers: { "content-type": "application/json" },
    };
    expect((await ask("/api/other/facts", toOther)).status).toBe(404);
  });

  test("what does not change in a shift is given once", async () => {
    expect(await (await door().ask("/api/duesseldorf/region")).json()).toEqual(
      JSON.parse(JSON.stringify(sampleRegion())),
    );
  });
});

describe("[DOOR3] a fact", () => {
  test("is answered with its place when it is durable", async () => {
    const { post, submit } = door();
    const response = await post(JSON.stringify(fact));
    expect([response.status, await response.json()]).toEqual([
      200,
      { ok: true, ref: ["ukd/box/1-00000001", 7] },
    ]);
    expect(submit).toHaveBeenCalledExactlyOnceWith(fact);
  });

  test.each([
    ["nothing", ""],
    ["no JSON", "{"],
    ["a list", "[]"],
    ["no request of its own", JSON.stringify({ ...fact, request: undefined })],
    ["a request that is too short", JSON.stringify({ ...fact, request: "1234567" })],
    ["a request with a space", JSON.stringify({ ...fact, request: "request 1" })],
    ["no kind", JSON.stringify({ ...fact, kind: 5 })],
    ["nobody who says it", JSON.stringify({ ...fact, by: undefined })],
    ["no body", JSON.stringify({ ...fact, body: null })],
    ["more than 64 KiB", JSON.stringify({ ...fact, body: { text: "x".repeat(65_536) } })],
  ])("%s: 400 with a sentence, and nothing is written", async (_, text) => {
    const { post, submit } = door();
    const response = await post(text);
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        ok: false,
        code: "bad-post",
        sentence: {
          de: "Diese Eingabe ist unvollständig. Nichts wurde geschrieben.",
          en: "This input is incomplete. Nothing was written.",
        },
      },
    ]);
    expect(submit).not.toHaveBeenCalled();
  });

  test.each([
    [
      "cannot-record",
      503,
      "Dieser Anker kann gerade nichts aufzeichnen.",
      "This anchor cannot record anything now.",
    ],
    ["too-many-waiting", 503, "Es wartet schon zu viel auf die Platte.", "Too much is waiting for the disk."],
    [
      "unknown-kind",
      422,
      "Diese Version kennt die Meldung „x“ nicht.",
      "This version does not know the fact “x”.",
    ],
    ["too-deep", 422, "Diese Eingabe wurde nicht angenommen.", "This input was not accepted."],
    // [DOOR8] An answer that nobody waits for.
    ["already-answered", 422, "wurde schon geantwortet", "has been answered already"],
    ["driven-elsewhere", 422, "inzwischen zu einem anderen Haus", "to another hospital by now"],
    ["request-taken-back", 422, "hat diese Anfrage zurückgenommen", "took this request back"],
    ["mission-over", 422, "Dieser Einsatz ist beendet", "This mission has ended"],
    // [DOOR9] A choice that does not know of another desk's.
    ["chosen-meanwhile", 422, "ein anderer Platz dieser Leitstelle", "Another desk of this centre"],
    // [TRANSFER2] What two physicians have not agreed.
    ["physician-needed", 422, "eine Ärztin oder ein Arzt zu", "agreed by a physician"],
    ["not-agreed", 422, "beider Häuser zugesagt hat", "each of the two hospitals has agreed"],
    ["transfer-not-forced", 422, "wird niemandem zugewiesen", "assigned to nobody"],
    ["sends-the-patient", 422, "gibt den Patienten ab", "sends the patient"],
    ["no-transfer", 422, "keine Verlegung aus diesem Haus", "no transfer from this hospital"],
    ["transfer-elsewhere", 422, "beginnt an dem Haus", "begins at the hospital"],
  ])("that is refused (%s): %i with a sentence in both languages", async (code, status, de, en) => {
    const response = await door({ ok: false, error: { code, detail: "x" } }).post(JSON.stringify(fact));
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      ok: false,
      code,
      sentence: { de: expect.stringContaining(de), en: expect.stringContaining(en) },
    });
  });
});

/** Reads pushes from a stream of events as they come. */
async function* pushesOf(response: Response): AsyncGenerator<BoardPush> {
  const reader = present(response.body, "a stream").pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      yield JSON.parse(text.slice("data: ".length, end));
      text = text.slice(end + 2);
    }
  }
}

describe("[DOOR4] the stream of a board", () => {
  test("the whole first, then rows as they change, and a sign of life each second", async () => {
    const { ask, state, hub } = door();
    const response = await ask("/api/duesseldorf/events");
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const pushes = pushesOf(response);
    const next = async (): Promise<BoardPush> => (await pushes.next()).value;
    expect(await next()).toEqual({ type: "all", nowMs: 5, view: state.view });
    state.view = { ...state.view, hospitals: [row("ukd", 2)] };
    hub.changed();
    expect(await next()).toMatchObject({ type: "rows", hospitals: [{ hospital: "ukd", inbound: 2 }] });
    const beganMs = performance.now();
    expect([await next(), await next()]).toEqual([
      { type: "alive", nowMs: 5 },
      { type: "alive", nowMs: 5 },
    ]);
    // Two seconds at most, and what a busy machine is late: the second itself is kept by a test with timers of its own.
    expect(performance.now() - beganMs).toBeLessThan(2_950);
    await pushes.return(undefined);
    hub.stop();
  });

  test("a board that reads nothing is let go, and the others are told on", async () => {
    const { ask, state, hub } = door();
    const deaf = await ask("/api/duesseldorf/events");
    const pushes = pushesOf(await ask("/api/duesseldorf/events"));
    await pushes.next();
    const subscribers = vi.fn();
    for (let inbound = 1; inbound < 1_100; inbound += 1) {
      state.view = { ...state.view, hospitals: [row("ukd", inbound)] };
      // Each board that comes makes the hub push what has changed since.
      hub.subscribe({ push: subscribers })();
      await pushes.next();
    }
    expect((await pushes.next()).value).toMatchObject({ type: "alive" });
    // Word of the end comes behind what it had not read.
    let unread = 0;
    for await (const _push of pushesOf(deaf)) unread += 1;
    expect(unread).toBeLessThan(1_010);
    await pushes.return(undefined);
    hub.stop();
  });
});

describe("[DOOR7] who writes", () => {
  const written200 = async (more: object): Promise<readonly [number, string]> => {
    const { post, submit } = door();
    const answer = await post(JSON.stringify({ ...fact, ...more }));
    const { code = "" } = (await answer.json()) as { readonly code?: string };
    expect(submit).toHaveBeenCalledTimes(answer.status === 200 ? 1 : 0);
    return [answer.status, code];
  };

  test("speaks in a role of the site, under a number and no name", async () => {
    expect(await written200({ by: "charge-nurse#104" })).toEqual([200, ""]);
    for (const by of ["anna-schmidt", "nurse", "dispatcher#1", "holdfast", "anna#1", "nurse#1234567", ""])
      expect([by, ...(await written200({ by }))]).toEqual([by, 422, "bad-by"]);
  });

  test("never says what only a device observes", async () => {
    for (const kind of ["contact.lost/1", "contact.regained/1", "contact.cut-off/1"])
      expect(await written200({ kind })).toEqual([422, "not-yours-to-say"]);
  });
});
