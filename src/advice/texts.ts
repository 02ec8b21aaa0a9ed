import { states } from "../region/choices.ts";
import { cellClass } from "./base.ts";
import type { Language } from "./state.ts";

const german = {
  minutes: "min",
  estimated: "geschätzt",
  inTraffic: "nach Verkehrslage",
  withoutTraffic: "ohne Verkehrslage",
  byAir: "im Flug",
  byRoad: "am Boden",
  askLanding: "Landeplatz erfragen",
  beyond: "über",
  counted: "gewertet mit",
  since: "seit",
  lastly: "zuletzt",
  voice: "mündlich",
  over: "statt",
  nothingNearer: "kein näheres kommt infrage",
  farNext: "von dort weiter zum nächsten",
  sends: "gibt den Patienten ab",
  declined: "hat abgelehnt",
  declinedOther: "hat eben einen solchen abgelehnt",
  inbound: (count: number) => `${count} unterwegs dorthin`,
  itsTurn: "an der Reihe",
  assigned: (count: number, time: string) =>
    `schon ${count} ${count === 1 ? "Zwangsbelegung" : "Zwangsbelegungen"}, zuletzt ${time}`,
  inboundUrgent: (count: number) => `${count} in Lebensgefahr unterwegs dorthin`,
  sameScene: (count: number) => `${count} von derselben Einsatzstelle`,
  places: (count: number) =>
    count === 0 ? "kein Platz frei" : `${count} ${count === 1 ? "Platz" : "Plätze"} frei`,
  placesUnknown: "Plätze nicht gemeldet",
  resusUnknown: "Schockraumplätze nicht gemeldet",
  late: (afterCallMin: number, aimMin: number) =>
    `dort erst ${afterCallMin} min nach dem Notruf, Ziel ${aimMin} min`,
  open: states.open.de,
  limited: states.limited.de,
  full: states.full.de,
  cannot: states.cannot.de,
  no: "nicht vorhanden",
  unconfirmed: "unbestätigt",
  neverConfirmed: "noch nicht bestätigt",
  older: "nicht mehr frisch",
  unknown: "nicht bekannt",
  silent: "schweigt",
  notYetHeard: "noch nicht gehört",
  cutOff: "unsere Verbindung fehlt",
  danger: "unmittelbare Gefahr: stabilisieren, dann verlegen",
  dangerSaid: "Stabilisieren",
  forcedSaid: "Zwangsbelegung",
  insteadSaid: "Statt",
  crowdedSaid: "dort warten andere",
  oneMinuteSaid: "eine Minute",
  minutesSaid: "Minuten",
  stabilise: "am schnellsten zum Stabilisieren, dann verlegen",
  "none-suitable": "kein geeignetes Haus frei: Zwangsbelegung",
  "none-besides": "sonst kein geeignetes Haus: Zwangsbelegung",
  "all-full": "alle geeigneten Häuser voll: Zwangsbelegung",
  "transfer-none-suitable": "kein geeignetes Haus frei, verlegt wird nur mit Zusage",
  "transfer-none-besides": "sonst kein geeignetes Haus, verlegt wird nur mit Zusage",
  "transfer-all-full": "alle geeigneten Häuser voll, verlegt wird nur mit Zusage",
};

type Text<T> = T extends string ? string : T;

export type Texts = { readonly [text in keyof typeof german]: Text<(typeof german)[text]> };

const english: Texts = {
  minutes: "min",
  estimated: "estimated",
  inTraffic: "in present traffic",
  withoutTraffic: "present traffic not known",
  byAir: "by air",
  byRoad: "by road",
  askLanding: "ask for the landing place",
  beyond: "over",
  counted: "counted as",
  since: "since",
  lastly: "last",
  voice: "by voice",
  over: "instead of",
  nothingNearer: "none nearer qualifies",
  farNext: "farther from there to the next",
  sends: "sends the patient",
  declined: "has declined",
  declinedOther: "has just declined such a patient",
  inbound: (count) => `${count} on the way there`,
  itsTurn: "its turn",
  assigned: (count, time) =>
    `${count} forced ${count === 1 ? "assignment" : "assignments"} already, last ${time}`,
  inboundUrgent: (count) => `${count} in danger of life on the way there`,
  sameScene: (count) => `${count} from the same scene`,
  places: (count) => (count === 0 ? "no place free" : `${count} ${count === 1 ? "place" : "places"} free`),
  placesUnknown: "places not reported",
  resusUnknown: "resuscitation places not reported",
  late: (afterCallMin, aimMin) => `there only ${afterCallMin} min after the call, aim ${aimMin} min`,
  open: states.open.en,
  limited: states.limited.en,
  full: states.full.en,
  cannot: states.cannot.en,
  no: "not available",
  unconfirmed: "unconfirmed",
  neverConfirmed: "not yet confirmed",
  older: "no longer fresh",
  unknown: "not known",
  silent: "silent",
  notYetHeard: "not yet heard",
  cutOff: "our connection is lost",
  danger: "immediate danger: stabilise, then transfer",
  dangerSaid: "Stabilise",
  forcedSaid: "Forced assignment",
  insteadSaid: "Instead of",
  crowdedSaid: "others wait there",
  oneMinuteSaid: "one minute",
  minutesSaid: "minutes",
  stabilise: "soonest there to stabilise, then transfer",
  "none-suitable": "no suitable hospital is free: forced assignment",
  "none-besides": "no other hospital is suitable: forced assignment",
  "all-full": "every suitable hospital is full: forced assignment",
  "transfer-none-suitable": "no suitable hospital is free, transfers only where agreed",
  "transfer-none-besides": "no other hospital is suitable, transfers only where agreed",
  "transfer-all-full": "every suitable hospital is full, transfers only where agreed",
};

export const adviceTexts: { readonly [language in Language]: Texts } = { de: german, en: english };

/** @param isFirst nobody has said anything yet */
export function stateWord(texts: Texts, code: number, isFirst: boolean): string {
  switch (code) {
    case cellClass.open:
    case cellClass.older:
      return texts.open;
    case cellClass.limited:
      return texts.limited;
    case cellClass.unconfirmed:
      return isFirst ? texts.neverConfirmed : texts.unconfirmed;
    case cellClass.full:
      return texts.full;
    case cellClass.cannot:
      return texts.cannot;
    case cellClass.no:
      return texts.no;
    default:
      return texts.unknown;
  }
}
