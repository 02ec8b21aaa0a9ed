import type { JsonObject } from "../basics/canonical-json.ts";
import { refKey } from "../basics/name.ts";
import { isFactRef } from "../region/fields.ts";
import { requestOf } from "../region/fold.ts";
import { names } from "../region/report.ts";
import { logOf } from "./replica.ts";
import type { Hosted, House } from "./state.ts";

export type PostedChoice = {
  readonly kind: string;
  readonly body: JsonObject;
  readonly request: string | undefined;
};

const choices: ReadonlySet<string> = new Set(["mission.steered/1", "mission.kept/1"]);
const wayBack = "mission.steer-taken-back/1";

/** The mission of a post that chooses for it or takes a choice back; null: it does neither. */
export function choosesFor({ kind, body: { mission } }: Pick<PostedChoice, "kind" | "body">): string | null {
  return (choices.has(kind) || kind === wayBack) && isFactRef(mission) ? refKey(mission) : null;
}

/**
 * Asked before a centre's choice is written at this device. What one log says later stands in place of what it said
 * before, so a desk that has not seen another one's choice would undo it without a word, be it by taking its own back: it is told instead. Choices of
 * other devices stay in force beside it, and boards show both. The very same post again is answered with its fact.
 */
export function choiceRefusal(house: House, hosted: Hosted, post: PostedChoice): "chosen-meanwhile" | null {
  const mission = choosesFor(post);
  if (mission === null) return null;
  const { body, request } = post;
  const log = logOf(house, hosted.origin).id;
  if (request !== undefined && requestOf(house.fold, log, request) !== undefined) return null;
  // Who takes a choice back names it, and it alone.
  const { over, takesBack } = body;
  const seen = [...(Array.isArray(over) ? over : []), takesBack].filter(isFactRef);
  const heads = house.fold.missions.get(mission)?.proposals.heads ?? [];
  const isUnseen = heads.some(
    (report) => report.log === log && choices.has(report.fact.kind) && !names(seen, report),
  );
  return isUnseen ? "chosen-meanwhile" : null;
}
