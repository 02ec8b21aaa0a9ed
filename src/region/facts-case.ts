import { caseId, device, factRef, maybe, sealed, site, someDevices } from "./fields.ts";
import { defineKind } from "./kind.ts";

/** Who is with a patient, and so has something to say of a case. */
const carers = ["hospital", "ambulance", "control-centre"] as const;

/** Devices that an erasure names beside those that facts tell of. */
export const erasureNamesMax = 128;

const theCase = { de: "Der Fall.", en: "The case." };

export const caseOpened = defineKind(
  "case.opened/1",
  carers,
  {
    de: "Ein Standort eröffnet einen Fall: was zu ihm versiegelt wird, lesen er und wem er ihn öffnet.",
    en: "A site opens a case: what is sealed in it is read by that site and by those to whom it opens it.",
  },
  {
    case: caseId(theCase),
    mission: maybe(
      factRef({
        de: "Der Einsatz; dann lesen auch dessen Leitstelle, Rettungsmittel und Ziel.",
        en: "The mission; then its control centre, vehicle and destination read it too.",
      }),
    ),
  },
);

export const caseShared = defineKind(
  "case.shared/1",
  carers,
  {
    de: "Der Standort, dem der Fall gehört, öffnet ihn einem anderen. Zurückgenommen wird das nicht: nur gelöscht.",
    en: "The site that the case belongs to opens it to another. That is not taken back: it is only erased.",
  },
  {
    case: caseId(theCase),
    to: site("any-site", { de: "Wer ihn lesen darf.", en: "Who may read it." }),
  },
);

export const caseNote = defineKind(
  "case.note/1",
  carers,
  {
    de: "Etwas zu diesem Fall, versiegelt.",
    en: "Something about this case, sealed.",
  },
  { case: caseId(theCase), sealed: sealed() },
);

export const caseKeyCarried = defineKind(
  "case.key-carried/1",
  carers,
  {
    de: "Der Schlüssel des Falls geht von Hand hinaus, auf einem Stick oder als Code, verpackt für dieses eine Gerät.",
    en: "The key of the case leaves by hand, on a stick or as a code, wrapped to this one device.",
  },
  {
    case: caseId(theCase),
    to: device({ de: "Wer ihn öffnen kann.", en: "Who can open it." }),
  },
);

export const caseErased = defineKind(
  "case.erased/1",
  [...carers, "authority"],
  {
    de: "Der Fall ist gelöscht, für immer: jedes Gerät löscht seinen Schlüssel und nimmt keinen mehr an.",
    en: "The case is erased, for ever: every device deletes its key and takes none any more.",
  },
  {
    case: caseId(theCase),
    given: maybe(
      someDevices(erasureNamesMax, {
        de: "Wer den Schlüssel hatte, ohne dass es hier noch eine Tatsache sagt: ihr Einsatz ist lange zu Ende.",
        en: "Who had the key though no fact here says so any more: their mission ended long ago.",
      }),
    ),
  },
);

export const caseKinds = [caseOpened, caseShared, caseNote, caseKeyCarried, caseErased] as const;
