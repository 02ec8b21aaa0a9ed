/**
 * What an anchor gives the board of a control centre. Plain data for a wire: times are the anchor's own wall clock
 * (UTC ms), so that a board that is told the anchor's clock every second can show every age as it grows.
 */
import type { FactRef, LogId, Name } from "../../basics/name.ts";
import type { Channel, State, StatusReason, Step } from "../../region/choices.ts";
import type { Voice } from "../../region/desk-choices.ts";
import type { CapabilityId, NeedId } from "../../region/vocabulary.ts";
import type {
  ApartRow,
  CallRoundRow,
  CentresRegion,
  ContestRow,
  DoorRow,
  ForcedRow,
  PathsRow,
  ReceiptRow,
  RunsOutRow,
  TakenBackRow,
  TaskRow,
  TransferRow,
  VoiceRow,
} from "./board-desk-view.ts";
import type { BoardBuild, LoadingPush } from "./board-push.ts";
import type { OwnWords } from "./own-words.ts";
import type { ShownFlag } from "./patient-flags.ts";

/** Everything that changes. Rows are pushed one by one when they change; see `BoardPush`. */
export type BoardView = {
  readonly own: OwnRow;
  readonly hospitals: readonly HospitalRow[];
  readonly missions: readonly MissionRow[];
  /** What only a control centre sees. */
  readonly centre?: CentreRow;
};

/** How this anchor itself stands. */
export type OwnRow = OwnWords & {
  readonly site: Name;
  readonly region: Name;
  /** IANA name, from the charter. */
  readonly zone: string;
  /**
   * How much of this site's own log a control centre has confirmed to hold: its entries at positions below are *held
   * by dispatch*, the others are only *written here*. Null at a control centre, whose own store it is, and in what another
   * site's device gives to a pocket.
   */
  readonly heldByDispatch: { readonly log: LogId; readonly size: number } | null;
  /** False: nothing can be recorded; nothing is acknowledged. */
  readonly storing: boolean;
  /** A commit has been under way for longer than `slowDiskAfterMs`. */
  readonly slowDisk: boolean;
  /** No site outside our own house is heard: every cell reads "not known since". */
  readonly cutOffSinceMs: number | null;
  /** Others do not hear us. */
  readonly notHeard: boolean;
  /** Half the region fell silent within a minute: perhaps a network fault between us. */
  readonly halfSilent: boolean;
  /** Our own clock minus that of nearly everybody else, ms; left out while it is right. */
  readonly clockOffMs?: number;
  /** Other control centres and whether they are heard. */
  readonly centres: readonly { readonly site: Name; readonly contact: ContactCell }[];
  /** Logs with entries that this version cannot use. */
  readonly unusable: readonly { readonly site: Name; readonly entries: number }[];
  /** Sites whose log was signed twice in two ways. */
  readonly forked: readonly Name[];
  /** The charter names other regions: what is held of them is asked for by itself. Only ever at a control centre. */
  readonly neighbours?: true;
  /** Others are still asked what they hold of our log: what is written now waits for that, up to 3 s. */
  readonly asking?: true;
  /** When we had to begin a new log, within the last hour: our store was older than what others hold, or a second one. */
  readonly newLogMs?: number;
  /** Control centres whose stores were put back or lost: what they held of our log is sent again. */
  readonly sentAgain?: readonly Name[];
  /** Who has begun a shift here, by number; only ever on boards of this site. Left out where none is kept. */
  readonly people?: readonly PersonRow[];
};

/** A name behind a `by`: from the site's own table, never in a fact. */
export type PersonRow = {
  readonly number: number;
  /** One of `rolesOf` its site's type (region/choices.ts). */
  readonly role: string;
  readonly name: string;
  /** What facts of this person carry: `nurse#107`. */
  readonly by: string;
  readonly sinceMs: number;
  /** When the board asks for name and role again. */
  readonly shiftEndsMs: number;
};

/** What a control centre sees beside hospitals and missions. A push brings those members that changed. */
export type CentreRow = {
  /** Voice reports in force, newest first. */
  readonly voices: readonly VoiceRow[];
  /** Sites whose boards cannot be heard: "no sound there"; `closed`: none is open any more. */
  readonly noSound: readonly { readonly site: Name; readonly sinceMs: number; readonly closed?: true }[];
  /** Tasks that a desk has taken, here or at another centre. */
  readonly tasks: readonly TaskRow[];
  /** States of hospitals that will soon end by themselves, the next one first. */
  readonly runsOut: readonly RunsOutRow[];
  /** Silent hospitals that somebody has to call. */
  readonly rounds: readonly CallRoundRow[];
  /** Transfers that hospitals ask for and no mission serves, the first asked for first. */
  readonly transfers: readonly TransferRow[];
  readonly paths: PathsRow;
};

