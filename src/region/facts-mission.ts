import * as v from "valibot";
import { assignReasons } from "./assign-reasons.ts";
import { ageGroups, answers, channels, statusReasons, steps } from "./choices.ts";
import { closedReasons, keptReasons, voices } from "./desk-choices.ts";
import {
  cell,
  choice,
  factRef,
  field,
  flag,
  maybe,
  moment,
  over,
  site,
  whole,
  withRefusal,
} from "./fields.ts";
import { defineKind } from "./kind.ts";
import { pzcPattern } from "./pzc.ts";
import { needs } from "./region-data.ts";

const controlCentre = ["control-centre"] as const;
const crew = ["ambulance"] as const;
const hospital = ["hospital"] as const;

function mission() {
  return factRef({ de: "Der Einsatz: sein `mission.opened`.", en: "The mission: its `mission.opened`." });
}

function target() {
  return site("hospital", { de: "Das Krankenhaus.", en: "The hospital." });
}

function forced() {
  return maybe(
    choice(assignReasons, {
      de: "Zwangsbelegung: kein geeignetes Haus war frei, und eine namentlich angemeldete Person hat dieses aus diesem Grund gewählt.",
      en: "Forced assignment: no suitable hospital was free, and somebody signed in by name chose this one for this reason.",
    }),
  );
}

function asked() {
  return factRef({
    de: "Die Anfrage: ihr `mission.asked` oder `mission.agreement-asked`.",
    en: "The request: its `mission.asked` or `mission.agreement-asked`.",
  });
}

function takesBack() {
  return factRef({ de: "Die Meldung, die zurückgenommen wird.", en: "The report that is taken back." });
}

export const missionOpened = defineKind(
  "mission.opened/1",
  controlCentre,
  {
    de: "Ein Patient, ein Transport. Der Einsatz gehört der Leitstelle, die ihn eröffnet.",
    en: "One patient, one transport. The mission belongs to the control centre that opens it.",
  },
  {
    vehicle: site("ambulance", { de: "Das Rettungsmittel.", en: "The ambulance." }),
    need: withRefusal(
      choice(needs, { de: "Was der Patient braucht.", en: "What the patient needs." }),
      "unknown-need",
    ),
    urgency: whole(1, 3, { de: "1 ist am dringendsten.", en: "1 is the most urgent." }),
    ageGroup: choice(ageGroups, { de: "Altersgruppe.", en: "Age group." }),
    doctor: flag({ de: "Notarzt dabei.", en: "Emergency doctor with the patient." }),
    ventilated: flag({ de: "Beatmet.", en: "Ventilated." }),
    cpr: flag({ de: "Unter Reanimation.", en: "CPR running." }),
    danger: maybe(
      flag({
        de: "Atemweg oder Blutung nicht beherrscht: wie unter Reanimation das nächste Haus zum Stabilisieren.",
        en: "Airway or bleeding not controlled: as under CPR the nearest hospital that can stabilise.",
      }),
    ),
    pregnant: flag({ de: "Schwanger.", en: "Pregnant." }),
    infectious: flag({ de: "Ansteckend.", en: "Infectious." }),
    heavy: maybe(flag({ de: "Über 200 kg.", en: "Over 200 kg." })),
    newborn: maybe(
      flag({ de: "Mutter und Neugeborenes in einer Fahrt.", en: "Mother and newborn in one transport." }),
    ),
    flown: maybe(
      flag({
        de: "Im Hubschrauber. Wer das sagt, sagt auch, dass Tag und Wetter es zulassen.",
        en: "By helicopter. Whoever says so says that day and weather allow it.",
      }),
    ),
    scene: maybe(
      factRef({
        de: "Weiterer Patient derselben Einsatzstelle: das `mission.opened` des ersten.",
        en: "Another patient of the same scene: the first one's `mission.opened`.",
      }),
    ),
    pzc: maybe(
      field(
        v.pipe(v.string(), v.regex(pzcPattern)),
        { de: "sechs Ziffern", en: "six digits" },
        {
          de: "Patientenzuweisungscode, wie er eingegeben wurde: Code, Alter, Dringlichkeit.",
          en: "Patient assignment code (PZC) as it was entered: code, age, urgency.",
        },
      ),
    ),
    from: maybe(
      site("hospital", {
        de: "Verlegung: das Krankenhaus, das den Patienten abgibt.",
        en: "A transfer: the hospital that sends the patient.",
      }),
    ),
    transfer: maybe(
      factRef({
        de: "Verlegung, die das abgebende Krankenhaus selbst angefordert hat: sein `transfer.asked`.",
        en: "A transfer that the sending hospital asked for itself: its `transfer.asked`.",
      }),
    ),
    callAtMs: moment({
      de: "Eingang des Notrufs, bei einer Verlegung der Anforderung.",
      en: "When the call came in, or the transfer was asked for.",
    }),
    cell: cell({ de: "Einsatzort.", en: "Where the patient is." }),
  },
);

