import { present } from "../../basics/assert.ts";
import { dayMs, hourMs, minuteMs, secondMs } from "../../basics/time.ts";
import type { Position } from "../../roads/plane.ts";
import { type DayRegion, drivesFrom } from "./region.ts";
import { byWeight } from "./weights.ts";
import type { Ground, Mission } from "./world.ts";

/** Everybody who is driven to a hospital on this day: how many, where, when and with what, by the region's own files. */
export function drawMissions(ground: Ground): readonly Mission[] {
  const { draws, region } = ground;
  const { hourlyE4 } = region.data.missions;
  const busiest = Math.max(...hourlyE4.shares);
  const rate = (missionsADay(ground) * busiest * 24) / 10_000 / dayMs;
  const calls = draws
    .stream(rate, dayMs, "callTime")
    .filter(
      (callMs, i) =>
        draws.share("callTime", i, 1) * busiest < (hourlyE4.shares[Math.floor(callMs / hourMs)] ?? 0),
    );
  return calls.map((callMs, index) => drawMission(ground, callMs, index));
}

function missionsADay({ numbers, region: { data } }: Ground): number {
  const people = data.municipalities.reduce((sum, row) => sum + row.people, 0);
  const { ratePerThousandYear, transportedE4 } = data.missions;
  const all = (people * ratePerThousandYear.value) / 1_000 / 365;
  return (all * transportedE4.value * numbers.missionsPercent) / 10_000 / 100;
}

function drawMission(ground: Ground, callMs: number, index: number): Mission {
  const { draws, numbers, region } = ground;
  const { missions, needs } = region.data;
  const kind = present(
    missions.classes[byWeight(missions.classes, ({ shareE4 }) => shareE4, draws.share("need", index))],
    "a class of missions",
  );
  const urgency = 1 + byWeight(kind.urgencyE4, (share) => share, draws.share("urgency", index));
  const position = drawPosition(ground, index);
  const drives = drivesFrom(region, position);
  const onSceneMs = draws.around(kind.onSceneMin * minuteMs, numbers.sceneSpread, "onScene", index);
  const { callToAlarm, turnout, driveToScene } = missions;
  const toSceneMs = (callToAlarm.medianS + turnout.medianS + driveToScene.medianS) * secondMs;
  const stayMin = urgency === 1 ? numbers.resusStayMin : numbers.patientStayMin;
  return {
    ...{ index, callMs, urgency, position, drives },
    readyMs: callMs + toSceneMs + onSceneMs,
    need: needs.findIndex(({ id }) => id === kind.need),
    driveFactor: draws.around(1, numbers.driveSpread, "traffic", index),
    centre: centreAt(region, drives),
    stayMs: draws.around(stayMin * minuteMs, numbers.staySpread, "stay", index),
  };
}

/** Somewhere in a town, evenly over a disc that grows with its people, inside the region's box. */
function drawPosition({ draws, numbers, region }: Ground, index: number): Position {
  const { municipalities, region: about } = region.data;
  const town = present(
    municipalities[byWeight(municipalities, ({ people }) => people, draws.share("town", index))],
    "a town",
  );
  const radiusM = numbers.spreadM * Math.sqrt(town.people) * Math.sqrt(draws.share("distance", index));
  const bearing = 2 * Math.PI * draws.share("bearing", index);
  const { box, projection } = about;
  const latE3 = Math.round(town.latE3 + (radiusM * Math.cos(bearing)) / projection.metresPerLatE3);
  const lonE3 = Math.round(town.lonE3 + (radiusM * Math.sin(bearing)) / projection.metresPerLonE3);
  return {
    latE3: Math.min(box.northLatE3, Math.max(box.southLatE3, latE3)),
    lonE3: Math.min(box.eastLonE3, Math.max(box.westLonE3, lonE3)),
  };
}

/** The centre whose hospital lies nearest. */
function centreAt({ centres }: DayRegion, drives: Uint16Array): number {
  const nearest = drives.indexOf(Math.min(...drives));
  return centres[nearest] ?? 0;
}
