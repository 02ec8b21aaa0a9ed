import type { Name } from "../../basics/name.ts";
import type { CapabilityId } from "../../region/vocabulary.ts";
import type { BoardHospital, BoardNeed, BoardRegion, BoardView, HospitalRow } from "./board-view.ts";

/**
 * What the first rows of a board need of its region, for slow links: the whole follows. A control centre gets its
 * hospitals without their names in full and their places, and the need whose columns it shows; every board what those
 * sites and needs are called that its view speaks of. No map, no places.
 */
export function firstRegion(region: BoardRegion, isCentre: boolean, view: object): BoardRegion {
  const { id, name, site, siteName, rehearsal, zone } = region;
  const said = JSON.stringify(view);
  const isSaid = (word: string) => said.includes(`"${word}"`);
  const columns = firstColumns(region.needs);
  return {
    ...{ id, name, site, siteName, rehearsal, zone },
    needs: region.needs
      .map((need, i) => (isCentre && i === 0 ? need : withoutColumns(need)))
      .filter(({ need, required }) => required.length > 0 || isSaid(need)),
    hospitals: isCentre ? region.hospitals.map((hospital) => firstOf(hospital, columns)) : [],
    names: saidNames(isCentre ? otherNames(region) : allNames(region), isSaid),
    river: [],
    motorways: [],
    towns: [],
    attribution: { de: "", en: "" },
  };
}

function firstOf(
  {
    name: _name,
    radioGroup: _group,
    morePhones: _phones,
    latE3: _lat,
    lonE3: _lon,
    ...hospital
  }: BoardHospital,
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

function saidNames(
  names: { readonly [site: Name]: string },
  isSaid: (site: Name) => boolean,
): { readonly [site: Name]: string } {
  return Object.fromEntries(Object.entries(names).filter(([site]) => isSaid(site)));
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
