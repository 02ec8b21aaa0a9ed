import { type FactRef, refKey } from "../../basics/name.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import { isCentre } from "../../region/charter.ts";
import type { ClosureView } from "../../region/closures-view.ts";
import { closureReasons } from "../../region/desk-choices.ts";
import type { FactNamed } from "../../region/facts.ts";
import type { Submission, SubmitAnswer } from "../../site/effects.ts";
import type { Hosted, House } from "../../site/state.ts";
import { refusalSentence } from "../boards/board-refusals.ts";
import { parseFactRef } from "../proofs/prove.ts";

/** A running anchor, as far as somebody at its machine can speak for its control centre. */
export type RoadDesk = {
  readonly house: House;
  readonly submit: (submission: Omit<Submission, "token">) => Promise<SubmitAnswer>;
  readonly closuresInForce: () => readonly ClosureView[];
  /** Whether a closure there closes any road; null: there is no road table that could tell. */
  readonly meetsRoad: (place: Pick<ClosedPlace, "latE3" | "lonE3" | "radiusM">) => boolean | null;
};

type ClosedFact = FactNamed<"road.closed/1">;
export type ClosedPlace = Pick<ClosedFact, "latE3" | "lonE3" | "radiusM" | "reason" | "endsMs">;

const noRoad = "There is no road there.";

/** Answered once the fact is durable; who says it is a desk of the control centre, `dispatcher#3`. */
export async function closeRoad(
  desk: RoadDesk,
  by: string,
  place: ClosedPlace,
): Promise<Result<string, string>> {
  const ref = await say(desk, "road.closed/1", by, place);
  if (!ref.ok) return ref;
  const until = new Date(place.endsMs).toISOString();
  const none = desk.meetsRoad(place) === false ? `${noRoad} Check place and radius.\n` : "";
  return ok(
    `${none}Closed until ${until}: ${place.radiusM} m round ${degrees(place)}, ${closureReasons[place.reason].en}.\n` +
      `Lift it earlier with: roads open DIR ${refKey(ref.value)}`,
  );
}

/** Lifts a closure that is in force. */
export async function openRoad(desk: RoadDesk, by: string, closed: string): Promise<Result<string, string>> {
  const ref = parseFactRef(closed);
  if (!ref.ok) return ref;
  const isInForce = desk.closuresInForce().some((closure) => refKey(closure.ref) === refKey(ref.value));
  if (!isInForce) return err(`${closed} is no closure in force here.`);
  const said = await say(desk, "road.opened/1", by, { closed: [...ref.value] });
  return said.ok ? ok(`${closed} is lifted.`) : said;
}

/** One closure a line. */
export function closedRoads({ closuresInForce, meetsRoad }: RoadDesk): string {
  const rows = closuresInForce().map(
    (closure) =>
      `${refKey(closure.ref)}\t${degrees(closure)}\t${closure.radiusM} m\t${closureReasons[closure.reason].en}\t` +
      `until ${new Date(closure.endsMs).toISOString()}\tsays ${closure.site}, ${closure.by}` +
      (meetsRoad(closure) === false ? `\t${noRoad}` : ""),
  );
  return rows.length === 0 ? "No road is closed." : rows.join("\n");
}

async function say(
  { house, submit }: RoadDesk,
  kind: ClosedFact["kind"] | "road.opened/1",
  by: string,
  body: Submission["body"],
): Promise<Result<FactRef, string>> {
  const centre = centreOf(house);
  if (centre === undefined) return err("Only a control centre closes roads, and this process hosts none.");
  const answer = await submit({ hosted: centre.id, kind, by, body });
  if (answer.ok) return ok(answer.ref);
  const { code, detail = "" } = answer.error;
  return err(refusalSentence(code, detail).en);
}

function centreOf(house: House): Hosted | undefined {
  return [...house.hosted.values()].find(({ site }) => isCentre(house.charter, site));
}

function degrees({ latE3, lonE3 }: Pick<ClosedFact, "latE3" | "lonE3">): string {
  return `${latE3 / 1_000} N ${lonE3 / 1_000} E`;
}
