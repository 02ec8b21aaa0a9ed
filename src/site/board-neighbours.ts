import { charterState, type Neighbour, siteIn, sitesOfType } from "../region/charter.ts";
import { presenceOf, type RegionData } from "../region/region-data.ts";
import { type HospitalView, hospitalView } from "../region/view.ts";
import type { RunOut, ViewContext } from "../region/view-context.ts";
import { stateCells, wholeSeconds } from "./board-rows.ts";
import type { BoardNeighbour, NeighbourHospital } from "./neighbour-view.ts";
import type { House } from "./state.ts";

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
  if (house === null) return { region, name: region, ended, state: "not-open", hospitals: [], omitted: 0 };
  const name = charterState(house.charter).start?.name ?? data?.region.name ?? region;
  if (house.loading !== null) return { region, name, ended, state: "reading", hospitals: [], omitted: 0 };
  const { fold, charter } = house;
  const view: ViewContext = { fold, charter, nowMs, runOut, clockOffsetMs: () => 0 };
  const sites = sitesOfType(charter, "hospital");
  const hospitals = sites
    .slice(0, hospitalsMax)
    .map(({ site }) => neighbourHospital(house, data, hospitalView(view, site)));
  return { region, name, ended, state: "read", hospitals, omitted: sites.length - hospitals.length };
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
