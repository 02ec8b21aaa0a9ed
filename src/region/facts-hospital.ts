import { states, statusReasons, voices, wards } from "./choices.ts";
import { choice, flag, maybe, moment, over, site, whole, withRefusal } from "./fields.ts";
import { defineKind } from "./kind.ts";
import { capabilities } from "./region-data.ts";

const bedsMax = 9_999;

function capability() {
  const field = choice(capabilities, { de: "Versorgungsmöglichkeit.", en: "Capability." });
  return withRefusal(field, "unknown-capability");
}

export const hospitalStatus = defineKind(
  "hospital.status/1",
  ["hospital"],
  {
    de: "Was das Krankenhaus jetzt annehmen kann, nach eigenem Wort.",
    en: "What the hospital can take now, in its own word.",
  },
  {
    capability: capability(),
    state: choice(states, { de: "Zustand.", en: "State." }),
    reason: maybe(choice(statusReasons, { de: "Grund.", en: "Reason." })),
    untilMs: maybe(moment({ de: "Gilt höchstens bis dahin.", en: "Holds until then at the latest." })),
    over: over(),
  },
);

export const hospitalBeds = defineKind(
  "hospital.beds/1",
  ["hospital"],
  { de: "Freie Betten eines Bereichs.", en: "Free beds of a ward." },
  {
    ward: choice(wards, { de: "Bereich.", en: "Ward." }),
    free: whole(0, bedsMax, { de: "Freie Betten.", en: "Free beds." }),
    total: maybe(whole(0, bedsMax, { de: "Betten in Betrieb.", en: "Beds in operation." })),
    over: over(),
  },
);

export const voiceReport = defineKind(
  "voice.report/1",
  ["control-centre"],
  {
    de: "Was jemand am Telefon oder Funk für ein Krankenhaus gesagt hat, von der Leitstelle notiert.",
    en: "What someone said for a hospital on telephone or radio, taken down by a control centre.",
  },
  {
    hospital: site("hospital", { de: "Für welches Krankenhaus.", en: "For which hospital." }),
    capability: capability(),
    state: choice(states, { de: "Zustand.", en: "State." }),
    answeredBy: choice(voices, { de: "Wer gesprochen hat.", en: "Who spoke." }),
    readBack: flag({
      de: "Zurückgelesen und bestätigt.",
      en: "Read back and confirmed.",
    }),
    over: over(),
  },
);

export const hospitalKinds = [hospitalStatus, hospitalBeds, voiceReport] as const;