export type ContactCell = {
  readonly verdict: "not-yet-heard" | "heard" | "late" | "silent";
  /** When it was last heard; null: never since our start. */
  readonly lastHeardMs: number | null;
  /** Who hears it while our own path to it is broken. */
  readonly via: Name | null;
  /** False: that site cannot record. Null: it has not said. */
  readonly storing: boolean | null;
  readonly backByMs: number | null;
  /** Its clock minus ours in ms, when that is over the limit; otherwise null. */
  readonly clockOffMs: number | null;
  /** Silences that came and went and got no fact of their own yet: it is flapping. Left out at 0. */
  readonly flaps?: number;
};

/** A word about a capability as it counts now. */
export type StateCell = {
  readonly state: "open" | "limited" | "full" | "cannot" | "unconfirmed";
  readonly source: "clinician" | "voice" | "feed";
  /** When the word was said, by our clock; for *unconfirmed* when it ran out. */
  readonly saidMs: number;
  readonly untilMs: number | null;
  readonly reason: string | null;
  /** Another word stands beside it that says otherwise. */
  readonly disputed: boolean;
  /** Closed, and past its time: somebody should ask. */
  readonly old?: true;
  /** The last word was taken back then; what is shown is what held before it. */
  readonly takenBackMs?: number;
};

/** All words in force on one cell, asked for when somebody looks at it or is about to add a voice report. */
export type CellDetail = {
  readonly hospital: Name;
  readonly capability: CapabilityId;
  readonly words: readonly WordRow[];
  /** The `over` of a new word on it. */
  readonly over: readonly FactRef[];
};

/** One word in force, the leading one first. */
export type WordRow = {
  readonly ref: FactRef;
  readonly state: State;
  readonly reason: StatusReason | null;
  readonly source: StateCell["source"];
  readonly site: Name;
  readonly by: string;
  readonly answeredBy: Voice | null;
  readonly readBack: boolean | null;
  readonly saidMs: number;
  /** When it ends, or is marked as old. */
  readonly endsMs: number;
  readonly ended: boolean;
  readonly heldByDispatch: boolean;
};

export type HospitalRow = {
  readonly hospital: Name;
  readonly contact: ContactCell;
  /** Only capabilities about which a word was said; all others are unconfirmed since nobody said anything. */
  readonly cells: { readonly [capability in CapabilityId]?: StateCell };
  /** Cells are still missing: the board asks for the whole once its first rows are drawn. */
  readonly partial?: true;
  /** Running missions that drive there. */
  readonly inbound: number;
};

/** It had accepted then, by that word, and that holds no more. */
type NoMore = { readonly acceptedMs?: number; readonly accepted?: FactRef };

/** How far a request for acceptance has come. Each step only after the other side's durable word. */
export type RequestState =
  | { readonly step: "none" }
  | ({
      readonly step: "asked";
      /** The request, and what an answer to it is made against. */
      readonly ref: FactRef;
      readonly over: readonly FactRef[];
      readonly hospital: Name;
      readonly askedMs: number;
      /** Whether the hospital holds it; left out where nobody can tell, and nothing may be said of it. */
      readonly heldThere?: boolean;
      /** When somebody must act, by our clock: its answer is due or, while it is not held there, it should be. */
      readonly dueMs?: number;
      /** Second channels taken because no answer came. */
      readonly escalated?: readonly Channel[];
      /** The hospital took an answer back then. */
      readonly answerTakenBackMs?: number;
    } & NoMore)
  | ({
      readonly step: "answered";
      /** The request, and what another answer to it is made against. */
      readonly asked: FactRef;
      readonly over: readonly FactRef[];
      readonly hospital: Name;
      readonly answer: "ready" | "cannot";
      readonly reason: string | null;
      readonly answeredMs: number;
      /** The answer. */
      readonly ref?: FactRef;
      /** Who said it on telephone or radio; left out: the hospital itself wrote it. */
      readonly spokenBy?: Voice;
      /** Of a crew's: the centre that holds the answer while none that leads the mission is heard ({@link HeldFor}). */
      readonly heldAt?: Name;
      /** Another answer in force says otherwise. */
      readonly differs?: true;
    } & NoMore);

export type AdviceRow = {
  readonly hospital: Name;
  readonly driveMinTenths: number;
  readonly totalMinTenths: number;
  /** How long it would have to answer, from when the request is there. */
  readonly answerWithinS: number;
  /** The line in each language: the same bytes on the board, in the test and in the evidence. */
  readonly text: { readonly de: string; readonly en: string };
};

