import type { Name } from "../../basics/name.ts";
import type { NothingYet } from "../../site/views/board-push.ts";
import type { BoardHospital, BoardNeed, BoardRegion } from "../../site/views/board-view.ts";
import { ageText } from "./age.ts";
import type { Language } from "./language.ts";
import type { ShellTexts } from "./texts.ts";
import { type ZoneClock, zoneClock } from "./zone-clock.ts";

/** What does not change during a shift, ready for looking up. */
export type Places = {
  readonly region: BoardRegion;
  readonly clock: ZoneClock;
  readonly hospitals: ReadonlyMap<Name, BoardHospital>;
  readonly needs: ReadonlyMap<string, BoardNeed>;
};

/** How things stand in the moment of drawing: every word on the board is said in the light of this. */
export type BoardSight = {
  readonly language: Language;
  readonly say: ShellTexts;
  readonly places: Places;
  /** The anchor's clock now, UTC ms; it goes on while the anchor is gone. */
  readonly nowMs: number;
  /** The anchor was not heard for too long: every value is old. */
  readonly gone: boolean;
  /** Then: why it has nothing to show; null: it is not there. */
  readonly loading: NothingYet | null;
  /** The anchor is cut off from everyone: every value is not known since then. */
  readonly cutOffSinceMs: number | null;
  /** The anchor is there and can record. */
  readonly canWrite: boolean;
};

export type Moment = Pick<BoardSight, "nowMs" | "gone" | "loading" | "cutOffSinceMs" | "canWrite">;

export function placesOf(region: BoardRegion): Places {
  return {
    region,
    clock: zoneClock(region.zone),
    hospitals: new Map(region.hospitals.map((hospital) => [hospital.hospital, hospital])),
    needs: new Map(region.needs.map((need) => [need.need, need])),
  };
}

/** A hospital as it is said on the radio, another site by its name; by its id where nobody named it. */
export function nameOf({ places }: BoardSight, site: Name): string {
  return places.hospitals.get(site)?.spokenName ?? places.region.names?.[site] ?? site;
}

export function needName({ places, language }: BoardSight, need: string): string {
  return places.needs.get(need)?.name[language] ?? need;
}

/** `02:51` by the region's clock. */
export function timeText({ places, nowMs }: BoardSight, ms: number): string {
  return places.clock.minute(ms, nowMs);
}

/** `vor 12 min`, growing by itself. */
export function ageSince({ say, nowMs }: BoardSight, ms: number): string {
  return ageText(say, nowMs - ms);
}
