import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { clockOf } from "../../../test/scenarios/clock.ts";
import { plainPatient } from "../../../test/scenarios/question.ts";
import { rheinRuhr } from "../../../test/scenarios/rhein-ruhr.ts";
import { advise, adviseOn } from "../../advice/advise.ts";
import { adviceBaseOf } from "../../advice/region-base.ts";
import { soonerThan } from "../../advice/resteer.ts";
import { present } from "../../basics/assert.ts";
import { noWayMinTenths } from "../../roads/roads.ts";
import { answerWithinMs, LiveTraffic } from "./live-traffic.ts";

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

let server: Server | undefined;
let traffic: LiveTraffic | undefined;
function stop(): void {
  traffic?.stop();
  server?.closeAllConnections();
  server?.close();
}
afterEach(() => {
  stop();
  withinMs = patientMs;
});

const hospitals = [
  { id: "a", latE3: 51_200, lonE3: 6_800 },
  { id: "b", latE3: 51_230, lonE3: 6_780 },
];
const here = { latE3: 51_220, lonE3: 6_770 };
let monoMs = 0;
let changes = 0;
const notes: string[] = [];
/** Long, so that a busy machine is no slow service; what tests the limit itself sets it. */
const patientMs = 10_000;
let withinMs = patientMs;