/** The line of a hospital that somebody asked about by name. */
export type NamedRow = AdviceRow & {
  /** It cannot be the destination by what is known; the line says why. */
  readonly excluded: boolean;
};

/** Advice that a desk asks for; nothing of it is written. */
export type WhereTo = {
  readonly lines: readonly AdviceRow[];
  readonly forced: boolean;
  /** The first line as it is read out on the radio, and the version of the policy it was weighed by; null: no line. */
  readonly spoken: { readonly readOut: AdviceRow["text"]; readonly policy: string } | null;
  /** The one hospital that was asked about; null: none was, or there is no line. */
  readonly named: NamedRow | null;
  /** How a board names this advice when somebody acts on it; left out where it is about no mission. */
  readonly seen?: string;
};

export type MissionRow = {
  /** `<log>#<index>` of the fact that opened it. */
  readonly mission: string;
  readonly ref: FactRef;
  /** What a word of the centre on this mission, and one of its crew, are made against: their `over`. */
  readonly centreOver: readonly FactRef[];
  readonly crewOver: readonly FactRef[];
  readonly vehicle: Name;
  /** The crew's own device is silent: when it was last heard, UTC ms. */
  readonly vehicleSilentMs?: number;
  readonly need: NeedId;
  readonly urgency: number;
  readonly ageGroup: string;
  readonly flags: readonly ShownFlag[];
  /** A transfer: the hospital that sends the patient. */
  readonly from?: Name;
  /** Of a transfer: what the sending hospital was asked about which destination, the last one last; left out: nothing. */
  readonly agreements?: readonly (RequestState & { readonly to: Name })[];
  /** Of a transfer: destinations to which a physician of either hospital has agreed. */
  readonly agreed?: readonly Name[];
  /** A physician of the sending hospital asked for the transfer: it agrees to any destination. */
  readonly senderAgrees?: true;
  /** When the sending hospital took that back. */
  readonly senderBackMs?: number;
  /** The patient assignment code that was entered. */
  readonly pzc?: string;
  /** Vehicles of other patients of the same scene; left out: there are none. */
  readonly mates?: readonly Name[];
  /** The first mission of the scene, which another patient of it names. */
  readonly scene?: FactRef;
  /** What this patient needs, where age or a flag changes what the need asks for. */
  readonly asks?: Pick<BoardNeed, "required" | "preferred">;
  readonly step: Step | null;
  readonly callAtMs: number;
  /** The middle of a 1 km cell: the crew's last one, or where the patient is. */
  readonly position: { readonly latE3: number; readonly lonE3: number; readonly saidMs: number };
  /** One control centre; two after a partition, until one hands over. */
  readonly owners: readonly Name[];
  /** Where the crew drives by its own last word. */
  readonly destination: {
    readonly hospital: Name;
    readonly saidMs: number;
    readonly ref?: FactRef;
    /** Said on radio or telephone and entered by a centre. */
    readonly spoken?: true;
  } | null;
  /** What the centre selected and the crew has not taken over yet. */
  readonly steered: {
    readonly hospital: Name;
    readonly saidMs: number;
    /** Left out: this site is not told. */
    readonly heldByCrew?: boolean;
    readonly ref?: FactRef;
  } | null;
  readonly request: RequestState;
  /** Earlier ones, of other hospitals, that still matter; left out: there are none. */
  readonly otherRequests?: readonly RequestState[];
  /** How long the hospital where it is headed would have to answer. */
  readonly answerWithinS: number;
  /** Estimated minutes to the destination from the last position, in tenths; null where unknown. */
  readonly arrivalMinTenths: number | null;
  /** The patient came on board then, after the last position: they count from then. */
  readonly boardedMs?: number;
  /** Why a person must decide now; null: nothing to decide. */
  readonly decide: null | {
    readonly cause:
      | "destination-silent"
      | "destination-cannot"
      | "declined"
      /** A transfer is headed where not both hospitals have agreed, or no longer. */
      | "not-agreed"
      | "no-destination"
      /** Centres chose differently, see `apart`. */
      | "chosen-apart"
      | "another-sooner";
    readonly sinceMs: number;
    /** Where another is sooner: whole minutes that the first line saves, what turning costs not taken off. */
    readonly savedMin?: number;
    /** Within 10 minutes of the door the centre is asked to call at once. */
    readonly call: boolean;
    /** The silence is so young that it may end by itself: no desk sounds for it yet. Left out: it sounds. */
    readonly quiet?: true;
    readonly forced: boolean;
    readonly lines: readonly AdviceRow[];
    /** The version of the policy by which they were weighed. */
    readonly policy: string;
    /** How a board names this advice when somebody acts on it. */
    readonly seen?: string;
  };
  /** Named reason of a *kept* decision for this destination; the mission no longer waits for one. */
  readonly kept: { readonly reason: string; readonly saidMs: number } | null;
  /** Choices of centres that did not know of each other; left out: there is no such conflict. */
  readonly apart?: readonly ApartRow[];
  /** The choice in force is a forced assignment. */
  readonly forced?: ForcedRow;
  /** Somebody must be called to the door of a silent or unconfirmed hospital; left out where nobody need be. */
  readonly door?: DoorRow;
  /** A centre (`from`) wants to hand it over to another; left out while nobody is asked. */
  readonly handover?: {
    readonly ref: FactRef;
    readonly from: Name;
    readonly to: Name;
    readonly saidMs: number;
  };
  /** The last centre that was asked to take it over declined then. */
  readonly handoverDeclinedMs?: number;
  /** Missions of other centres drive to the same hospital, which has fewer places than come. */
  readonly contest?: ContestRow;
  /** The last steering, or the crew's last destination, was taken back then. */
  readonly takenBack?: readonly TakenBackRow[];
  /** Who holds each step durably, besides its writer; only at control centres. */
  readonly receipts?: readonly ReceiptRow[];
};

