import { deviceRoles, siteTypes } from "./choices.ts";
import {
  addresses,
  ageRecipient,
  choice,
  hash,
  logEnd,
  logOrNull,
  maybe,
  name,
  placeName,
  previousEpoch,
  printable,
  severalOf,
  site,
  size,
  someDevices,
  whole,
} from "./fields.ts";
import { defineKind } from "./kind.ts";
import type { Words } from "./words.ts";

const authority = ["authority"] as const;
/** A device needs one, and others for the day on which that one is lost. */
const relaysMax = 4;

const vkeyShape = { de: "Schlüsseltext (C2SP vkey)", en: "key text (C2SP vkey)" };

function vkey(doc: Words) {
  return printable(vkeyShape, doc);
}

export const charterStart = defineKind(
  "charter.start/1",
  authority,
  {
    de: "Erster Eintrag des Protokolls der Behörde: die Region und ihr Wiederherstellungsschlüssel.",
    en: "Entry 0 of the authority's log: the region and its recovery key.",
  },
  {
    previous: previousEpoch({
      de: "Das vorige Protokoll der Behörde, soweit bekannt; null beim ersten.",
      en: "The authority's previous log as far as it is known; null for the first.",
    }),
    recovery: vkey({
      de: "Schlüssel, der offline liegt und eine neue Behörde benennen darf; der des ersten Protokolls gilt.",
      en: "Key kept offline that may name a new authority; the one in the first log counts.",
    }),
    zone: printable(
      { de: "Zeitzone (IANA)", en: "time zone (IANA)" },
      { de: "Zeitzone aller Anzeigen der Region.", en: "Time zone of every board of the region." },
    ),
    name: placeName({ de: "Wie die Region heißt.", en: "What the region is called." }),
  },
);

export const charterSite = defineKind(
  "charter.site/1",
  authority,
  {
    de: "Ein Standort gehört zur Region. Name und Ort dürfen später anders lauten, die Art nicht.",
    en: "A site belongs to the region. Name and town may change later, the type may not.",
  },
  {
    site: name({ de: "Kurzname des Standorts.", en: "The site's short name." }),
    type: choice(siteTypes, { de: "Art des Standorts.", en: "What the site is." }),
    name: maybe(placeName({ de: "Wie der Standort heißt.", en: "What the site is called." })),
    town: maybe(placeName({ de: "Ort.", en: "Town." })),
    homeCentre: maybe(
      site("control-centre", {
        de: "Leitstelle, zu der ein Rettungsmittel oder Krankenhaus gehört.",
        en: "Control centre that an ambulance or hospital belongs to.",
      }),
    ),
  },
);

export const charterDevice = defineKind(
  "charter.device/1",
  authority,
  {
    de: "Ein Gerät gehört zu einem Standort. Seine Schlüssel stehen mit der ersten Nennung fest.",
    en: "A device belongs to a site. Its keys are those of the first time it is named.",
  },
  {
    site: site("any-site", { de: "Standort des Geräts.", en: "The device's site." }),
    device: name({
      de: "Kurzname des Geräts, nie wieder vergeben.",
      en: "The device's short name, never reused.",
    }),
    key: vkey({ de: "Schlüssel seines Protokolls.", en: "Key of its log." }),
    holder: vkey({ de: "Schlüssel seiner Quittungen.", en: "Key of its receipts." }),
    recipient: maybe(
      ageRecipient({
        de: "Für wen Schlüssel von Fällen verpackt werden, die es lesen darf; einmal genannt, bleibt er.",
        en: "To whom keys of cases are wrapped that it may read; once named, it stays.",
      }),
    ),
    roles: severalOf(deviceRoles, { de: "Was das Gerät ist.", en: "What the device is." }),
    addresses: maybe(addresses({ de: "Wo es Verbindungen annimmt.", en: "Where it accepts connections." })),
    relays: maybe(
      someDevices(relaysMax, {
        de: "Wo es nicht zu erreichen ist: Anker, die es selbst und jeder anwählt, der es sucht.",
        en: "Where it cannot be reached: anchors that it dials itself, and whoever wants to reach it.",
      }),
    ),
    entriesPerSecondMax: maybe(
      whole(1, 100_000, {
        de: "Neue Einträge je Sekunde, die andere von ihm abholen.",
        en: "New entries a second that others pull from it.",
      }),
    ),
    bytesPerDayMax: maybe(
      whole(1, 1_000_000_000_000, {
        de: "Neue Bytes am Tag, die andere von ihm abholen.",
        en: "New bytes a day that others pull from it.",
      }),
    ),
  },
);

export const charterDeviceEnded = defineKind(
  "charter.device-ended/1",
  authority,
  {
    de: "Ein Gerät gilt ab hier nicht mehr: gestohlen, verloren, abgelöst. Gespeichert bleibt alles.",
    en: "A device counts no longer from here on: stolen, lost, replaced. All of it stays stored.",
  },
  {
    site: site("any-site", { de: "Standort des Geräts.", en: "The device's site." }),
    device: name({ de: "Kurzname des Geräts.", en: "The device's short name." }),
    log: logOrNull({
      de: "Sein letztes gültiges Protokoll; null: keines seiner Protokolle gilt.",
      en: "Its last valid log; null: none of its logs counts.",
    }),
    size: size({
      de: "Einträge darin, die gelten; spätere zählen nicht.",
      en: "Entries in it that count; later ones do not.",
    }),
    root: hash({ de: "Wurzel des Protokolls bei dieser Größe.", en: "Root of the log at that size." }),
  },
);

export const charterAuthorityNext = defineKind(
  "charter.authority-next/1",
  authority,
  {
    de: "Ein anderer Schlüssel führt die Charta fort. Sagt es der Wiederherstellungsschlüssel, geht das vor.",
    en: "Another key carries the charter on. Said by the recovery key it goes before all else.",
  },
  {
    key: vkey({ de: "Schlüssel der neuen Behörde.", en: "Key of the new authority." }),
    last: logEnd({
      de: "Bis wohin das Wort der bisherigen Behörde gilt.",
      en: "How far the word of the authority until now counts.",
    }),
  },
);

export const charterNeighbour = defineKind(
  "charter.neighbour/1",
  authority,
  {
    de: "Eine andere Region wird genannt: Ihre Protokolle dürfen hierher gebracht werden, nur zum Lesen und getrennt von unseren.",
    en: "Another region is named: its logs may be brought here, read-only and apart from ours.",
  },
  {
    region: name({
      de: "Wie sie ihre Einträge zeichnet; nicht die eigene.",
      en: "Its name as it signs entries; not our own.",
    }),
    key: vkey({
      de: "Schlüssel ihrer ersten Behörde; einmal genannt, bleibt er.",
      en: "Key of its first authority; once named, it stays.",
    }),
  },
);

export const charterNeighbourEnded = defineKind(
  "charter.neighbour-ended/1",
  authority,
  {
    de: "Von dieser Region wird ab hier nichts Neues angenommen; was da ist, bleibt. Sie darf wieder genannt werden.",
    en: "From here on nothing new of this region is taken; what is here stays. It may be named again.",
  },
  { region: name({ de: "Die genannte Region.", en: "The region that was named." }) },
);

export const charterKinds = [
  charterStart,
  charterSite,
  charterDevice,
  charterDeviceEnded,
  charterAuthorityNext,
  charterNeighbour,
  charterNeighbourEnded,
] as const;
