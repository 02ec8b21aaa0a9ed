import { factRefs, inboundMax, maybe, moment, site, whole } from "./fields.ts";
import { defineKind } from "./kind.ts";

/** Kinds that say what a device has heard or not: no person says them, and nobody may put them into its mouth. */
export function isObservation(kind: string): boolean {
  return kind.startsWith("contact.");
}

const controlCentre = ["control-centre"] as const;
const flapsMax = 1_000_000;

function observed() {
  return site("any-site", { de: "Der beobachtete Standort.", en: "The site observed." });
}

function flaps() {
  return whole(0, flapsMax, {
    de: "Weitere Wechsel seit der letzten Meldung, die keine eigene bekamen.",
    en: "Further changes since the last report that got none of their own.",
  });
}

export const contactLost = defineKind(
  "contact.lost/1",
  controlCentre,
  {
    de: "Der Beobachter hört den Standort auf keinem Weg mehr. Stumm heißt unbekannt, nicht geschlossen.",
    en: "The observer hears the site on no path any more. Silent means unknown, not closed.",
  },
  {
    site: observed(),
    lastHeardMs: moment({ de: "Zuletzt gehört.", en: "Last heard." }),
    flaps: flaps(),
    inbound: maybe(
      factRefs(inboundMax, {
        de: "Einsätze, die dorthin unterwegs sind.",
        en: "Missions on their way there.",
      }),
    ),
  },
);

export const contactRegained = defineKind(
  "contact.regained/1",
  controlCentre,
  { de: "Der Beobachter hört den Standort wieder.", en: "The observer hears the site again." },
  {
    site: observed(),
    silentForMs: whole(0, 9_999_999_999_999, {
      de: "So lange war er stumm, in Millisekunden.",
      en: "How long it was silent, in milliseconds.",
    }),
    flaps: flaps(),
  },
);

export const contactCutOff = defineKind(
  "contact.cut-off/1",
  controlCentre,
  {
    de: "Der Beobachter selbst war abgeschnitten und hat in dieser Zeit über niemanden etwas gewusst.",
    en: "The observer itself was cut off and knew nothing of anyone during that time.",
  },
  {
    fromMs: moment({ de: "Von.", en: "From." }),
    toMs: moment({ de: "Bis.", en: "To." }),
  },
);

export const contactKinds = [contactLost, contactRegained, contactCutOff] as const;