/**
 * Server-sent to boards. The first is `all`; then changed rows as they change, and `alive` every second. A board that
 * has just been opened gets what its first rows need of the region with it; a control centre's, of the hospitals only the
 * first columns and no missions, until it asks for the whole.
 */
export type BoardPush =
  | {
      readonly type: "all";
      readonly nowMs: number;
      readonly view: BoardView;
      readonly region?: BoardRegion;
      /** Missions and columns are still missing. */
      readonly partial?: true;
      readonly build?: BoardBuild;
    }
  | {
      readonly type: "rows";
      readonly nowMs: number;
      readonly own?: OwnRow;
      readonly hospitals?: readonly HospitalRow[];
      readonly missions?: readonly MissionRow[];
      /** The members that changed. */
      readonly centreChanges?: Partial<CentreRow>;
      /** Missions that are no longer shown. */
      readonly gone?: readonly string[];
    }
  | LoadingPush
  | { readonly type: "alive"; readonly nowMs: number };

/** What a board is given once: names, places and texts that do not change during a shift. */
export type BoardRegion = CentresRegion & {
  readonly id: Name;
  readonly name: string;
  readonly site: Name;
  readonly siteName: string;
  readonly rehearsal: boolean;
  readonly zone: string;
  readonly hospitals: readonly BoardHospital[];
  /** What the charter calls control centres and vehicles; a site that is missing shows by its id. */
  readonly names?: { readonly [site: Name]: string };
  readonly needs: readonly BoardNeed[];
  readonly river: readonly (readonly [latE3: number, lonE3: number])[];
  readonly motorways: readonly (readonly (readonly [latE3: number, lonE3: number])[])[];
  readonly towns: readonly { readonly name: string; readonly latE3: number; readonly lonE3: number }[];
  readonly attribution: { readonly de: string; readonly en: string };
};

export type BoardHospital = {
  readonly hospital: Name;
  /** In full; comes with the whole region (board-first.ts). */
  readonly name?: string;
  readonly spokenName: string;
  readonly town: string;
  /** Where it stands; comes with the whole region. */
  readonly latE3?: number;
  readonly lonE3?: number;
  readonly phone: string;
  /** Further numbers in the order in which they are tried; comes with the whole region. */
  readonly morePhones?: readonly string[];
  /** Radio group of its control centre's hospitals; comes with the whole region. */
  readonly radioGroup?: string;
  /** In principle, not now; *not known* is left out. */
  readonly has: { readonly [capability in CapabilityId]?: boolean };
};

export type BoardNeed = {
  readonly need: NeedId;
  readonly name: { readonly de: string; readonly en: string };
  readonly required: readonly (readonly CapabilityId[])[];
  readonly preferred: readonly CapabilityId[];
};

/** A board posts a fact with an id of its own; the same id again is answered with the same fact. */
export type BoardPost = {
  readonly request: string;
  readonly kind: string;
  /** Role and number: `dispatcher#3`. */
  readonly by: string;
  readonly body: { readonly [field: string]: unknown };
  /** The advice that stood there when it was confirmed (`seen` of its row): what it was is written down with it. */
  readonly seen?: string | undefined;
};

/** Only when the fact is durable in the anchor's store. */
export type BoardPostAnswer =
  | { readonly ok: true; readonly ref: readonly [log: string, index: number] }
  | {
      readonly ok: false;
      readonly code: string;
      readonly sentence: { readonly de: string; readonly en: string };
    };
