import type { Choices } from "./words.ts";

/** What a hospital can take of a capability now, from the least to the most cautious. */
export const states = {
  open: { de: "offen", en: "open" },
  limited: { de: "eingeschränkt", en: "limited" },
  full: { de: "voll", en: "full" },
  cannot: { de: "nicht möglich", en: "cannot" },
} as const satisfies Choices;
export type State = keyof typeof states;

/** Why a capability is not open, and why a hospital cannot take a patient. */
export const statusReasons = {
  "no-beds": { de: "keine Betten", en: "no beds" },
  "no-staff": { de: "kein Personal", en: "no staff" },
  overcrowded: { de: "überfüllt", en: "overcrowded" },
  "in-use": { de: "belegt durch laufenden Fall", en: "in use for a running case" },
  "it-failure": { de: "IT-Ausfall", en: "IT failure" },
  "it-check": { de: "IT-Ausfall, wird geprüft", en: "IT failure, being checked" },
  "equipment-failure": { de: "Gerät defekt", en: "equipment failure" },
  "power-failure": { de: "Stromausfall", en: "power failure" },
  "infection-control": { de: "Infektionsschutz", en: "infection control" },
  evacuation: { de: "Räumung", en: "evacuation" },
  maintenance: { de: "Wartung", en: "maintenance" },
} as const satisfies Choices;
export type StatusReason = keyof typeof statusReasons;

/** The six that a hospital is offered for declining a patient with one tap; the fact takes every reason. */
export const declineReasons = [
  "no-beds",
  "no-staff",
  "in-use",
  "it-failure",
  "equipment-failure",
  "infection-control",
] as const satisfies readonly StatusReason[];

/**
 * Those for which a hospital cannot even stabilise somebody in immediate danger. No bed, no apparatus, a room in use or an infection keep nobody from
 * hands that ventilate and stop a bleeding (certainty C).
 */
export const neverStabilise: ReadonlySet<StatusReason> = new Set(["no-staff", "power-failure", "evacuation"]);

export const wards = {
  "emergency-department": { de: "Notaufnahme", en: "emergency department" },
  "intensive-care": { de: "Intensivstation", en: "intensive care" },
  general: { de: "Normalstation", en: "general ward" },
} as const satisfies Choices;
export type Ward = keyof typeof wards;

export const ageGroups = {
  "0": { de: "unter 1 Jahr", en: "under 1 year" },
  "1-5": { de: "1–5 Jahre", en: "1–5 years" },
  "6-17": { de: "6–17 Jahre", en: "6–17 years" },
  "18-64": { de: "18–64 Jahre", en: "18–64 years" },
  "65-79": { de: "65–79 Jahre", en: "65–79 years" },
  "80+": { de: "80 Jahre und älter", en: "80 years and over" },
} as const satisfies Choices;
export type AgeGroup = keyof typeof ageGroups;

/** A crew's way through a mission, in its order. */
export const steps = {
  "on-the-way": { de: "auf Anfahrt", en: "on the way" },
  "on-scene": { de: "vor Ort", en: "on scene" },
  "patient-on-board": { de: "Patient an Bord", en: "patient on board" },
  arrived: { de: "am Ziel", en: "arrived" },
  ended: { de: "beendet", en: "ended" },
} as const satisfies Choices;
export type Step = keyof typeof steps;

export const answers = {
  ready: { de: "nimmt an", en: "ready" },
  cannot: { de: "kann nicht annehmen", en: "cannot" },
} as const satisfies Choices;
export type Answer = keyof typeof answers;

/** The second channel of a request that has not been answered. */
export const channels = {
  telephone: { de: "Telefon", en: "telephone" },
  radio: { de: "Funk", en: "radio" },
} as const satisfies Choices;
export type Channel = keyof typeof channels;

/** In what role somebody begins a shift: the word before the number in `by`. */
export const roles = {
  dispatcher: { de: "Disposition", en: "dispatcher" },
  "shift-leader": { de: "Lagedienst", en: "shift leader" },
  nurse: { de: "Pflege", en: "nurse" },
  "charge-nurse": { de: "Schichtleitung Pflege", en: "charge nurse" },
  physician: { de: "Ärztin oder Arzt", en: "physician" },
  registration: { de: "Anmeldung", en: "registration" },
  paramedic: { de: "Rettungsdienst", en: "paramedic" },
  "emergency-doctor": { de: "Notärztin oder Notarzt", en: "emergency doctor" },
} as const satisfies Choices;
export type Role = keyof typeof roles;

/** Whether a board can be heard: a browser holds sound back until somebody has touched the page, and one that is not open is seen by nobody. */
export const sounds = {
  on: { de: "Ton an", en: "sound on" },
  "held-back": { de: "Ton zurückgehalten", en: "sound held back" },
  closed: { de: "keine Tafel offen", en: "no board open" },
} as const satisfies Choices;
export type Sound = keyof typeof sounds;

export const siteTypes = {
  hospital: { de: "Krankenhaus", en: "hospital" },
  "control-centre": { de: "Leitstelle", en: "control centre" },
  ambulance: { de: "Rettungsmittel", en: "ambulance" },
  authority: { de: "Behörde", en: "authority" },
} as const satisfies Choices;
export type SiteType = keyof typeof siteTypes;

export const deviceRoles = {
  anchor: { de: "Anker: hält alle Protokolle der Region", en: "anchor: holds all logs of the region" },
  mobile: { de: "fährt mit", en: "mobile" },
  pocket: { de: "Gerät mit Browser", en: "pocket: a device in a browser" },
} as const satisfies Choices;
export type DeviceRole = keyof typeof deviceRoles;

/** The roles that a site's board offers at the start of a shift. */
export const rolesOf: Readonly<Record<SiteType, readonly Role[]>> = {
  "control-centre": ["dispatcher", "shift-leader"],
  hospital: ["nurse", "charge-nurse", "physician", "registration"],
  ambulance: ["paramedic", "emergency-doctor"],
  authority: [],
};
