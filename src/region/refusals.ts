import type { FieldFault } from "./kind.ts";
import type { Words } from "./words.ts";

/** Why a fact was not written. */
export type FactRefusalCode =
  | FieldFault["code"]
  | "unknown-kind"
  | "unknown-version"
  | "unknown-hospital"
  | "unknown-ambulance"
  | "unknown-centre"
  | "unknown-site"
  | "unknown-device"
  | "not-yours-to-say"
  | "device-ended"
  | "site-type-fixed"
  | "key-fixed"
  | "key-not-of-device"
  | "log-not-of-device"
  | "authority-not-new"
  | "key-not-of-neighbour"
  | "neighbour-key-fixed"
  | "unknown-neighbour"
  | "too-many-neighbours"
  | "case-erased";

export type FactRefusal = {
  readonly code: FactRefusalCode;
  /** The field, site, device or kind in question. */
  readonly detail: string;
};

const texts: Readonly<Record<FactRefusalCode, (detail: string) => Words>> = {
  "unknown-kind": (kind) => ({
    de: `Diese Version kennt die Meldung „${kind}“ nicht.`,
    en: `This version does not know the fact “${kind}”.`,
  }),
  "unknown-version": (kind) => ({
    de: `Diese Version kennt die Meldung, aber nicht in der Fassung „${kind}“.`,
    en: `This version knows the fact, but not as “${kind}”.`,
  }),
  "missing-field": (field) => ({ de: `Die Angabe „${field}“ fehlt.`, en: `“${field}” is missing.` }),
  "bad-field": (field) => ({
    de: `Die Angabe „${field}“ hat keinen erlaubten Wert.`,
    en: `“${field}” has no allowed value.`,
  }),
  "unknown-field": (field) => ({
    de: `Die Angabe „${field}“ gehört nicht zu dieser Meldung.`,
    en: `“${field}” is no part of this fact.`,
  }),
  "unknown-capability": () => ({
    de: "Diese Versorgungsmöglichkeit ist nicht bekannt.",
    en: "This capability is not known.",
  }),
  "unknown-need": () => ({ de: "Dieser Bedarf ist nicht bekannt.", en: "This need is not known." }),
  "unknown-hospital": (site) => ({
    de: `In der Region gibt es kein Krankenhaus „${site}“.`,
    en: `The region has no hospital “${site}”.`,
  }),
  "unknown-ambulance": (site) => ({
    de: `In der Region gibt es kein Rettungsmittel „${site}“.`,
    en: `The region has no ambulance “${site}”.`,
  }),
  "unknown-centre": (site) => ({
    de: `In der Region gibt es keine Leitstelle „${site}“.`,
    en: `The region has no control centre “${site}”.`,
  }),
  "unknown-site": (site) => ({
    de: `In der Region gibt es keinen Standort „${site}“.`,
    en: `The region has no site “${site}”.`,
  }),
  "unknown-device": (device) => ({
    de: `In der Region gibt es kein Gerät „${device}“.`,
    en: `The region has no device “${device}”.`,
  }),
  "not-yours-to-say": (kind) => ({
    de: `„${kind}“ darf dieser Standort nicht melden.`,
    en: `This site may not say “${kind}”.`,
  }),
  "device-ended": (device) => ({
    de: `Das Gerät „${device}“ gilt nicht mehr. Die Behörde muss ein neues aufnehmen.`,
    en: `The device “${device}” counts no longer. The authority has to enrol a new one.`,
  }),
  "site-type-fixed": (site) => ({
    de: `Der Standort „${site}“ ist schon mit anderer Art aufgenommen.`,
    en: `The site “${site}” is already enrolled with another type.`,
  }),
  "key-fixed": (device) => ({
    de: `Das Gerät „${device}“ hat schon andere Schlüssel. Ein neuer Schlüssel braucht einen neuen Gerätenamen.`,
    en: `The device “${device}” has other keys already. A new key needs a new device name.`,
  }),
  "key-not-of-device": (field) => ({
    de: `Der Schlüssel in „${field}“ ist nicht lesbar oder nicht auf Region, Standort und Gerät ausgestellt.`,
    en: `The key in “${field}” cannot be read or is not made out to this region, site and device.`,
  }),
  "log-not-of-device": (field) => ({
    de: `Das Protokoll in „${field}“ ist keines dieses Geräts.`,
    en: `The log in “${field}” is none of this device's.`,
  }),
  "case-erased": () => ({
    de: "Dieser Fall ist gelöscht. Dazu wird nichts mehr geschrieben.",
    en: "This case is erased. Nothing more is written about it.",
  }),
  "authority-not-new": (device) => ({
    de: `„${device}“ kann die Charta nicht führen: das Gerät ist schon vergeben.`,
    en: `“${device}” cannot carry the charter on: the device is taken.`,
  }),
  "key-not-of-neighbour": (region) => ({
    de: `Der Schlüssel ist nicht lesbar oder nicht der einer Behörde der Region „${region}“, oder es ist die eigene.`,
    en: `The key cannot be read or is none of an authority of the region “${region}”, or that is our own.`,
  }),
  "neighbour-key-fixed": (region) => ({
    de: `Die Region „${region}“ ist schon mit einem anderen Schlüssel genannt. Er bleibt.`,
    en: `The region “${region}” is named with another key already. It stays.`,
  }),
  "unknown-neighbour": (region) => ({
    de: `Die Region „${region}“ ist nicht genannt.`,
    en: `The region “${region}” is not named.`,
  }),
  "too-many-neighbours": (max) => ({
    de: `Es sind schon ${max} Regionen genannt. Mehr gehen nicht.`,
    en: `${max} regions are named already. There is room for no more.`,
  }),
};

/** The sentence for whoever tried to write it. */
export function refusalText(refusal: FactRefusal): Words {
  return texts[refusal.code](refusal.detail);
}

export function isFactRefusalCode(code: string): code is FactRefusalCode {
  return Object.hasOwn(texts, code);
}
