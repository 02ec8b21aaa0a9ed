import { englishShell } from "../shell/texts-en.ts";
import type { Speech } from "./speech.ts";
import type { DispatchTexts } from "./texts.ts";

const englishDispatch: DispatchTexts = {
  desk: (desk) => `Desk ${desk || "…"}`,

  decidedElsewhere: "No longer to be decided.",
  missionOver: "No longer running.",

  decisions: "To decide",
  waitingCount: (decisions, calls) =>
    [
      ...(decisions > 0 ? [decisions === 1 ? "1 decision" : `${decisions} decisions`] : []),
      ...(calls > 0 ? [calls === 1 ? "1 call" : `${calls} calls`] : []),
    ].join(", "),
  nothingToDecide: "Nothing to decide.",
  whySilent: (hospital, time) => `${hospital} silent since ${time}`,
  whyCannot: (hospital, time) => `${hospital} cannot, since ${time}`,
  whyDeclined: (hospital, time) => `${hospital} declined, ${time}`,
  whyNotAgreed: (hospital, time) => `Transfer to ${hospital} not, or no longer, agreed, ${time}`,
  whySooner: (hospital, other, minutes) => `${other} saves ${minutes} min against ${hospital}`,
  chose: (centre, hospital, time) => `${centre} to ${hospital} (${time})`,
  whyApart: (choices) => `Steered apart: ${choices}. Until somebody decides, the crew’s destination holds.`,
  whyNoDestination: "No destination yet",
  policy: (version) => `policy ${version}`,
  waitsSince: (age) => `raised ${age}`,
  forced: "No suitable hospital is free: forced assignment",
  callNow: "Call at once",
  callNumber: (hospital) => `${hospital}:`,
  noLines: "No further proposal.",
  select: "Select and confirm",

  slips: "Written at this desk",
  slipSteered: (vehicle, hospital) => `${vehicle}: destination ${hospital} proposed`,
  slipKept: (vehicle, hospital) => `${vehicle}: keeps the destination ${hospital}`,
  slipCalled: (vehicle, hospital, reached) =>
    `${vehicle}: ${hospital} called, ${reached ? "reached" : "nobody reached"}`,
  slipAsked: (vehicle, hospital) => `${vehicle}: ${hospital} asked for acceptance`,

  missions: "Running missions",
  noMissions: "No running missions.",
  call: (time) => `call ${time}`,
  noStep: "step not reported",
  destination: (hospital) => `To ${hospital}`,
  noDestination: "no destination",
  crewSaid: (age) => `crew’s word ${age}`,
  proposed: (hospital) => `Proposal: ${hospital}`,
  proposedHere: "written, not yet with the crew",
  proposedHeld: "held by the crew, not yet confirmed",
  kept: (reason) => `kept: ${reason}`,
  notAsked: "hospital not asked",
  asked: (hospital, age) => `${hospital} asked ${age}`,
  askedNotThere: "not yet arrived there",
  askedHeld: "held there, no answer yet",
  ready: (hospital, time) => `${hospital} ready, ${time}`,
  wasReady: (hospital, time) => `last: ${hospital} accepted, ${time}`,
  cannotTake: (hospital, reason) =>
    reason === "" ? `${hospital} cannot accept` : `${hospital} cannot accept: ${reason}`,
  arrival: (time, margin) => `arrives ${time} ± ${margin} min`,
  arrivalFromScene: (minutes, margin) => `drive ${minutes} ± ${margin} min`,
  arrived: "arrived",
  arrivalUnknown: "arrival not known",
  positionAge: (age) => `position ${age}`,
  positionOld: (age) => `position old: ${age}`,
  vehicleSilent: (time) => `vehicle not heard since ${time}`,
  owner: (centre) => `led by ${centre}`,
  ownedTwice: (centres) =>
    `Two control centres lead this mission: ${centres}. The crew’s last confirmed destination holds.`,

  hospitals: "Hospitals",
  need: "What the patient needs",
  hospital: "Hospital",
  contact: "Contact",
  required: "required",
  requiredAny: "one of these required",
  preferred: "preferred",
  flapping: (count) =>
    count === 1 ? "flapping: dropped out once just now" : `flapping: dropped out ${count} times just now`,
  soundHeldBack: "No sound. Click once or press a key.",
  noSound: (time) => `no sound there since ${time}`,
  noBoard: (time) => `no board open there since ${time}`,
  wordOld: "past its time, please ask",
  wordTakenBack: (time) => `last word taken back, ${time}`,
  inbound: (count) => (count === 1 ? "1 mission on its way" : `${count} missions on their way`),
  noHospitals: "No hospitals in this region.",

  map: "Map",

  legend: "Signs",
  print: "Print",
};

export const english: Speech = { language: "en", say: englishShell, texts: englishDispatch };
