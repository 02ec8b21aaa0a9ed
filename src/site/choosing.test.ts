import { expect, test } from "vitest";
import { boardHouse } from "../../test/support/board-house.ts";
import { type Logs, missionBody, say } from "../../test/support/region.ts";
import type { JsonObject } from "../basics/canonical-json.ts";
import type { FactRef, LogId } from "../basics/name.ts";
import { choiceRefusal } from "./choosing.ts";

const centre: LogId = "lst-d/box/1-00000001";
const otherCentre: LogId = "lst-w/box/1-00000001";

function opened() {
  const logs: Logs = new Map();
  const mission = [...say(logs, centre, "mission.opened/1", missionBody)];
  const choose = (by: LogId, kind: string, hospital: string, over: readonly FactRef[] = []) => {
    const reason = kind === "mission.kept/1" ? { reason: "at-the-door" } : {};
    return { kind, body: { mission, hospital, ...reason, over: over.map((ref) => [...ref]) }, by };
  };
  const write = (by: LogId, kind: "mission.steered/1" | "mission.kept/1", hospital: string): FactRef =>
    say(logs, by, kind, choose(by, kind, hospital).body);
  const refusal = (kind: string, over: readonly FactRef[], retry?: string) => {
    const { house, hosted } = boardHouse(centre, logs);
    if (retry !== undefined) house.fold.requests.set("lst-d/box", new Map([[retry, [centre, 1] as const]]));
    return choiceRefusal(house, hosted, { ...choose(centre, kind, "ukd", over), request: retry });
  };
  const refusalOf = (kind: string, body: JsonObject) => {
    const { house, hosted } = boardHouse(centre, logs);
    return choiceRefusal(house, hosted, { kind, body, request: undefined });
  };
  return { logs, mission, write, refusal, refusalOf };
}

test.each(["mission.kept/1", "mission.steered/1"])(
  "[DOOR9] %s in knowledge of what another desk of this centre chose is written, without it is refused",
  (kind) => {
    const { write, refusal } = opened();
    expect(refusal(kind, [])).toBeNull();
    const steered = write(centre, "mission.steered/1", "neuss");
    expect(refusal(kind, [])).toBe("chosen-meanwhile");
    expect(refusal(kind, [steered])).toBeNull();
    expect(refusal(kind, [], "the same post again")).toBeNull();
  },
);

test("[DOOR9] who takes a choice back late does not undo what was chosen since in knowledge of it", () => {
  const { logs, mission, refusalOf } = opened();
  const first = say(logs, centre, "mission.steered/1", { mission, hospital: "neuss", over: [] });
  const back = { mission, hospital: "neuss", takesBack: [...first], over: [] };
  expect(refusalOf("mission.steer-taken-back/1", back)).toBeNull();
  say(logs, centre, "mission.steered/1", { mission, hospital: "barmen", over: [[...first]] });
  expect(refusalOf("mission.steer-taken-back/1", back)).toBe("chosen-meanwhile");
});

test("[DOOR9] another centre's choice stands beside ours, and what was taken back was none", () => {
  const { logs, mission, write, refusal } = opened();
  write(otherCentre, "mission.steered/1", "neuss");
  expect(refusal("mission.kept/1", [])).toBeNull();
  const own = write(centre, "mission.steered/1", "barmen");
  const back = { mission, hospital: "barmen", takesBack: [...own], over: [[...own]] };
  say(logs, centre, "mission.steer-taken-back/1", back);
  expect(refusal("mission.kept/1", [])).toBeNull();
  expect(refusal("mission.called/1", [])).toBeNull();
});
