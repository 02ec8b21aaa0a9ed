import { expect, test } from "vitest";
import { rheinRuhr } from "../../../test/scenarios/rhein-ruhr.ts";
import {
  authorityLog,
  charterBody,
  charterLogs,
  charterOf,
  foldLogs,
  logKey,
  nightMs,
  say,
  testCharter,
} from "../../../test/support/region.ts";
import { minuteMs } from "../../basics/time.ts";
import { neighbourKinds } from "../../region/facts.ts";
import { newFold } from "../../region/fold.ts";
import type { House } from "../state.ts";
import { boardNeighbour } from "./board-neighbours.ts";

const charter = testCharter();
const neighbour = { region: "rehearsal-test", key: logKey("land/desk"), ended: false };
const runOut = { openRunsOutMs: 480 * minuteMs, voiceRunsOutMs: 60 * minuteMs };
const nowMs = nightMs + 10 * minuteMs;

/** Their hospital said one thing, one centre of theirs lost it, and a case and a mission are none of ours. */
function heldOf(loading: House["loading"] = null): House {
  const logs = charterLogs();
  say(logs, "ukd/box/1-00000001", "hospital.status/1", { capability: "ct", state: "open", over: [] });
  say(logs, "lst-d/box/1-00000001", "contact.lost/1", { site: "ukd", lastHeardMs: nightMs, flaps: 0 });
  // Only what a region's view is made of is asked of a house here.
  return { charter, fold: foldLogs(charter, logs, neighbourKinds), loading } as unknown as House;
}

test("[BOARD99] a hospital of another region is told with its words, by whom it is lost, and by its own files' names", () => {
  const told = boardNeighbour({ neighbour, house: heldOf(), data: rheinRuhr, runOut }, nowMs);
  expect(told).toMatchObject({ name: rheinRuhr.region.name, state: "read", ended: false, omitted: 0 });
  const [ukd, neuss] = told.hospitals;
  expect(ukd).toMatchObject({ hospital: "ukd", name: "Uniklinik Düsseldorf", lostSinceMs: nightMs });
  expect(ukd?.cells).toMatchObject({ ct: { state: "open", source: "clinician", saidMs: nightMs } });
  expect(ukd?.has.ct).toBe(true);
  expect(neuss).toMatchObject({
    name: "neuss",
    town: null,
    phone: null,
    lostSinceMs: null,
    has: {},
    cells: {},
  });
});

test("[BOARD99] what is not open or not read yet says so, and shows nothing", () => {
  const reading = boardNeighbour(
    { neighbour, house: heldOf({ entries: 1, read: new Set() }), data: null, runOut },
    nowMs,
  );
  expect(reading).toMatchObject({ state: "reading", hospitals: [] });
  const ended = { ...neighbour, ended: true };
  expect(boardNeighbour({ neighbour: ended, house: null, data: null, runOut }, nowMs)).toEqual({
    ...{
      region: "rehearsal-test",
      name: "rehearsal-test",
      ended: true,
      state: "not-open",
      newestMs: null,
      hospitals: [],
      omitted: 0,
    },
  });
});

test("[BOARD99] a charter without measure does not fill our board: what is left out is counted", () => {
  const logs = charterLogs();
  for (let at = 0; at < 600; at += 1)
    say(logs, authorityLog, "charter.site/1", charterBody.site(`h${at}`, "hospital"));
  const many = { charter: charterOf(logs), fold: newFold(neighbourKinds), loading: null } as unknown as House;
  const told = boardNeighbour({ neighbour, house: many, data: null, runOut }, nowMs);
  expect([told.hospitals.length, told.omitted]).toEqual([500, 103]);
});

test("[BOARD99] the newest word is as old as when it was said, not as when it ran out, and one taken back is none", () => {
  const logs = charterLogs();
  const box = "ukd/box/1-00000001";
  say(logs, box, "hospital.status/1", { capability: "ct", state: "open", over: [] });
  const later = { at: nightMs + minuteMs };
  const slip = say(
    logs,
    box,
    "hospital.status/1",
    { capability: "stroke-unit", state: "open", over: [] },
    later,
  );
  say(
    logs,
    box,
    "hospital.status-taken-back/1",
    { capability: "stroke-unit", takesBack: [...slip], over: [] },
    later,
  );
  const house = { charter, fold: foldLogs(charter, logs, neighbourKinds), loading: null } as unknown as House;
  const told = boardNeighbour(
    { neighbour, house, data: null, runOut },
    nightMs + runOut.openRunsOutMs + minuteMs,
  );
  expect(told).toMatchObject({ name: "Testregion", newestMs: nightMs });
  expect(told.hospitals[0]?.cells).toMatchObject({
    ct: { state: "unconfirmed", saidMs: nightMs + runOut.openRunsOutMs },
    "stroke-unit": { state: "unconfirmed", takenBackMs: nightMs + minuteMs },
  });
});
