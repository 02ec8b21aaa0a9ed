import type { Name } from "../../basics/name.ts";
import type { CrewDestination } from "../../site/views/board-site-view.ts";
import type { RequestState } from "../../site/views/board-view.ts";
import { reasonText } from "../shell/fact-words.ts";
import type { MarkShape } from "../shell/mark.tsx";
import { ageSince, nameOf, timeText } from "../shell/sight.ts";
import type { Sight } from "./speech.ts";

/** One line with its sign; `isUrgent`: somebody must act on it. */
export type Said = { readonly shape: MarkShape; readonly word: string; readonly isUrgent?: true };

/** Whether the centre holds our word, and how far the hospital is: never further than the other side's durable word. */
export function announcementOf(destination: CrewDestination, sight: Sight): readonly Said[] {
  const { texts } = sight;
  const centre: Said = destination.heldByDispatch
    ? { shape: "heard", word: texts.centreHolds }
    : { shape: "silent", word: texts.centreHoldsNot, isUrgent: true };
  const there: readonly Said[] = destination.heldThere
    ? [{ shape: "heard", word: texts.announcedThere }]
    : [];
  const { silentSinceMs } = destination;
  const silent = silentSinceMs === undefined ? [] : [silentSaid(silentSinceMs, sight)];
  return [...silent, centre, ...there, requestSaid(destination.request, sight, silentSinceMs !== undefined)];
}

export function silentSaid(sinceMs: number, sight: Sight): Said {
  return { shape: "silent", word: sight.texts.silentThere(timeText(sight, sinceMs)), isUrgent: true };
}

/** @param isSilent the hospital is: what it answered is its last word and no promise */
export function requestSaid(request: RequestState, sight: Sight, isSilent = false): Said {
  const said = requestNow(request, sight);
  const isOld = sight.gone || sight.cutOffSinceMs !== null || (isSilent && request.step === "answered");
  return isOld ? { shape: "old", word: sight.texts.lastWord(said.word) } : said;
}

function requestNow(request: RequestState, sight: Sight): Said {
  const { texts, language } = sight;
  switch (request.step) {
    case "none":
      return { shape: "absent", word: texts.notAsked };
    case "asked": {
      const { acceptedMs, heldThere } = request;
      const asked = texts.asked(ageSince(sight, request.askedMs));
      const held = heldThere ? texts.askedHeld : texts.askedNotThere;
      const word = heldThere === undefined ? asked : `${asked}, ${held}`;
      if (acceptedMs === undefined) return { shape: "late", word };
      return {
        shape: "silent",
        word: `${texts.noMore(timeText(sight, acceptedMs))} ${word}`,
        isUrgent: true,
      };
    }
    case "answered": {
      if (request.answer === "ready") {
        const { answeredMs, heldAt } = request;
        const by = heldAt === undefined ? "" : texts.heldAt(nameOf(sight, heldAt));
        return { shape: "accepted", word: texts.ready(timeText(sight, answeredMs)) + by };
      }
      const reason = request.reason === null ? "" : reasonText(request.reason, language);
      const { acceptedMs } = request;
      const withdrawn = acceptedMs === undefined ? "" : `${texts.noMore(timeText(sight, acceptedMs))} `;
      return { shape: "cannot", word: withdrawn + texts.cannotTake(reason), isUrgent: true };
    }
  }
}

/** `Fahrt 14 min`, from the last position. */
export function driveText(driveMinTenths: number | null, { texts }: Sight): string {
  return driveMinTenths === null ? texts.driveUnknown : texts.drive(Math.round(driveMinTenths / 10));
}

/** An arrival as a time of the clock only with the patient on board; before that how long the drive is. */
export function arrivalText(
  { arrivalMs, driveMinTenths }: Pick<CrewDestination, "arrivalMs" | "driveMinTenths">,
  sight: Sight,
): string {
  return arrivalMs === null
    ? driveText(driveMinTenths, sight)
    : `${sight.texts.arrives(timeText(sight, arrivalMs))} · ${driveText(driveMinTenths, sight)}`;
}

/** `Klinikum Neuss, Neuss`: what is searched in and shown. */
export function hospitalText({ places }: Sight, hospital: Name): string {
  const known = places.hospitals.get(hospital);
  if (known === undefined) return hospital;
  const { spokenName, name, town } = known;
  return [spokenName, name === undefined ? town : `${name}, ${town}`].join(" · ");
}
