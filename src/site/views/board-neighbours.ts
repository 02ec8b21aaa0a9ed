import { charterState, type Neighbour, siteIn, sitesOfType } from "../../region/charter.ts";
import { presenceOf, type RegionData } from "../../region/region-data.ts";
import { type HospitalView, hospitalView } from "../../region/view.ts";
import type { RunOut, ViewContext } from "../../region/view-context.ts";
import type { House } from "../state.ts";
import { stateCells, wholeSeconds } from "./board-rows.ts";
import type { BoardNeighbour, NeighbourHospital } from "./neighbour-view.ts";

/** A named region as a control centre's board is told of it. */
export type NeighbourContext = {
  readonly neighbour: Neighbour;
  /** Null: it is not open here. */
  readonly house: House | null;
  /** That region's own files, where the settings name them; null: sites are called as its charter calls them. */
  readonly data: RegionData | null;
  /** Ours: how long its own region lets a word count is not told. */
  readonly runOut: RunOut;
};

/** North Rhine-Westphalia has 275: more are none of a region, and a charter without measure must not fill our board. */
const hospitalsMax = 500;

/** What is held of it. Clocks there were never measured: a word is at least as old as it lies here. */
export function boardNeighbour(context: NeighbourContext, nowMs: number): BoardNeighbour {
  const { neighbour, house, data, runOut } = context;
  const { region, ended } = neighbour;
  const nothing = { newestMs: null, hospitals: [], omitted: 0 };
  // What our own settings call it goes before what it calls itself: that may be our own name.
  const ourName = data?.region.name;
  if (house === null) return { region, name: ourName ?? region, ended, state: "not-open", ...nothing };
  const name = ourName ?? charterState(house.charter).start?.name ?? region;
  if (house.loading !== null) return { region, name, ended, state: "reading", ...nothing };
  const { fold, charter } = house;
  const view: ViewContext = { fold, charter, nowMs, runOut, clockOffsetMs: () => 0 };
  const sites = sitesOfType(charter, "hospital");
  const views = sites.slice(0, hospitalsMax).map(({ site }) => hospitalView(view, site));
  const hospitals = views.map((one) => neighbourHospital(house, data, one));
  const omitted = sites.length - hospitals.length;
  return { region, name, ended, state: "read", newestMs: newestWordMs(views), hospitals, omitted };
}

/** When it was said, which a word that has run out does not show in its cell; one that was taken back is none. */
function newestWordMs(views: readonly HospitalView[]): number | null {
  const words = views.flatMap(({ cells }) => cells.flatMap(({ heads }) => heads));
  const newest = words.reduce((max, { sinceMs }) => Math.max(max, sinceMs), Number.NEGATIVE_INFINITY);
  return words.length === 0 ? null : wholeSeconds(newest);
}

function neighbourHospital(
  { charter }: House,
  data: RegionData | null,
  view: HospitalView,
): NeighbourHospital {
  const { hospital } = view;
  const known = data?.hospitals.find(({ id }) => id === hospital);
  const site = siteIn(charter, hospital);
  const lost = view.contacts.filter(({ contact }) => contact === "lost").map(({ sinceMs }) => sinceMs);
  return {
    hospital,
    name: known?.spokenName ?? site?.name ?? hospital,
    town: known?.town ?? site?.town ?? null,
    phone: known?.phone ?? null,
    has: known === undefined ? {} : presenceOf(known),
    lostSinceMs: lost.length === 0 ? null : wholeSeconds(Math.min(...lost)),
    cells: stateCells(view),
  };
}