export const missionPosition = defineKind(
  "mission.position/1",
  crew,
  { de: "Wo das Rettungsmittel ist.", en: "Where the ambulance is." },
  {
    mission: mission(),
    cell: cell({ de: "Ort.", en: "Place." }),
    ageS: whole(0, 86_400, {
      de: "Alter der Ortung beim Schreiben, in Sekunden.",
      en: "Age of the position when written, in seconds.",
    }),
  },
);

export const missionStep = defineKind(
  "mission.step/1",
  crew,
  { de: "Wie weit die Besatzung ist.", en: "How far the crew is." },
  { mission: mission(), step: choice(steps, { de: "Schritt.", en: "Step." }) },
);

export const missionDestination = defineKind(
  "mission.destination/1",
  crew,
  {
    de: "Wohin die Besatzung fährt. Nennt `over` einen Vorschlag der Leitstelle, ist er damit bestätigt.",
    en: "Where the crew drives. A proposal of the control centre named in `over` is thereby confirmed.",
  },
  { mission: mission(), hospital: target(), over: over() },
);

export const missionSteered = defineKind(
  "mission.steered/1",
  controlCentre,
  {
    de: "Die Leitstelle hat ein anderes Ziel ausgewählt und bestätigt; es gilt, sobald die Besatzung es nennt.",
    en: "The control centre selected and confirmed another destination; it holds once the crew names it.",
  },
  { mission: mission(), hospital: target(), forced: forced(), over: over() },
);

export const missionKept = defineKind(
  "mission.kept/1",
  controlCentre,
  {
    de: "Die Leitstelle bleibt beim Ziel, obwohl es schweigt oder ein anderes früher wäre.",
    en: "The control centre keeps the destination in spite of silence or of a sooner one.",
  },
  {
    mission: mission(),
    hospital: target(),
    reason: choice(keptReasons, { de: "Grund.", en: "Reason." }),
    forced: forced(),
    over: over(),
  },
);

export const missionAsked = defineKind(
  "mission.asked/1",
  controlCentre,
  {
    de: "Die Leitstelle fragt das Krankenhaus, ob es annimmt. Niemand wartet zum Losfahren auf die Antwort.",
    en: "The control centre asks the hospital for acceptance. Nobody waits for the answer in order to drive.",
  },
  {
    mission: mission(),
    hospital: target(),
    answerWithinS: whole(10, 3_600, {
      de: "Frist für die Antwort, in Sekunden, sobald die Anfrage im Krankenhaus gespeichert ist.",
      en: "Deadline for the answer, in seconds, once the request is stored at the hospital.",
    }),
    over: over(),
  },
);

