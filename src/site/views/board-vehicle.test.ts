import { expect, test } from "vitest";
import { boardHouse } from "../../../test/support/board-house.ts";
import { type Logs, missionBody, nightMs, say } from "../../../test/support/region.ts";
import { heardBeat, setSites, tick } from "../../exchange/contact.ts";
import { type BoardContext, boardView } from "./board-rows.ts";
import type { MissionRow } from "./board-view.ts";

const centre = "lst-d/box/1-00000001";
const crew = "rtw-1/tablet/1-00000001";

/** The first row of a centre's board when these devices, and no others, have beaten for so long. */
function rowAfter(
  context: BoardContext,
  fromS: number,
  toS: number,
  heard: readonly string[],
): MissionRow | undefined {
  const { contact } = context.hosted;
  for (let second = fromS; second <= toS; second += 0.25) {
    const now = { wallMs: nightMs + second * 1_000, monoMs: second * 1_000 };
    const said = { wallMs: now.wallMs, storing: true, digest: "", backByMs: null, heard: {} };
    for (const id of heard) heardBeat(contact, id, { boot: 1, beat: 1 + second * 4, ...said }, now);
    tick(contact, now);
  }
  return boardView(context, { wallMs: nightMs + toS * 1_000, monoMs: toS * 1_000 }).missions[0];
}

function watching(logs: Logs): BoardContext {
  const context = boardHouse(centre, logs);
  setSites(context.hosted.contact, [
    { site: "lst-w", devices: ["lst-w/box"], mobile: false, ownHouse: false },
    { site: "ukd", devices: ["ukd/box"], mobile: false, ownHouse: false },
    { site: "rtw-1", devices: ["rtw-1/tablet"], mobile: true, ownHouse: false },
  ]);
  return context;
}

test("[VIEW5] a mission says since when its vehicle is not heard, after a minute, and not while we are cut off", () => {
  const logs: Logs = new Map();
  say(logs, centre, "mission.opened/1", missionBody);
  const context = watching(logs);
  expect(rowAfter(context, 0, 5, ["lst-w/box", "rtw-1/tablet"])).not.toHaveProperty("vehicleSilentMs");
  expect(rowAfter(context, 5.25, 64, ["lst-w/box"])).not.toHaveProperty("vehicleSilentMs");
  expect(rowAfter(context, 64.25, 66, ["lst-w/box"])).toMatchObject({ vehicleSilentMs: nightMs + 5_000 });
  expect(rowAfter(context, 66.25, 80, [])).not.toHaveProperty("vehicleSilentMs");
});

test.each([
  ["patient-on-board", true, 10],
  ["on-scene", false, 60],
])(
  "[BOARD82] [ADVICE15] far off an hour ago, and since then %s: perhaps close to the door: %s",
  (step, isNear, deadlineS) => {
    const logs: Logs = new Map();
    const mission = [...say(logs, centre, "mission.opened/1", missionBody)];
    say(logs, crew, "mission.destination/1", { mission, hospital: "ukd", over: [] });
    say(logs, crew, "mission.position/1", { mission, cell: { latE2: 5_150, lonE2: 640 }, ageS: 0 });
    say(logs, crew, "mission.step/1", { mission, step });
    const context = watching(logs);
    rowAfter(context, 3_570, 3_580, ["lst-w/box", "ukd/box"]);
    const row = rowAfter(context, 3_580.25, 3_600, ["lst-w/box"]);
    expect(row?.decide?.cause).toBe("destination-silent");
    expect([row?.door !== undefined, row?.answerWithinS]).toEqual([isNear, deadlineS]);
  },
);
