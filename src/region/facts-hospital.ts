import { states, statusReasons, wards } from "./choices.ts";
import { phoneLinesMax, voices } from "./desk-choices.ts";
import { choice, factRef, flag, maybe, moment, over, site, whole, withRefusal } from "./fields.ts";
import { defineKind } from "./kind.ts";
import { capabilities } from "./region-data.ts";

/** How long a word holds. */
const untilDoc = {
  de: "Offen und eingeschränkt gelten höchstens bis dahin; voll und nicht möglich bleiben, als alt gekennzeichnet.",
  en: "Open and limited hold until then at the latest; full and cannot stay, marked old.",
};

const bedsMax = 9_999;

function capability() {
  const field = choice(capabilities, { de: "Versorgungsmöglichkeit.", en: "Capability." });
  return withRefusal(field, "unknown-capability");
}

function takesBack() {
  return factRef({ de: "Die Meldung, die zurückgenommen wird.", en: "The report that is taken back." });
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
    untilMs: maybe(moment(untilDoc)),
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
    reason: maybe(choice(statusReasons, { de: "Grund.", en: "Reason." })),
    untilMs: maybe(moment(untilDoc)),
    over: over(),
  },
);

export const hospitalStatusTakenBack = defineKind(
  "hospital.status-taken-back/1",
  ["hospital"],
  {
    de: "Das Krankenhaus nimmt ein eigenes Wort zurück: ein Irrtum. Was vorher galt, gilt wieder, mit seinem Alter.",
    en: "The hospital takes a word of its own back: a slip. What held before holds again, as old as it was.",
  },
  {
    capability: capability(),
    takesBack: takesBack(),
    earlierState: maybe(
      choice(states, {
        de: "Was wieder gilt; ohne Angabe nichts.",
        en: "What holds again; left out: nothing.",
      }),
    ),
    earlierReason: maybe(choice(statusReasons, { de: "Dessen Grund.", en: "Its reason." })),
    earlierUntilMs: maybe(moment({ de: "Galt höchstens bis dahin.", en: "Held until then at the latest." })),
    earlierAtMs: maybe(moment({ de: "Wann das gesagt wurde.", en: "When that was said." })),
    over: over(),
  },
);

export const voiceReportTakenBack = defineKind(
  "voice.report-taken-back/1",
  ["control-centre"],
  {
    de: "Die Leitstelle nimmt eine mündliche Meldung zurück, die sie falsch notiert hat.",
    en: "The control centre takes a voice report back that it took down wrongly.",
  },
  {
    hospital: site("hospital", { de: "Für welches Krankenhaus.", en: "For which hospital." }),
    capability: capability(),
    takesBack: takesBack(),
    over: over(),
  },
);

export const voiceCalled = defineKind(
  "voice.called/1",
  ["control-centre"],
  {
    de: "Ein schweigendes Krankenhaus wurde in der Anrufrunde angerufen. Was gesagt wurde, steht in mündlichen Meldungen.",
    en: "A silent hospital was called in a call-round. What was said stands in voice reports.",
  },
  {
    hospital: site("hospital", { de: "Welches Krankenhaus.", en: "Which hospital." }),
    line: whole(0, phoneLinesMax, {
      de: "Welche Nummer in der Reihenfolge der Regionsdaten, ab 1; 0 für die Funkgruppe.",
      en: "Which number in the order of the region's data, from 1; 0 for the radio group.",
    }),
    answeredBy: maybe(
      choice(voices, {
        de: "Wer geantwortet hat; ohne Angabe niemand.",
        en: "Who answered; left out: nobody.",
      }),
    ),
  },
);

export const voiceCallTakenBack = defineKind(
  "voice.call-taken-back/1",
  ["control-centre"],
  {
    de: "Ein Anruf der Anrufrunde war falsch eingetragen und zählt nicht.",
    en: "A call of a call-round was taken down wrongly and does not count.",
  },
  {
    hospital: site("hospital", { de: "Welches Krankenhaus.", en: "Which hospital." }),
    takesBack: takesBack(),
  },
);

export const hospitalKinds = [
  hospitalStatus,
  hospitalStatusTakenBack,
  hospitalBeds,
  voiceReport,
  voiceReportTakenBack,
  voiceCalled,
  voiceCallTakenBack,
] as const;
