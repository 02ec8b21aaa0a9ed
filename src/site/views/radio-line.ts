import type { Name } from "../../basics/name.ts";
import { siteIn } from "../../region/charter.ts";
import { ageGroups } from "../../region/choices.ts";
import type { MissionView } from "../../region/mission-view.ts";
import { needs } from "../../region/vocabulary.ts";
import type { Words } from "../../region/words.ts";
import { flagsOf } from "./board-mission.ts";
import type { BoardContext } from "./board-rows.ts";
import type { CrewDestination } from "./board-site-view.ts";
import type { MissionRow } from "./board-view.ts";

const flagWords: { readonly [flag in MissionRow["flags"][number]]: Words } = {
  doctor: { de: "Notarzt dabei", en: "doctor with us" },
  ventilated: { de: "beatmet", en: "ventilated" },
  danger: { de: "Atemweg oder Blutung nicht beherrscht", en: "airway or bleeding not controlled" },
  cpr: { de: "unter Reanimation", en: "CPR running" },
  pregnant: { de: "schwanger", en: "pregnant" },
  newborn: { de: "mit Neugeborenem", en: "with newborn" },
  infectious: { de: "ansteckend", en: "infectious" },
  heavy: { de: "über 200 kg", en: "over 200 kg" },
  flown: { de: "im Hubschrauber", en: "by helicopter" },
  grounded: { de: "doch am Boden", en: "by road after all" },
};

/**
 * What the crew reads out: who calls whom, where it drives and when it is there, what the patient has.
 * `Leitstelle Düsseldorf von RTW 7: fahren Neuss Lukas an, Ankunft 03:14. Schlaganfall, 65–79 Jahre, beatmet.`
 */
export function radioLine(
  context: BoardContext,
  mission: MissionView,
  destination: Pick<CrewDestination, "hospital" | "arrivalMs"> | null,
): Words {
  const call = callOf(context, mission);
  const patient = patientWords(mission);
  if (destination === null) {
    return {
      de: `${call.de}: noch ohne Ziel. ${patient.de}.`,
      en: `${call.en}: no destination yet. ${patient.en}.`,
    };
  }
  const name = spokenName(context, destination.hospital);
  const at = destination.arrivalMs === null ? null : context.clock(destination.arrivalMs);
  return {
    de: `${call.de}: fahren ${name} an${at === null ? "" : `, Ankunft ${at}`}. ${patient.de}.`,
    en: `${call.en}: driving to ${name}${at === null ? "" : `, arrival ${at}`}. ${patient.en}.`,
  };
}

/** The answer to a re-steer. `Leitstelle Düsseldorf von RTW 7: verstanden, fahren Neuss Lukas an statt UKD.` */
export function understoodLine(context: BoardContext, mission: MissionView, hospital: Name): Words {
  const call = callOf(context, mission);
  const name = spokenName(context, hospital);
  const old = mission.destination === null ? null : spokenName(context, mission.destination.hospital);
  return {
    de: `${call.de}: verstanden, fahren ${name} an${old === null ? "" : ` statt ${old}`}.`,
    en: `${call.en}: understood, driving to ${name}${old === null ? "" : ` instead of ${old}`}.`,
  };
}

function callOf({ house }: BoardContext, { owners, vehicle }: MissionView): Words {
  const [centre] = owners;
  const nameOf = (site: Name): string => siteIn(house.charter, site)?.name ?? site;
  const here = nameOf(vehicle);
  if (centre === undefined) return { de: here, en: here };
  return { de: `${nameOf(centre)} von ${here}`, en: `${nameOf(centre)} from ${here}` };
}

function patientWords(mission: MissionView): Words {
  const words: readonly Words[] = [
    needs[mission.need],
    ageGroups[mission.ageGroup],
    ...flagsOf(mission).map((flag) => flagWords[flag]),
  ];
  return { de: words.map(({ de }) => de).join(", "), en: words.map(({ en }) => en).join(", ") };
}

function spokenName({ data }: BoardContext, hospital: Name): string {
  return data.hospitals.find(({ id }) => id === hospital)?.spokenName ?? hospital;
}
