import { englishShell } from "../shell/texts-en.ts";
import type { Speech } from "./speech.ts";
import type { HospitalTexts } from "./texts.ts";

const englishHospital: HospitalTexts = {
  nobody: "nobody on shift",
  shiftStart: "Begin the shift",
  shiftAgain: "The shift has ended: please begin again.",
  shiftWhy: "Give role and name once, then this board can report.",
  shiftKept: "The name stays in this hospital and shows on its boards only.",
  role: "Role",
  name: "Name",
  begin: "Begin the shift",
  shiftLost: "No answer from the anchor: please try again.",
  onShift: (name, since, until) => `${name}, since ${since}, until ${until}`,
  changeShift: "Change shift",
  openTasks: (requests, asks) =>
    `To hand over: ${requests} open ${requests === 1 ? "request" : "requests"}, ${asks} ${asks === 1 ? "state" : "states"} to confirm.`,

  requests: "Requests",
  requestCount: (open) => (open === 1 ? "1 request" : `${open} requests`),
  noRequests: "No requests.",
  seen: "Seen, sound off",
  asks: (centre, time) => `${centre} asks, ${time}`,
  forced: "Forced assignment: sent to you in spite of “full” or “cannot”.",
  forcedWhy: (why, who, time) => `Reason: ${why}. ${who}, ${time}.`,
  forcedCannot: "That is recorded. The patient still comes until the control centre decides otherwise.",
  spokenAnswer: "said on telephone or radio, entered by the control centre",
  answersDiffer: "Another answer of ours says otherwise.",
  contest: (free, age, others) =>
    `Reported: ${free === 1 ? "1 free place" : `${free} free places`}, ${age}. Also on the way: ${others}. Please answer each control centre.`,
  due: (time) => `answer by ${time}`,
  overdue: (time) => `answer was due ${time}`,
  escalated: (channels) => `The control centre asks again by ${channels}`,
  shiftFirst: "First begin the shift above, then answer.",
  ready: "We are ready",
  cannotBecause: "Decline this request because:",
  confirmReady: (vehicle, need) => `${vehicle}, ${need}: we are ready.`,
  confirmCannot: (vehicle, need, reason) => `${vehicle}, ${need}: we cannot take the patient, ${reason}.`,
  yetCannot: "Not possible after all, because …",
  yetReady: "Possible after all",
  withdrawsReady:
    "So far we were ready. Until the control centre decides anew, the patient still comes here.",
  centreSees: "The control centre sees this at once.",
  answered: { ready: "We are ready", cannot: "We cannot take the patient" },
  withdrawn: "request withdrawn",
  answerTakenBack: (time) => `answer taken back ${time}: open again`,

  inbound: "On the way to us",
  noInbound: "Nobody on the way to us.",
  fresh: (count) => `${count} new: put in order`,
  requestGone: "This request is settled.",
  mates: (vehicles) => `From the same scene: ${vehicles}`,
  inboundGone: "No longer comes to us, or is here.",
  arrives: (time) => `arrives ${time}`,
  arrivalUnknown: "arrival not known",
  announced: "announced, not yet on board",
  diverted: (to, time) => `diverted to ${to}, ${time}`,
  divertedNowhere: (time) => `no longer on the way to us, ${time}`,
  takenBackArrival: (time) => `announcement taken back ${time}`,
  position: (age) => `position ${age}`,
  positionOld: (age) => `position old: ${age}`,
  spoken: "announced by voice",
  disputed: "another device of the crew names another hospital",

  capabilities: "What we can take",
  absent: "We do not have:",
  heldByCentre: "held by the control centre",
  notHeldByCentre: "not yet with the control centre",
  takenBack: (time, who) => `taken back ${time}, ${who}`,
  alsoSaid: (who, word) => `beside it ${who}: ${word}`,
  noReason: "no reason",
  reason: "Reason",
  until: "Holds until",
  untilRunsOut: "ends by itself",
  untilFurther: "until further notice",
  confirmState: (capability, state) => `${capability}: ${state}.`,
  everyoneSees: "Control centres and crews see this at once.",
  confirm: "Confirm",
  confirmThat: (what) => `Confirm: ${what}`,
  back: "Back",
  takeBack: (seconds) => `Take back (${seconds} s)`,
  slipTakenBack: (what) => `${what} taken back`,
  slipAnswer: (vehicle, what) => `${vehicle}: ${what}`,

  askTitle: "Please confirm",
  askCount: (count) => `${count} to go`,
  askAgain: (capability, state, time) =>
    `${capability} is reported as ${state}, until ${time}. What holds now?`,
  askChecked: (capability) => `${capability} after the IT failure: what is possible now?`,
  later: "Later",
  askEnded: (name) => `${name}: the last word has ended. What holds now?`,
  askSettled: (name) => `${name}: settled meanwhile.`,
  goOn: "Go on",

  itFailure: "IT has failed in the whole hospital",
  itConfirm: (count) =>
    `IT has failed in the whole hospital: ${count} states are set to “limited, being checked”. What is closed stays closed.`,
  itButton: "Confirm: IT has failed in the whole hospital",
  itNothing: "Nothing to set: all that is concerned is being checked or closed.",
  itWritten: (written, count) => `IT failure: ${written} of ${count} states written here.`,
  itBack: (count, seconds) =>
    count === 1
      ? `Take the IT failure back (${seconds} s)`
      : `Take the IT failure back, all ${count} (${seconds} s)`,
  itCheck: "Check each one now",

  soundHeld: "The browser holds the sound back: new requests cannot be heard.",
  soundOn: "Turn the sound on",
};

export const english: Speech = { language: "en", say: englishShell, texts: englishHospital };
