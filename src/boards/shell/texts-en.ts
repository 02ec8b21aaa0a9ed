import type { NothingYet } from "../../site/views/board-push.ts";
import type { ShellTexts } from "./texts.ts";

export const englishShell: ShellTexts = {
  ageUnderMinute: "<\u00a01\u00a0min ago",
  ageMinutes: (minutes) => `${minutes}\u00a0min ago`,
  ageHours: (hours, minutes) => `${hours}\u00a0h ${minutes}\u00a0min ago`,
  ageDays: (days) => (days === 1 ? "1 day ago" : `${days} days ago`),

  unconfirmed: "unconfirmed",
  since: (time) => `since ${time}`,
  until: (time) => `until ${time}`,
  lastly: (word) => `last ${word}`,
  old: "last word, no longer certain",
  absent: "not available",
  presenceUnknown: "whether available: not known",
  disputed: "two statements",
  notKnownSince: (time) => `not known since ${time}`,

  heard: "heard",
  late: "late",
  silent: "silent",
  silentSince: (time) => `silent since ${time}`,
  notYetHeard: "not yet heard",
  via: (site) => `our path is broken, ${site} hears it`,
  cannotRecord: "cannot record",
  backBy: (time) => `announced: back by ${time}`,
  clockAhead: (time) => `clock there is ${time} ahead`,
  clockBehind: (time) => `clock there is ${time} behind`,

  sourceLetters: { clinician: "C", voice: "V", feed: "F" },
  sourceNames: {
    clinician: "clinic",
    voice: "voice: radio or telephone",
    feed: "feed of the clinic’s systems",
  },

  rehearsal: "REHEARSAL",
  clock: "Clock",
  asOf: (time) => `as of ${time}`,
  otherLanguage: "Deutsch",
  theme: { system: "Day/night", day: "Day", night: "Night" },
  loading: "Loading the board …",
  cellLoading: "loading",
  loadingNote: "No message from the anchor yet.",

  goneSince: (time) => `Anchor out of reach since ${time}. Everything here is old, buttons are off.`,
  anchorReads: (percent) => `${nothingYet(percent)} Until then use telephone and radio.`,
  anchorReadsSince: (percent, time) =>
    `${nothingYet(percent)} Everything here is from ${time}, buttons are off.`,
  goneFromStart: "Anchor out of reach. Trying again.",
  otherBuild:
    "The anchor has a newer version: this board may show something wrongly. Finish what you began, then reload.",
  reload: "Reload",
  notStoring: "This anchor cannot record: nothing is written.",
  ownClock: (time) => `Our clock is ${time} wrong, and so is every time here.`,
  slowDisk: "Slow disk: confirmations take longer.",
  cutOff: (time) => `We are cut off: nothing known since ${time}.`,
  notHeard: "We are not heard: others do not receive us.",
  halfSilent: "Half the region fell silent within a minute: perhaps a network fault between us.",
  centreSilent: (centre, time) => `${centre} silent since ${time}.`,
  centreNotYetHeard: (centre) => `${centre}: not yet heard.`,
  centreCannotRecord: (centre) => `${centre} cannot record.`,
  unusable: (entries, site) =>
    entries === 1
      ? `1 entry of ${site} cannot be used by this version.`
      : `${entries} entries of ${site} cannot be used by this version.`,
  forked: (site) =>
    `The log of ${site} exists in two versions that contradict each other: only their common beginning counts.`,
  askingPeers: "Starting: others are asked for our log.",
  newLog: (time) => `New log since ${time}: our store was too old.`,
  sentAgain: (centre) => `${centre} has lost data: being sent again.`,

  urgency: (urgency) => ["", "life in danger", "urgent", "not urgent"][urgency] ?? "",
  transferFrom: (hospital) => `Transfer from ${hospital}`,
  flags: {
    doctor: "with doctor",
    ventilated: "ventilated",
    cpr: "CPR running",
    danger: "airway or bleeding not controlled",
    pregnant: "pregnant",
    newborn: "with newborn",
    infectious: "infectious",
    heavy: "over 200 kg",
    flown: "by helicopter",
    grounded: "by road after all",
  },

  writing: "being written …",
  writtenHere: (time) => `written here ${time}`,
  refused: "not written",
  unsure: "No answer from the anchor: it is open whether it was written",
  sendAgain: "Send again",
  discard: "Discard",
};

function nothingYet(why: NothingYet): string {
  return why === "undrawn"
    ? "This board cannot be drawn: a fault, see the anchor's diary."
    : `The anchor is starting and reads its log: ${why} %.`;
}
