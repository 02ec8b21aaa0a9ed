import type { FactRef, Name } from "../../basics/name.ts";
import type { AssignReason } from "../../region/assign-reasons.ts";
import type { State, StatusReason } from "../../region/choices.ts";
import type { Voice } from "../../region/desk-choices.ts";
import type { TaskId } from "../../region/task.ts";
import type { TransferDecline } from "../../region/transfer-choices.ts";
import type { CapabilityId, NeedId } from "../../region/vocabulary.ts";
import type { PatientFlag } from "./patient-flags.ts";

/** A hospital that fell silent and has to be called, until somebody there answers or it is heard. */
export type CallRoundRow = {
  readonly hospital: Name;
  readonly silentSinceMs: number;
  /** Whose task it is: its home centre's or, while that is silent, the next one's in charter order. */
  readonly centre: Name;
  /** A crew stands at its door, or is within ten minutes of it. */
  readonly urgent?: true;
  /** Numbers, in the order of the region's data from 1 (0: the radio group), on which nobody answered since. */
  readonly tried: readonly { readonly line: number; readonly saidMs: number }[];
};

/** A hospital was chosen for a patient though none was suitable. */
export type ForcedRow = {
  readonly hospital: Name;
  readonly reason: AssignReason;
  /** The centre and the person who chose, and when. */
  readonly centre: Name;
  readonly by: string;
  readonly saidMs: number;
  /** Whose task it is to tell the hospital by voice, and calls in vain since; left out where nobody need any more. */
  readonly call?: { readonly centre: Name; readonly tries: number; readonly lastTryMs?: number };
};

export type ReceiptRow = {
  readonly what: "opened" | "step" | "destination" | "steered" | "kept" | "asked" | "answered";
  readonly ref: FactRef;
  /** Of those concerned (the vehicle, the hospitals, the control centres): who confirmed that they hold it. */
  readonly heldBy: readonly Name[];
};

/** A crew at the door of a hospital that is silent, or within ten minutes of it. */
export type DoorRow = {
  readonly hospital: Name;
  /** Where it is not silent (`unconfirmed`): since when the mission was opened. */
  readonly silentSinceMs: number;
  /** It is heard, and nobody has said that it takes what the patient needs, nor was asked. */
  readonly unconfirmed?: true;
  readonly arrived: boolean;
  /** Calls since then in which nobody was reached, and the last of them. */
  readonly tries: number;
  readonly lastTryMs?: number;
};

export type TaskRow = {
  /** `decide:<mission>`, `confirm:<hospital>`… (docs/facts.md). */
  readonly task: TaskId;
  readonly owners: readonly {
    readonly centre: Name;
    readonly by: string;
    readonly sinceMs: number;
  }[];
  /** The `over` of taking it over and of releasing it. */
  readonly over: readonly FactRef[];
};

export type RunsOutRow = {
  readonly hospital: Name;
  readonly capability: CapabilityId;
  readonly state: State;
  readonly endsMs: number;
  /** Whose task it is to ask, where that is not this centre. */
  readonly centre?: Name;
};

/** Our own paths: other control centres always, hospitals only where they are not heard directly. */
export type PathsRow = {
  /** Sites heard on our own connections. */
  readonly heard: number;
  readonly rows: readonly PathRow[];
};

export type PathRow = {
  readonly site: Name;
  readonly state: "heard" | "late" | "silent";
  /** Of a path that is silent: when it last was not. */
  readonly lastHeardMs: number | null;
};

/** What of its region a control centre alone is given, with the whole of it. */
export type CentresRegion = {
  /** Ambulances of the charter. */
  readonly vehicles?: readonly Name[];
  /** By patient assignment code: the need. */
  readonly pzc?: { readonly [code: string]: NeedId };
  /** What mass casualties go by, instead of advice. */
  readonly massCasualty?: { readonly de: string; readonly en: string };
};

/** More patients of several centres than a hospital has places: it has to answer, nobody decides for it. */
export type ContestRow = {
  readonly hospital: Name;
  readonly free: number;
  /** When the hospital said so. */
  readonly freeSaidMs: number;
  readonly others: readonly { readonly vehicle: Name; readonly owners: readonly Name[] }[];
};

/** A steering, or the crew's destination, that was taken back. */
export type TakenBackRow = {
  readonly what: "steered" | "destination";
  readonly hospital: Name;
  readonly saidMs: number;
};

/** What somebody said by voice for a hospital, in force. */
export type VoiceRow = {
  readonly ref: FactRef;
  readonly hospital: Name;
  readonly capability: CapabilityId;
  readonly state: State;
  readonly reason: StatusReason | null;
  readonly answeredBy: Voice;
  readonly readBack: boolean;
  /** The centre and the desk that took it down. */
  readonly centre: Name;
  readonly by: string;
  readonly saidMs: number;
  /** When it ends, or, of a closed one, when somebody should ask again. */
  readonly endsMs: number;
  /** Whether it is what the cell shows, or stands beside another word. */
  readonly leads: boolean;
  /** It would open what the hospital closed, and who spoke may not or was not read back: somebody has to ask. */
  readonly inVain?: true;
};

/**
 * What became of a transfer that a hospital asks for; *opened*: a mission serves it, which then *ended* or, by the
 * centre's word, has *not-driven* the patient.
 */
export type TransferState =
  | "open"
  | "declined"
  | "taken-back"
  | "run-out"
  | "opened"
  | "ended"
  | "not-driven";

/** A transfer that a hospital asks for, as it and the control centres see it. */
export type TransferAskedRow = {
  /** Its `transfer.asked`. */
  readonly ref: FactRef;
  readonly need: NeedId;
  readonly urgency: number;
  readonly ageGroup: string;
  readonly flags: readonly PatientFlag[];
  /** Who asks, at the hospital. */
  readonly by: string;
  readonly saidMs: number;
  /** When it runs out by itself. */
  readonly endsMs: number;
  readonly state: TransferState;
  /** Since when it is declined, taken back or ended; left out: it is not. */
  readonly overMs?: number;
  /** It waits again, or did so until it ran out: the crew ended the mission then, without having arrived. */
  readonly brokenOff?: { readonly ref: FactRef; readonly saidMs: number };
  readonly declined?: {
    readonly ref: FactRef;
    readonly centre: Name;
    readonly by: string;
    readonly reason: TransferDecline;
  };
  /** A physician asks: the hospital agrees to any destination. */
  readonly agrees?: true;
};

export type TransferRow = TransferAskedRow & {
  readonly hospital: Name;
  /** Whose task it is. */
  readonly centre: Name;
  /** The hospital has fallen silent since. */
  readonly silentSinceMs?: number;
  /** The same hospital asks for another patient of the same kind: perhaps the same one. */
  readonly twin?: true;
};

/** One of several choices that stand against each other: none counts before a centre or the crew has said which. */
export type ApartRow = { readonly hospital: Name; readonly centre: Name; readonly saidMs: number };