export const missionAgreementAsked = defineKind(
  "mission.agreement-asked/1",
  controlCentre,
  {
    de: "Verlegung: Die Leitstelle fragt das abgebende Krankenhaus, ob der Patient dorthin soll. Geantwortet wird wie auf eine Anfrage.",
    en: "A transfer: the control centre asks the sending hospital whether the patient is to go there. It is answered like a request.",
  },
  {
    mission: mission(),
    hospital: site("hospital", { de: "Das abgebende Krankenhaus.", en: "The sending hospital." }),
    to: site("hospital", { de: "Das Ziel, um das es geht.", en: "The destination in question." }),
    answerWithinS: whole(10, 3_600, {
      de: "Frist für die Antwort, in Sekunden, sobald die Frage im Krankenhaus gespeichert ist.",
      en: "Deadline for the answer, in seconds, once the question is stored at the hospital.",
    }),
    over: over(),
  },
);

export const missionAnswered = defineKind(
  "mission.answered/1",
  hospital,
  { de: "Die Antwort des gefragten Krankenhauses.", en: "The answer of the hospital that was asked." },
  {
    mission: mission(),
    asked: asked(),
    answer: choice(answers, { de: "Antwort.", en: "Answer." }),
    reason: maybe(choice(statusReasons, { de: "Grund einer Absage.", en: "Reason of a refusal." })),
    over: over(),
  },
);

export const missionAnswerSpoken = defineKind(
  "mission.answer-spoken/1",
  controlCentre,
  {
    de: "Das gefragte Krankenhaus hat mündlich geantwortet; die Leitstelle trägt es ein. Gilt neben dessen eigener Antwort.",
    en: "The hospital that was asked answered by voice; the centre enters it. Stands beside the hospital's own answer.",
  },
  {
    mission: mission(),
    asked: asked(),
    answer: choice(answers, { de: "Antwort.", en: "Answer." }),
    reason: maybe(choice(statusReasons, { de: "Grund einer Absage.", en: "Reason of a refusal." })),
    answeredBy: choice(voices, { de: "Wer gesprochen hat.", en: "Who spoke." }),
    readBack: flag({ de: "Zurückgelesen und bestätigt.", en: "Read back and confirmed." }),
    channel: choice(channels, { de: "Weg.", en: "Channel." }),
    over: over(),
  },
);

export const missionEscalated = defineKind(
  "mission.escalated/1",
  controlCentre,
  {
    de: "Eine Anfrage blieb ohne Antwort: weiter auf dem zweiten Weg.",
    en: "A request got no answer: on to the second channel.",
  },
  {
    mission: mission(),
    asked: asked(),
    channel: choice(channels, { de: "Zweiter Weg.", en: "Second channel." }),
  },
);

export const missionCalled = defineKind(
  "mission.called/1",
  controlCentre,
  {
    de: "Das Krankenhaus wurde wegen dieses Einsatzes angerufen.",
    en: "The hospital was called about this mission.",
  },
  {
    mission: mission(),
    hospital: target(),
    channel: choice(channels, { de: "Weg.", en: "Channel." }),
    reached: flag({ de: "Jemand hat geantwortet.", en: "Someone answered." }),
  },
);

export const missionTakenOver = defineKind(
  "mission.taken-over/1",
  controlCentre,
  {
    de: "Eine andere Leitstelle führt den Einsatz weiter.",
    en: "Another control centre carries the mission on.",
  },
  {
    mission: mission(),
    from: site("control-centre", { de: "Wer ihn bisher führte.", en: "Who led it until now." }),
    over: over(),
  },
);

export const missionHandoverAsked = defineKind(
  "mission.handover-asked/1",
  controlCentre,
  {
    de: "Die Leitstelle will den Einsatz an eine andere abgeben. Bis diese ihn übernimmt, führt sie ihn weiter.",
    en: "The centre wants to hand the mission over to another one. It leads it until that one takes it over.",
  },
  {
    mission: mission(),
    to: site("control-centre", { de: "Wer ihn übernehmen soll.", en: "Who is to take it over." }),
  },
);

export const missionHandoverDeclined = defineKind(
  "mission.handover-declined/1",
  controlCentre,
  {
    de: "Die gefragte Leitstelle übernimmt den Einsatz nicht.",
    en: "The centre that was asked does not take the mission over.",
  },
  {
    mission: mission(),
    asked: factRef({
      de: "Die Frage: ihr `mission.handover-asked`.",
      en: "The question: its `mission.handover-asked`.",
    }),
  },
);

