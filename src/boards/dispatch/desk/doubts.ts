import type { Name } from "../../../basics/name.ts";
import { capabilities } from "../../../region/vocabulary.ts";
import type { MissionRow } from "../../../site/views/board-view.ts";
import type { MarkShape } from "../../shell/mark.tsx";
import { timeText } from "../../shell/sight.ts";
import { isFresh, rank, shownCell, shownContact, soundNotes, unheardRow } from "../hospital-words.ts";
import type { Sight } from "../sight.ts";
import { deskTexts } from "./speech.ts";

/** One thing that whoever sends a patient to a hospital should know first. */
export type Doubt = { readonly shape: MarkShape; readonly text: string };

type Patient = Pick<MissionRow, "need" | "asks" | "request">;

/** Everything unusual about a hospital for this patient, the gravest first; none: it is open and heard. */
export function doubtsOf(hospital: Name, patient: Patient, sight: Sight): readonly Doubt[] {
  return [
    ...ownRefusal(hospital, patient, sight),
    ...contactDoubts(hospital, sight),
    ...stateDoubts(hospital, patient, sight),
  ];
}

function ownRefusal(hospital: Name, { request }: Patient, sight: Sight): readonly Doubt[] {
  if (request.step !== "answered" || request.hospital !== hospital || request.answer === "ready") return [];
  return [{ shape: "cannot", text: deskTexts(sight).hasDeclined(timeText(sight, request.answeredMs)) }];
}

/** Its contact, our path to it, and whether anybody there would hear a request. */
function contactDoubts(hospital: Name, sight: Sight): readonly Doubt[] {
  const known = sight.places.hospitals.get(hospital);
  if (known === undefined) return [];
  const { contact } = sight.room.hospitals.get(hospital) ?? unheardRow(known);
  const { shape, word, notes } = shownContact(contact, sight);
  const isCalm = isFresh(contact, sight) && contact.verdict === "heard";
  return [
    ...(isCalm ? [] : [{ shape, text: word }]),
    ...[...notes, ...soundNotes(hospital, sight)].map((text): Doubt => ({ shape: "late", text })),
  ];
}

/** What the need requires and is not open: of alternatives the best one; and what is preferred and surely missing. */
function stateDoubts(site: Name, patient: Patient, sight: Sight): readonly Doubt[] {
  const { places, room, language } = sight;
  const hospital = places.hospitals.get(site);
  const need = patient.asks ?? places.needs.get(patient.need);
  if (hospital === undefined || need === undefined) return [];
  const row = room.hospitals.get(site) ?? unheardRow(hospital);
  const shown = (capability: keyof typeof capabilities) => ({
    capability,
    ...shownCell(hospital, capability, row, sight),
  });
  const required = need.required.map((group) => group.map(shown).reduce(better));
  const preferred = need.preferred.map(shown).filter(({ shape }) => missing.has(shape));
  const doubtful = [...required, ...preferred].filter(({ shape }) => shape !== "open");
  const unique = new Map(doubtful.map((cell) => [cell.capability, cell]));
  return [...unique.values()].map(({ capability, shape, word, notes }) => ({
    shape,
    text: [`${capabilities[capability][language]} ${word}`, ...notes].join(", "),
  }));
}

const missing: ReadonlySet<MarkShape> = new Set(["full", "cannot", "absent"]);
function better<Cell extends { readonly shape: MarkShape }>(a: Cell, b: Cell): Cell {
  return rank(b) < rank(a) ? b : a;
}
