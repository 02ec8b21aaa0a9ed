import { ageGroups } from "./choices.ts";
import { choice, factRef, flag, maybe, whole, withRefusal } from "./fields.ts";
import { defineKind } from "./kind.ts";
import { needs } from "./region-data.ts";
import { transferDeclines } from "./transfer-choices.ts";

/*
 * A hospital asks for a transfer of its own patient. The mission is opened by a control centre (`mission.opened`, which
 * names the request in `transfer`), or nobody opens one.
 */

const hospital = ["hospital"] as const;
const controlCentre = ["control-centre"] as const;

function asked() {
  return factRef({ de: "Die Anforderung: ihr `transfer.asked`.", en: "The request: its `transfer.asked`." });
}

export const transferAsked = defineKind(
  "transfer.asked/1",
  hospital,
  {
    de: "Das Krankenhaus fordert die Verlegung eines eigenen Patienten an. Sagt es eine Ärztin oder ein Arzt, ist es damit einverstanden mit jedem Haus, das ihn nimmt.",
    en: "The hospital asks for the transfer of a patient of its own. Where a physician says so, it agrees with that to any hospital that takes the patient.",
  },
  {
    need: withRefusal(
      choice(needs, { de: "Was der Patient braucht.", en: "What the patient needs." }),
      "unknown-need",
    ),
    urgency: whole(1, 3, { de: "1 ist am dringendsten.", en: "1 is the most urgent." }),
    ageGroup: choice(ageGroups, { de: "Altersgruppe.", en: "Age group." }),
    doctor: flag({ de: "Notarzt soll mitfahren.", en: "An emergency doctor is to go with the patient." }),
    ventilated: flag({ de: "Beatmet.", en: "Ventilated." }),
    pregnant: flag({ de: "Schwanger.", en: "Pregnant." }),
    infectious: flag({ de: "Ansteckend.", en: "Infectious." }),
    heavy: maybe(flag({ de: "Über 200 kg.", en: "Over 200 kg." })),
    newborn: maybe(
      flag({ de: "Mutter und Neugeborenes in einer Fahrt.", en: "Mother and newborn in one transport." }),
    ),
  },
);

export const transferTakenBack = defineKind(
  "transfer.taken-back/1",
  hospital,
  {
    de: "Das Krankenhaus nimmt seine Anforderung zurück, und mit ihr sein Einverständnis.",
    en: "The hospital takes its request back, and its agreement with it.",
  },
  { asked: asked() },
);

export const transferDeclined = defineKind(
  "transfer.declined/1",
  controlCentre,
  {
    de: "Die Leitstelle eröffnet zu dieser Anforderung keinen Einsatz. Wer sie doch eröffnet, hat das letzte Wort.",
    en: "The control centre opens no mission for this request. Whoever opens one after all has the last word.",
  },
  {
    asked: asked(),
    reason: choice(transferDeclines, { de: "Grund.", en: "Reason." }),
  },
);

export const transferDeclineTakenBack = defineKind(
  "transfer.decline-taken-back/1",
  controlCentre,
  {
    de: "Die Leitstelle hat eine Anforderung aus Versehen abgelehnt: Sie wartet wieder.",
    en: "The control centre declined a request by mistake: it waits again.",
  },
  {
    asked: asked(),
    takesBack: factRef({
      de: "Die Ablehnung: ihr `transfer.declined`.",
      en: "What is taken back: its `transfer.declined`.",
    }),
  },
);

export const transferKinds = [
  transferAsked,
  transferTakenBack,
  transferDeclined,
  transferDeclineTakenBack,
] as const;