export const missionWordTakenBack = defineKind(
  "mission.word-taken-back/1",
  controlCentre,
  {
    de: "Eine Leitstelle nimmt zurück, was sie eintrug oder fragte: einen Anruf, ein mündliches Wort, einen zweiten Weg, eine Anfrage an ein Haus, die Frage nach einer Abgabe, deren Ablehnung.",
    en: "A centre takes back what it entered or asked: a call, a spoken word, a second channel, a request to a hospital, the question of a hand-over, its being declined.",
  },
  { mission: mission(), takesBack: takesBack() },
);

export const missionClosed = defineKind(
  "mission.closed/1",
  controlCentre,
  {
    de: "Die Leitstelle beendet einen Einsatz, den die Besatzung nicht beendet hat.",
    en: "The control centre ends a mission that the crew has not ended.",
  },
  { mission: mission(), reason: choice(closedReasons, { de: "Grund.", en: "Reason." }), over: over() },
);

export const missionUnderstood = defineKind(
  "mission.understood/1",
  controlCentre,
  {
    de: "Die Besatzung hat am Funk oder Telefon gesagt, dass sie dorthin fährt; die Leitstelle trägt es ein.",
    en: "The crew said on radio or telephone that it drives there; the control centre enters it.",
  },
  {
    mission: mission(),
    hospital: target(),
    channel: choice(channels, { de: "Weg.", en: "Channel." }),
    over: over(),
  },
);

export const missionSteerTakenBack = defineKind(
  "mission.steer-taken-back/1",
  controlCentre,
  {
    de: "Die Leitstelle nimmt ihre Auswahl zurück: ein Irrtum. Danach schlägt sie nichts vor.",
    en: "The control centre takes its choice back: a slip. After it this centre proposes nothing.",
  },
  {
    mission: mission(),
    takesBack: takesBack(),
    hospital: site("hospital", {
      de: "Das Ziel, das nicht mehr gilt.",
      en: "The destination that holds no longer.",
    }),
    asked: maybe(factRef({ de: "Die Anfrage, die damit entfällt.", en: "The request that falls with it." })),
    over: over(),
  },
);

export const missionDestinationTakenBack = defineKind(
  "mission.destination-taken-back/1",
  crew,
  {
    de: "Die Besatzung nimmt ihr Ziel zurück: ein Irrtum. Was vorher galt, gilt wieder.",
    en: "The crew takes its destination back: a slip. What held before holds again.",
  },
  {
    mission: mission(),
    takesBack: takesBack(),
    hospital: site("hospital", {
      de: "Das Ziel, das nicht mehr gilt.",
      en: "The destination that holds no longer.",
    }),
    earlier: maybe(
      site("hospital", {
        de: "Das Ziel, das wieder gilt; ohne Angabe keines.",
        en: "The destination that holds again; left out: none.",
      }),
    ),
    earlierAtMs: maybe(moment({ de: "Wann das gesagt wurde.", en: "When that was said." })),
    over: over(),
  },
);

export const missionAnswerTakenBack = defineKind(
  "mission.answer-taken-back/1",
  hospital,
  {
    de: "Das Krankenhaus nimmt seine Antwort zurück: ein Irrtum. Die Anfrage ist wieder offen.",
    en: "The hospital takes its answer back: a slip. The request is open again.",
  },
  { mission: mission(), asked: asked(), takesBack: takesBack(), over: over() },
);

export const missionKinds = [
  missionOpened,
  missionPosition,
  missionStep,
  missionDestination,
  missionSteered,
  missionKept,
  missionAsked,
  missionAgreementAsked,
  missionAnswered,
  missionAnswerSpoken,
  missionEscalated,
  missionCalled,
  missionTakenOver,
  missionHandoverAsked,
  missionHandoverDeclined,
  missionWordTakenBack,
  missionClosed,
  missionUnderstood,
  missionSteerTakenBack,
  missionDestinationTakenBack,
  missionAnswerTakenBack,
] as const;
