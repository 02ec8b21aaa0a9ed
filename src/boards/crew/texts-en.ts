import { englishShell } from "../shell/texts-en.ts";
import type { Speech } from "./speech.ts";
import type { CrewTexts } from "./texts.ts";

const englishCrew: CrewTexts = {
  notKept: "Missions are no longer here: ask by radio.",
  noMission: "No mission.",
  noMissionNote: "A new mission appears here by itself, with sound.",

  shift: "Start of shift",
  shiftAgain: "12 hours into the shift: please sign in again",
  shiftNote: "The name stays at this site; others see role and number.",
  role: "Role",
  name: "Name",
  begin: "Begin shift",
  beginFirst: "Choose a role and enter a name.",
  beginFailed: "Not signed in: no answer from the anchor. Please try again.",
  change: "Change of shift",
  nobody: "nobody signed in",
  unsigned: "Nobody signed in: what is said here stands under paramedic no. 1.",
  person: (role, number, name) => `${role} no. ${number}${name === null ? "" : `, ${name}`}`,

  soundHeld: "Sound is off: tap the board once.",

  steps: "Report a step",
  endQuestion: (vehicle) =>
    `${vehicle}: end the mission without having arrived? It disappears from every board.`,
  endButton: "End the mission",

  destination: "Our destination",
  noDestination: "No destination yet",
  arrives: (time) => `arrives ${time}`,
  drive: (minutes) => `drive ${minutes} min`,
  driveUnknown: "driving time not known",
  spoken: "said on radio or telephone",
  centreHolds: "The control centre has it",
  centreHoldsNot: "NOT yet with the control centre. Report the destination by radio.",
  otherTablet: (hospitals) => `Another device of this crew names: ${hospitals}`,
  takenBack: (hospital, time) => `taken back ${time}: destination ${hospital}`,
  proposalTakenBack: (hospital, time) => `The control centre took back its proposal ${hospital}, ${time}`,

  ownedTwice: (centres) => `Two control centres lead us: ${centres}. Our destination holds.`,
  apart: (choices, isSet) =>
    `Control centres say different things: ${choices}. None holds until they agree. ${isSet ? "The destination above stays. Ask" : "No destination yet: ask"} by radio.`,
  silentThere: (time) => `hospital silent since ${time}`,
  notAsked: "hospital not asked yet",
  asked: (age) => `hospital asked ${age}`,
  askedNotThere: "not yet arrived there",
  askedHeld: "held there, no answer yet",
  announcedThere: "our destination is held there",
  ready: (time) => `hospital ready, ${time}`,
  heldAt: (centre) => `, held by ${centre}`,
  cannotTake: (reason) => `hospital cannot accept${reason === "" ? "" : `: ${reason}`}`,
  noMore: (time) => `Acceptance of ${time} NO longer holds.`,
  lastWord: (word) => `last known: ${word}`,

  resteer: "New destination from the control centre",
  firstDestination: "Destination from the control centre",
  old: "Before",
  fresh: "New",
  byCentre: (centre, by, age) => `${centre}, ${by}, ${age}`,
  understood: (hospital) => `Understood: we drive to ${hospital}`,
  readOut: "To read out on the radio",

  proposals: "Where to? The first three",
  proposal: "proposal",
  confirmed: "confirmed by the control centre",
  freshLines: (count) => `${count} new: put in order`,
  lineGone: "No longer among the first three.",
  forced: "No suitable hospital is free: forced assignment",
  noLines: "No proposal.",
  minutes: (minutes) => `${minutes} min`,
  drivingTo: (hospital) => `We drive to ${hospital}`,
  isDestination: "is our destination",
  elsewhere: "Search another hospital",
  noMatch: "Nothing found.",
  confirmDestination: (vehicle, need, hospital, old) =>
    old === null
      ? `${vehicle}, ${need}: we drive to ${hospital}.`
      : `${vehicle}, ${need}: we drive to ${hospital} instead of ${old}.`,
  confirm: "Confirm",
  back: "Back",

  fromOldPlace: (age) => `place from ${age}: give it anew`,
  position: "Where we are",
  near: (town, age) => `near ${town}, ${age}`,
  chooseTown: "Search a town and tap it",

  slips: "Written at this board",
  notHeldYet: "NOT yet with the control centre",
  slipStep: (step) => `Step: ${step}`,
  slipDestination: (hospital) => `Destination ${hospital}`,
  slipTakenBack: (hospital) => `Destination ${hospital} taken back`,
  slipPosition: (town) => `Place: ${town}`,
  takeBack: (seconds) => `Take back (${seconds} s)`,
};

export const english: Speech = { language: "en", say: englishShell, texts: englishCrew };
