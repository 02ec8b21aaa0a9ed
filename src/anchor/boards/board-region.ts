import type { Name } from "../../basics/name.ts";
import { charterState, siteIn, sites, sitesOfType, siteTypeIn } from "../../region/charter.ts";
import { type Hospital, needs, presenceOf, type RegionData } from "../../region/region-data.ts";
import type { Words } from "../../region/words.ts";
import type { House } from "../../site/state.ts";
import type { BoardHospital, BoardRegion } from "../../site/views/board-view.ts";

/** Until patient data can be sealed and access is controlled, Holdfast runs rehearsals only. */
export const rehearsalPrefix = "rehearsal-";

export function isRehearsal(region: Name): boolean {
  return region.startsWith(rehearsalPrefix);
}

/** What a board of this site is given once; `minutes` says where driving times come from. */
export function boardRegion(house: House, data: RegionData, site: Name, minutes: Words): BoardRegion {
  const { start } = charterState(house.charter);
  return {
    id: house.region,
    name: start?.name ?? data.region.name,
    site,
    siteName: siteIn(house.charter, site)?.name ?? site,
    rehearsal: isRehearsal(house.region),
    zone: start?.zone ?? data.region.timeZone,
    hospitals: data.hospitals.map((hospital) => boardHospital(hospital, data)),
    ...ofCentre(house, data, site),
    names: siteNames(house, site),
    needs: data.needs.map(({ id, required, preferred }) => ({
      need: id,
      name: needs[id],
      required,
      preferred,
    })),
    river: (data.waters.rivers[0]?.points ?? []).map(pair),
    motorways: data.roads.motorways.map(({ points }) => points.map(pair)),
    towns: data.municipalities.map(({ name, latE3, lonE3 }) => ({ name, latE3, lonE3 })),
    attribution: {
      de: `${minutes.de} ${data.region.attribution.de}`,
      en: `${minutes.en} ${data.region.attribution.en}`,
    },
  };
}

/** Of every site that the charter gives a name: hospitals, control centres, vehicles. A crew meets no other vehicle. */
function siteNames({ charter }: House, own: Name): { readonly [site: Name]: string } {
  const isCrews = siteTypeIn(charter, own) === "ambulance";
  const named = sites(charter).flatMap(({ site, type, name }) =>
    name === undefined || (isCrews && type === "ambulance" && site !== own) ? [] : [[site, name] as const],
  );
  return Object.fromEntries(named);
}

/** Whom a control centre can give a mission, what codes mean there, and what mass casualties go by. */
function ofCentre(
  { charter }: House,
  { region, pzc }: RegionData,
  own: Name,
): Pick<BoardRegion, "vehicles" | "massCasualty" | "pzc"> {
  if (siteTypeIn(charter, own) !== "control-centre") return {};
  const vehicles = sitesOfType(charter, "ambulance").map(({ site }) => site);
  const codes = pzc.rows.flatMap((row) => row.codes.map((code) => [code, row.need] as const));
  return { vehicles, massCasualty: region.massCasualty.plan, pzc: Object.fromEntries(codes) };
}

function boardHospital(hospital: Hospital, { region }: RegionData): BoardHospital {
  const { id, name, spokenName, town, latE3, lonE3, phone, morePhones, homeCentre } = hospital;
  const radioGroup = region.controlCentres.find((centre) => centre.id === homeCentre)?.radioGroup;
  const called = {
    phone,
    ...(morePhones === undefined ? {} : { morePhones }),
    ...(radioGroup === undefined ? {} : { radioGroup }),
  };
  return { hospital: id, name, spokenName, town, latE3, lonE3, ...called, has: presenceOf(hospital) };
}

function pair(point: { readonly latE3: number; readonly lonE3: number }): readonly [number, number] {
  return [point.latE3, point.lonE3];
}
