import { factRef, flag, over } from "./fields.ts";
import { defineKind } from "./kind.ts";

const controlCentre = ["control-centre"] as const;

export const missionFlown = defineKind(
  "mission.flown/1",
  controlCentre,
  {
    de: "Ob der Patient fliegt, anders als bei der Eröffnung oder zuletzt gesagt. Von mehreren ohne Wissen voneinander gilt die Fahrt am Boden.",
    en: "Whether the patient flies, other than was said when the mission was opened or last. Of several that do not know of each other, by road.",
  },
  {
    mission: factRef({ de: "Der Einsatz: sein `mission.opened`.", en: "The mission: its `mission.opened`." }),
    flown: flag({
      de: "Im Hubschrauber: Tag und Wetter lassen es zu. Sonst am Boden.",
      en: "By helicopter: day and weather allow it. Else by road.",
    }),
    over: over(),
  },
);

export const flightKinds = [missionFlown] as const;