async function serve(kind: "osrm" | "valhalla", answer: Answer, of = hospitals): Promise<LiveTraffic> {
  const made = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += String(chunk);
    });
    request.on("end", () => answer(request, response, body));
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(made.address() as AddressInfo).port}/`;
  changes = 0;
  monoMs = 0;
  notes.length = 0;
  traffic = new LiveTraffic({
    config: { kind, url, profile: "blue-light" },
    hospitals: of,
    monoMs: () => monoMs,
    withinMs,
    changed: () => {
      changes += 1;
    },
    note: (code, about) => notes.push(`${code}: ${about}`),
  });
  return traffic;
}

const json =
  (value: unknown): Answer =>
  (_request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(value));
  };
const osrm = (durations: unknown) => json({ code: "Ok", durations });
const row = () => new Uint16Array(hospitals.length);

/** The minutes once an answer has come, or null when the service is not used. */
async function minutesOf(live: LiveTraffic): Promise<readonly number[] | null> {
  expect(live.rowFrom(here, row())).toBe(false);
  await expect.poll(() => changes + notes.length, { interval: 5 }).toBeGreaterThan(0);
  const minTenths = row();
  return live.rowFrom(here, minTenths) ? [...minTenths] : null;
}

describe("[ROADS31] live traffic is asked beside everything else; it is used whole, fresh and plausible, or not at all", () => {
  test("OSRM's table: one source, all hospitals, seconds with blue lights", async () => {
    const asked: string[] = [];
    const live = await serve("osrm", (request, response, body) => {
      asked.push(request.url ?? "");
      osrm([[600, 900.4]])(request, response, body);
    });
    expect(await minutesOf(live)).toEqual([85, 128]);
    expect(asked).toEqual([
      "/table/v1/driving/6.77,51.22;6.8,51.2;6.78,51.23?sources=0&destinations=1;2&annotations=duration",
    ]);
  });

  test("a place beside a hospital's road may be seconds from it, whatever the straight line between the two says", async () => {
    const live = await serve("osrm", osrm([[600, 3]]));
    expect(await minutesOf(live)).toEqual([85, 0]);
  });

  test("Valhalla's matrix", async () => {
    const asked: string[] = [];
    const live = await serve("valhalla", (request, response, body) => {
      asked.push(`${request.method} ${request.url} ${body}`);
      json({ sources_to_targets: [[{ time: 600, distance: 3 }, { time: 900 }]] })(request, response, body);
    });
    expect(await minutesOf(live)).toEqual([85, 128]);
    expect(asked).toEqual([
      'POST /sources_to_targets {"sources":[{"lat":51.22,"lon":6.77}],"targets":[{"lat":51.2,"lon":6.8},{"lat":51.23,"lon":6.78}],"costing":"auto","verbose":true}',
    ]);
  });

  test("an answer is used for a minute, and asked for again before that: no other source speaks in between", async () => {
    let asked = 0;
    const live = await serve("osrm", (request, response, body) => {
      asked += 1;
      osrm([[600, 900]])(request, response, body);
    });
    expect(await minutesOf(live)).toEqual([85, 128]);
    monoMs = 44_999;
    expect([live.rowFrom(here, row()), asked]).toEqual([true, 1]);
    monoMs = 45_000;
    // Asked twice, it is under way once.
    expect([live.rowFrom(here, row()), live.rowFrom(here, row())]).toEqual([true, true]);
    await expect.poll(() => changes).toBe(2);
    expect(asked).toBe(2);
    monoMs = 60_000;
    expect(live.rowFrom(here, row())).toBe(true);
    monoMs = 45_000 + 60_000;
    expect(live.rowFrom(here, row())).toBe(false);
  });

  test("an answer that does not come anew is used to its end, and no longer", async () => {
    let answers = 0;
    const live = await serve("osrm", (request, response, body) => {
      answers += 1;
      (answers === 1 ? osrm([[600, 900]]) : failing)(request, response, body);
    });
    expect(await minutesOf(live)).toEqual([85, 128]);
    monoMs = 45_000;
    expect(live.rowFrom(here, row())).toBe(true);
    await expect.poll(() => notes).toEqual(["traffic-not-used: it answers 503"]);
    monoMs = 59_999;
    expect(live.rowFrom(here, row())).toBe(true);
    monoMs = 60_000;
    expect(live.rowFrom(here, row())).toBe(false);
  });

  const slow: Answer = (request, response, body) => {
    setTimeout(() => osrm([[600, 900]])(request, response, body), 600);
  };
  const trickling: Answer = (_request, response) => {
    response.write('{"code":"Ok",');
  };
  const huge: Answer = (_request, response) => {
    response.write("[");
    const more = () => {
      if (response.write(" ".repeat(65_536))) setImmediate(more);
      else response.once("drain", more);
    };
    more();
  };
  const gone: Answer = (request) => request.socket.destroy();
  const elsewhere: Answer = (_request, response) => {
    response.writeHead(302, { location: "http://127.0.0.1:9/" }).end();
  };
  const failing: Answer = (_request, response) => {
    response.writeHead(503).end("no");
  };

  test.each<readonly [string, Answer]>([
    ["slow", slow],
    ["one that never ends", trickling],
    ["huge", huge],
    ["gone", gone],
    ["a refusal", failing],
    ["a redirection", elsewhere],
    ["garbage", (_request, response) => response.end("<html>")],
    ["another form", json({ durations: [[600, 900]] })],
    ["a row too short", osrm([[600]])],
    ["a row too long", osrm([[600, 900, 1]])],
    ["no way to any hospital", osrm([[null, null]])],
    ["a text for a number", osrm([[600, "900"]])],
    ["below zero", osrm([[600, -1]])],
    ["faster than any car", osrm([[1, 900]])],
    ["more than a day", osrm([[600, 90_000]])],
    ["not all of the answer", (_request, response) => response.end('{"code":"Ok","durations":[[600,')],
  ])(
    "%s: the table speaks, the diary says why once, and the service is left alone for 5 s",
    async (_name, answer) => {
      withinMs = answerWithinMs;
      const live = await serve("osrm", answer);
      expect(await minutesOf(live)).toBeNull();
      expect(changes).toBe(0);
      expect(notes).toHaveLength(1);
      expect(notes[0]).toMatch(/^traffic-not-used: ./);
    },
  );

  test("after a failure it is asked again and used again", async () => {
    let answers = 0;
    const live = await serve("osrm", (request, response, body) => {
      answers += 1;
      (answers === 1 ? failing : osrm([[600, 900]]))(request, response, body);
    });
    expect(await minutesOf(live)).toBeNull();
    monoMs = 4_999;
    expect(live.rowFrom(here, row())).toBe(false);
    monoMs = 5_000;
    expect(live.rowFrom(here, row())).toBe(false);
    await expect.poll(() => changes).toBe(1);
    expect(answers).toBe(2);
    expect(notes).toEqual(["traffic-not-used: it answers 503", "traffic-answers-again: "]);
    expect(live.rowFrom(here, row())).toBe(true);
  });
});

describe("[ROADS31] a hospital to which the service knows no way", () => {
  const need = { id: "any", required: [["emergency-department"]], preferred: [] };
  const byEstimate = adviceBaseOf(rheinRuhr);
  const question = (base: typeof byEstimate) => ({ base, need, position: here, ...plainPatient });
  const advised = (base: typeof byEstimate, goalMin?: number) => {
    const asked = {
      ...question(base),
      need: { ...need, goalMin },
      callAtMs: goalMin === undefined ? null : 0,
    };
    const advice = advise({ ...asked, linesMax: 3, besides: null, clock: clockOf, language: "de" });
    if (!advice.ok) throw new Error(advice.error);
    return advice.value;
  };
  const idsOf = ({ lines }: ReturnType<typeof advised>) => lines.map(({ hospital }) => hospital);
  const nearest = idsOf(advised(byEstimate));

  const stated = (value: "yes" | "no") =>
    ({ value, certainty: "A", source: "own-estimate", validFrom: "2026-01-01" }) as const;
  /** The region, with burn centres here alone. */
  const burnsAt = (ids: readonly string[]) => ({
    ...rheinRuhr,
    hospitals: rheinRuhr.hospitals.map((one) => ({
      ...one,
      capabilities: { ...one.capabilities, burns: stated(ids.includes(one.id) ? "yes" : "no") },
    })),
  });
  const burns = { id: "burns", required: [["burns"]], preferred: [] };

  /** In traffic everybody is an hour away: the first of `order`, and a minute more each next one, and all others. */
  async function without(id: string, data = rheinRuhr, order = nearest): Promise<typeof byEstimate> {
    const { hospitals: places } = byEstimate;
    const seconds = places.map((one) =>
      one.id === id ? null : 3_600 + 60 * [...order, one.id].indexOf(one.id),
    );
    const live = await serve("osrm", osrm([seconds]), [...places]);
    const base = adviceBaseOf(data, undefined, live);
    advised(base);
    await expect.poll(() => changes).toBe(1);
    return base;
  }

  test("among the best by the second source: that one speaks for all", async () => {
    const id = present(nearest[1], "a second line");
    const base = await without(id);
    const advice = advised(base);
    expect([advice.source, idsOf(advice)]).toEqual(["estimate", nearest]);
    for (const { text } of advice.lines) expect(text).toContain("geschätzt, ohne Verkehrslage");
    expect(notes).toEqual([`traffic-knows-no-way: ${id}`]);
  });

  test("elsewhere: traffic speaks, and of that one only who asks for it by name hears, with all from the second source", async () => {
    const far = present(
      byEstimate.hospitals.findLast(({ id }) => !nearest.includes(id)),
      "a hospital",
    ).id;
    const base = await without(far);
    const advice = advised(base);
    expect([advice.source, idsOf(advice)]).toEqual(["traffic", nearest]);
    const named = adviseOn({ ...question(base), clock: clockOf, language: "de" }, far);
    expect(named.ok && named.value?.text).toContain("geschätzt, ohne Verkehrslage");
    const asked = (of: typeof byEstimate) => ({ ...question(of), linesMax: 3 });
    expect(soonerThan(asked(base), far)).toEqual(soonerThan(asked(byEstimate), far));
    expect(soonerThan(asked(base), nearest[1] ?? "")).toMatchObject({ value: { savedMinTenths: 9 } });
  });

  test.each([
    ["nothing fits", null],
    ["nothing fits but where the crew drives already", present(nearest[0], "the nearest")],
  ])(
    "[ADVICE4] forced assignments, %s: traffic speaks unless one that is named is unknown to it",
    async (_name, besides) => {
      const data = burnsAt(besides === null ? [] : [besides]);
      const ask = (base: typeof byEstimate) => {
        const asked = { ...question(base), need: burns, besides, linesMax: 3, clock: clockOf };
        const advice = advise({ ...asked, language: "de" });
        if (!advice.ok) throw new Error(advice.error);
        return advice.value;
      };
      const byTheEstimate = ask(adviceBaseOf(data));
      const forced = idsOf(byTheEstimate);
      expect(forced).toHaveLength(3);
      expect(byTheEstimate.forced).toBe(besides === null ? "none-suitable" : "none-besides");
      const far = byEstimate.hospitals.findLast(({ id }) => id !== besides && !forced.includes(id));
      for (const [unknown, source, says] of [
        [present(forced[2], "a third line"), "estimate", "geschätzt, ohne Verkehrslage"],
        [besides ?? present(forced[0], "a first line"), "estimate", "geschätzt, ohne Verkehrslage"],
        [present(far, "a far one").id, "traffic", "nach Verkehrslage"],
      ] as const) {
        const advice = ask(await without(unknown, data, besides === null ? forced : [besides, ...forced]));
        stop();
        expect([advice.source, idsOf(advice), advice.forced]).toEqual([source, forced, byTheEstimate.forced]);
        for (const { text } of advice.lines) expect(text).toContain(says);
      }
    },
  );

  test("[ROADS25] wanted only as the one that can stabilise: the whole advice is the second source's", async () => {
    const special = { ...burns, goalMin: 1 };
    const ask = (base: typeof byEstimate) => {
      const asked = { ...question(base), need: special, callAtMs: 0, linesMax: 1, besides: null };
      const advice = advise({ ...asked, clock: clockOf, language: "de" });
      if (!advice.ok) throw new Error(advice.error);
      return advice.value;
    };
    // The nearest has no burn centre: nothing but its emergency department can make it wanted.
    const [near = ""] = nearest;
    const no = stated("no");
    const hospitals = rheinRuhr.hospitals.map((one) =>
      one.id === near ? { ...one, capabilities: { ...one.capabilities, burns: no } } : one,
    );
    const base = await without(near, { ...rheinRuhr, hospitals });
    const advice = ask(base);
    expect([advice.source, advice.stabilise?.hospital]).toEqual(["estimate", near]);
    for (const { text } of [...advice.lines, present(advice.stabilise, "one that can stabilise")])
      expect(text).toContain("geschätzt, ohne Verkehrslage");
    const named = { ...question(base), clock: clockOf, language: "de" } as const;
    const [first = ""] = idsOf(advice);
    const inTraffic = { value: { text: expect.stringContaining("nach Verkehrslage") } };
    expect(adviseOn({ ...named, need: burns }, first)).toMatchObject(inTraffic);
    expect(adviseOn({ ...named, need: special, callAtMs: 0 }, first)).not.toMatchObject(inTraffic);
  });

  test.each(["burns", "emergency-department"] as const)(
    "[ROADS25] [ROADS32] whichever it is: what a turn saves has the source of the lines beside it (need: %s)",
    (capability) => {
      const [first = "", second = ""] = nearest;
      const last = byEstimate.hospitals.at(-1)?.id ?? "";
      const data = burnsAt([second, last]);
      const found = new Set<string>();
      for (const [unknown, { id }] of byEstimate.hospitals.entries()) {
        const rowFrom = (_: unknown, minTenths: Uint16Array) => {
          for (const i of byEstimate.hospitals.keys())
            minTenths[i] = i === unknown ? noWayMinTenths : 600 + i;
          return true;
        };
        const base = adviceBaseOf(data, undefined, { rowFrom });
        for (const [besides, goalMin] of [first, second, last].flatMap((to) => [
          [to] as const,
          [to, 1] as const,
        ])) {
          const asked = {
            ...question(base),
            need: { ...need, required: [[capability]], goalMin },
            ...{ callAtMs: 0, linesMax: 2, besides, clock: clockOf },
          };
          const sooner = soonerThan(asked, besides);
          const advice = advise({ ...asked, language: "de" });
          if (!sooner.ok || !advice.ok) throw new Error("an answer");
          if (sooner.value === null) continue;
          const { source, to } = sooner.value;
          expect([id, besides, source, to]).toEqual([
            id,
            besides,
            advice.value.source,
            idsOf(advice.value)[0],
          ]);
          found.add(source);
        }
      }
      expect([...found].sort()).toEqual(["estimate", "traffic"]);
    },
  );
});

describe("[ROADS32] all hospitals of one advice have one source, which its lines name", () => {
  test("before the answer every line says that traffic is not in it, afterwards every line that it is", async () => {
    const places = adviceBaseOf(rheinRuhr).hospitals;
    const live = await serve("osrm", osrm([places.map((_, i) => 3_600 + 60 * i)]), [...places]);
    const base = adviceBaseOf(rheinRuhr, undefined, live);
    const ask = () => {
      const need = { id: "any", required: [["emergency-department"]], preferred: [] };
      const input = { base, need, position: here, ...plainPatient, linesMax: 3, clock: clockOf };
      const advice = advise({ ...input, language: "de" });
      if (!advice.ok) throw new Error(advice.error);
      return advice.value;
    };
    const before = ask();
    expect(before.source).toBe("estimate");
    for (const { text } of before.lines) expect(text).toContain(" min geschätzt, ohne Verkehrslage");
    await expect.poll(() => changes).toBe(1);
    const after = ask();
    expect(after.source).toBe("traffic");
    expect(after.lines).toHaveLength(3);
    for (const { text } of after.lines) expect(text).toContain(" min nach Verkehrslage");
  });
});
