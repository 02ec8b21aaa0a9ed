import type { Json, JsonObject } from "../basics/canonical-json.ts";
import { type Name, refKey } from "../basics/name.ts";
import type { Now } from "../basics/time.ts";
import { cellAt } from "../region/cell.ts";
import { type Voice, voices } from "../region/desk-choices.ts";
import { isFactRef } from "../region/fields.ts";
import { type Fold, requestOf } from "../region/fold.ts";
import type { MissionView } from "../region/mission-view.ts";
import type { RegionData } from "../region/region-data.ts";
import { agreedDestinations } from "../region/transfer.ts";
import { missionViewOf } from "../region/view.ts";
import { isByPhysician } from "../region/voice-weight.ts";
import { logOf } from "./replica.ts";
import type { BoardContext } from "./views/board-rows.ts";
import { viewContext } from "./views/region-context.ts";

/** Why a word on a transfer is not written; a person is told before. */
export type TransferRefusal =
  | "physician-needed"
  | "not-agreed"
  | "transfer-not-forced"
  | "sends-the-patient"
  | "no-transfer"
  | "transfer-elsewhere"
  | "transfer-opened"
  | "transfer-taken-back";

type Word = { readonly kind: string; readonly by: string; readonly body: JsonObject };

export type PostedWord = Word & { readonly request: string | undefined };

/**
 * Asked before somebody's word is written at this site's device. Null: it may be. The very same post again is answered with its
 * fact; a mission that is not here yet forbids nothing.
 */
export function transferRefusalAt(context: BoardContext, now: Now, post: PostedWord): TransferRefusal | null {
  const { house, hosted, data } = context;
  const { kind, body, request } = post;
  if (request !== undefined && requestOf(house.fold, logOf(house, hosted.origin).id, request) !== undefined)
    return null;
  if (kind === "mission.opened/1")
    return isElsewhere(data, body) ? "transfer-elsewhere" : requestRefusal(house.fold, body["transfer"]);
  if (kind === "transfer.declined/1" || kind === "transfer.decline-taken-back/1")
    return requestRefusal(house.fold, body["asked"]);
  if (!judged.has(kind) || !isFactRef(body["mission"])) return null;
  const mission = missionViewOf(viewContext(context, now), refKey(body["mission"]));
  return mission === null ? null : transferRefusal(mission, post);
}

const judged: ReadonlySet<string> = new Set([
  "mission.asked/1",
  "mission.agreement-asked/1",
  "mission.answered/1",
  "mission.answer-spoken/1",
  "mission.steered/1",
  "mission.kept/1",
]);

/** Minutes are counted from its cell: the patient lies in the sending hospital. */
function isElsewhere({ hospitals }: RegionData, { from, cell }: JsonObject): boolean {
  const sender = hospitals.find(({ id }) => id === from);
  if (sender === undefined || !isObject(cell)) return false;
  const { latE2, lonE2 } = cellAt(sender.latE3, sender.lonE3);
  return cell["latE2"] !== latE2 || cell["lonE2"] !== lonE2;
}

/** Two desks that act on one request open one mission, and nobody declines what is under way; taken back, it is over. */
function requestRefusal({ transfers, running }: Fold, ref: Json | undefined): TransferRefusal | null {
  const asked = isFactRef(ref) ? transfers.get(refKey(ref)) : undefined;
  if (asked === undefined) return null;
  if (asked.takenBack !== null) return "transfer-taken-back";
  return [...asked.missions].some((mission) => running.has(mission)) ? "transfer-opened" : null;
}

/**
 * A transfer is agreed between two physicians:
 * only they say *ready*, nobody is steered before both did, and never by force. A crew's own word is never refused: who
 * drives with the patient decides when something happens on the way.
 */
export function transferRefusal(mission: MissionView, { kind, by, body }: Word): TransferRefusal | null {
  const { from } = mission;
  const { hospital } = body;
  if (kind === "mission.agreement-asked/1") return from !== null && hospital === from ? null : "no-transfer";
  if (from === null) return null;
  switch (kind) {
    case "mission.answered/1":
      return body["answer"] === "ready" && !isByPhysician(by, null) ? "physician-needed" : null;
    case "mission.answer-spoken/1":
      return body["answer"] === "ready" && !isByPhysician(by, spokenIn(body)) ? "physician-needed" : null;
    case "mission.asked/1":
      return hospital === from ? "sends-the-patient" : null;
    case "mission.steered/1":
      return steeringRefusal(mission, body);
    case "mission.kept/1":
      return "forced" in body ? "transfer-not-forced" : null;
    default:
      return null;
  }
}

function steeringRefusal(mission: MissionView, body: JsonObject): TransferRefusal | null {
  const { hospital } = body;
  if ("forced" in body) return "transfer-not-forced";
  if (hospital === mission.from) return "sends-the-patient";
  const agreed: readonly Name[] = agreedDestinations(mission);
  return agreed.some((name) => name === hospital) ? null : "not-agreed";
}

function spokenIn({ answeredBy, readBack }: JsonObject): { answeredBy: Voice; readBack: boolean } | null {
  const voice = Object.keys(voices).find((id): id is Voice => id === answeredBy);
  return voice === undefined ? null : { answeredBy: voice, readBack: readBack === true };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
