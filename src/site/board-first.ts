import type { Name } from "../basics/name.ts";
import type { CapabilityId } from "../region/vocabulary.ts";
import type { BoardHospital, BoardNeed, BoardRegion, BoardView, HospitalRow } from "./board-view.ts";

/**
 * What the first rows of a board need of its region, for slow links: the whole follows. A control centre gets its
 * hospitals without their names in full; every other board only names. No map, no places.
 */
export function firstRegion(region: BoardRegion, isCentre: boolean): BoardRegion {
  const { id, name, site, siteName, rehearsal, zone } = region;
  const needs = isCentre ? region.needs : region.needs.map(withoutColumns);
  return {
    ...{ id, name, site, siteName, rehearsal, zone, needs },
    hospitals: isCentre ? region.hospitals.map((hospital) => firstOf(hospital, firstColumns(needs))) : [],
    names: isCentre ? otherNames(region) : allNames(region),
    river: [],
    motorways: [],
    towns: [],
    attribution: { de: "", en: "" },
  };
}

function firstOf(
  { name: _name, radioGroup: _group, ...hospital }: BoardHospital,
  columns: readonly CapabilityId[],
): BoardHospital {
  const has: { [capability in CapabilityId]?: boolean } = {};
  for (const capability of columns) {
    const known = hospital.has[capability];
    if (known !== undefined) has[capability] = known;
  }
  return { ...hospital, has };
}

/** Only a control centre's board chooses columns by a need; the others say its name. */
function withoutColumns({ need, name }: BoardNeed): BoardNeed {
  return { need, name, required: [], preferred: [] };
}

/** Hospitals go by the name in their own row. */
function otherNames({ names = {}, hospitals }: BoardRegion): { readonly [site: Name]: string } {
  const known = new Set(hospitals.map(({ hospital }) => hospital));
  return Object.fromEntries(Object.entries(names).filter(([site]) => !known.has(site)));
}

function allNames({ names = {}, hospitals }: BoardRegion): { readonly [site: Name]: string } {
  const spoken = hospitals.map(({ hospital, spokenName }) => [hospital, spokenName] as const);
  return { ...names, ...Object.fromEntries(spoken) };
}

/** The capabilities that a control centre's board shows first: those of the first need. */
export function firstColumns([need]: readonly Pick<
  BoardNeed,
  "required" | "preferred"
>[]): readonly CapabilityId[] {
  return need === undefined ? [] : [...need.required.flat(), ...need.preferred];
}

/** Of every hospital the first columns, rows in which cells are missing marked as partial; missions come with the whole. */
export function firstView(view: BoardView, columns: readonly CapabilityId[]): BoardView {
  return { ...view, hospitals: view.hospitals.map((row) => partOf(row, columns)), missions: [] };
}

function partOf(row: HospitalRow, columns: readonly CapabilityId[]): HospitalRow {
  const all = Object.entries(row.cells);
  // The keys of a row's cells are capabilities.
  const first = all.filter(([capability]) => columns.includes(capability as CapabilityId));
  return first.length === all.length ? row : { ...row, cells: Object.fromEntries(first), partial: true };
}
