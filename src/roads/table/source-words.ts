import { estimateSource } from "../estimate.ts";
import type { ProfileId } from "../network/profile.ts";
import type { TableFileError } from "./file.ts";
import type { TableInfo } from "./table.ts";

type Words = { readonly de: string; readonly en: string };

/** Why a file that the settings name is not used as the region's road table. */
export type TableRefusal = TableFileError | "unreadable" | "other-region" | "other-hospitals";

export const tableRefusals: { readonly [refusal in TableRefusal]: Words } = {
  unreadable: { de: "sie kann nicht gelesen werden", en: "it cannot be read" },
  "no-table": { de: "die Datei ist keine Straßentabelle", en: "the file is no road table" },
  "other-version": {
    de: "sie ist von einer anderen Version von Holdfast, bitte neu bauen",
    en: "it is of another version of Holdfast, build it again",
  },
  cut: {
    de: "sie endet zu früh: abgeschnitten, oder sie wird noch kopiert",
    en: "it ends too early: it was cut, or is still being copied",
  },
  damaged: {
    de: "sie wurde nach dem Bau verändert (Prüfsumme), bitte neu kopieren oder bauen",
    en: "it was changed since it was built (its checksum does not fit), copy or build it again",
  },
  "other-region": { de: "sie gehört zu einer anderen Region", en: "it belongs to another region" },
  "other-hospitals": {
    de: "ihre Krankenhäuser sind nicht die der Region, bitte nachrechnen",
    en: "its hospitals are not those of the region, update it",
  },
};

/** Whose driving times a table has. */
export const profileWords: { readonly [id in ProfileId]: Words } = {
  "blue-light": {
    de: "Blaulicht (0,85 der Pkw-Zeit, Annahme)",
    en: "blue lights (0.85 of a car's time, assumed)",
  },
  normal: { de: "Pkw ohne Blaulicht", en: "car without blue lights" },
};

const dayMs = 86_400_000;

/** The sentence that stands on every board: where minutes come from, which profile, how old. Ages in whole days. */
export function tableWords(info: TableInfo, nowMs: number): Words {
  if (info.osmAtMs === null) return networkWords(info, null);
  const days = Math.max(0, Math.floor((nowMs - info.osmAtMs) / dayMs));
  return networkWords(
    info,
    days === 1
      ? { de: "Stand von gestern", en: "1 day old" }
      : { de: `Stand vor ${days} Tagen`, en: `${days} days old` },
  );
}

/** The same for a compact table, which is kept: by the day of its data, and what it does not know. */
export function compactWords(info: TableInfo): Words {
  const day = info.osmAtMs === null ? null : new Date(info.osmAtMs).toISOString().slice(0, 10);
  const { de, en } = networkWords(info, day === null ? null : { de: `Stand ${day}`, en: `of ${day}` });
  return { de: `${de} Ohne Sperrungen und Verkehr.`, en: `${en} Without closed roads and traffic.` };
}

function networkWords({ profile }: TableInfo, state: Words | null): Words {
  const { de, en } = profileWords[profile];
  return {
    de: `Fahrzeiten: Straßennetz, ${de}, ${state?.de ?? "Stand nicht bekannt"}, © OpenStreetMap-Mitwirkende (ODbL).`,
    en: `Driving times: road network, ${en}, ${state?.en ?? "state not known"}, © OpenStreetMap contributors (ODbL).`,
  };
}

/** The same for a region without a table, or whose table is refused. */
export function estimateWords(refusal: TableRefusal | null, isFitted = false): Words {
  const why = refusal === null ? null : tableRefusals[refusal];
  return {
    de: `Fahrzeiten: ${estimateSource.de}${isFitted ? ", an Fahrten der Region angepasst" : ""}, Blaulicht.${why === null ? "" : ` Die Straßentabelle wird nicht verwendet: ${why.de}.`}`,
    en: `Driving times: ${estimateSource.en}${isFitted ? ", fitted to drives of the region" : ""}, blue lights.${why === null ? "" : ` The road table is not used: ${why.en}.`}`,
  };
}
