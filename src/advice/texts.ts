import { states } from "../region/choices.ts";
import type { Language } from "./state.ts";

const german = {
  minutes: "min",
  estimated: "geschätzt",
  inTraffic: "nach Verkehrslage",
  withoutTraffic: "ohne Verkehrslage",
  beyond: "über",
  counted: "gewertet mit",
  since: "seit",
  lastly: "zuletzt",
  voice: "mündlich",
  over: "statt",
  nothingNearer: "kein näheres kommt infrage",
  declined: "hat abgelehnt",
  open: states.open.de,
  limited: states.limited.de,
  full: states.full.de,
  cannot: states.cannot.de,
  no: "nicht vorhanden",
  unconfirmed: "unbestätigt",
  neverConfirmed: "noch nicht bestätigt",
  unknown: "nicht bekannt",
  silent: "schweigt",
  notYetHeard: "noch nicht gehört",
  cutOff: "unsere Verbindung fehlt",
  forcedNoneSuitable: "kein geeignetes Haus bekannt: Zuweisung nach Nähe",
  forcedAllFull: "alle geeigneten Häuser voll: Zuweisung nach Nähe",
};

export type Texts = { readonly [text in keyof typeof german]: string };

const english: Texts = {
  minutes: "min",
  estimated: "estimated",
  inTraffic: "in present traffic",
  withoutTraffic: "present traffic not known",
  beyond: "over",
  counted: "counted as",
  since: "since",
  lastly: "last",
  voice: "by voice",
  over: "instead of",
  nothingNearer: "none nearer qualifies",
  declined: "has declined",
  open: states.open.en,
  limited: states.limited.en,
  full: states.full.en,
  cannot: states.cannot.en,
  no: "not available",
  unconfirmed: "unconfirmed",
  neverConfirmed: "not yet confirmed",
  unknown: "not known",
  silent: "silent",
  notYetHeard: "not yet heard",
  cutOff: "our connection is lost",
  forcedNoneSuitable: "no suitable hospital known: assigned by distance",
  forcedAllFull: "every suitable hospital is full: assigned by distance",
};

export const adviceTexts: { readonly [language in Language]: Texts } = { de: german, en: english };
