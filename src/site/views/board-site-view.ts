/**
 * What an anchor gives the boards of a hospital and of a crew. Times are the anchor's own wall clock (UTC ms), as in
 * board-view.ts.
 */
import type { FactRef, Name } from "../../basics/name.ts";
import type { Answer, Channel, Step } from "../../region/choices.ts";
import type { Voice } from "../../region/desk-choices.ts";
import type { CapabilityId, NeedId } from "../../region/vocabulary.ts";
import type { Words } from "../../region/words.ts";
import type { ApartRow, ContestRow, ForcedRow, TransferAskedRow } from "./board-desk-view.ts";
import type { BoardBuild, LoadingPush } from "./board-push.ts";
import type {
  AdviceRow,
  BoardRegion,
  MissionRow,
  OwnRow,
  RequestState,
  StateCell,
  WordRow,
} from "./board-view.ts";

/** A hospital sees what it said, what is truly inbound to it, and what it is asked. */
export type HospitalBoardView = {
  readonly own: OwnRow;
  /** Every capability, said or not, in the order of the vocabulary. */
  readonly capabilities: readonly CapabilityRow[];
  /** By arrival; then what is announced, then what was diverted. */
  readonly inbound: readonly InboundRow[];
  /** Those to be answered by their deadline, then the others. */
  readonly requests: readonly RequestRow[];
  /** Our own patients who are to be moved elsewhere, until they are there. */
  readonly outgoing: readonly OutgoingRow[];
  /** Transfers that we ask for, the first asked for first. */
  readonly transfers: readonly OwnTransferRow[];
};

export type OwnTransferRow = TransferAskedRow & { readonly heldByDispatch: boolean };

export type CapabilityRow = {
  readonly capability: CapabilityId;
  /** Whether the hospital has it at all, by the region's data. */
  readonly principle: "yes" | "no" | "unknown";
  /** What others see of it; null: nothing was ever said, *unconfirmed*. */
  readonly cell: StateCell | null;
  /** Every word in force, the leading one first; each says whether dispatch holds it. */
  readonly words: readonly WordRow[];
  /** The last word was taken back, and nothing was said since. */
  readonly takenBack: {
    readonly ref: FactRef;
    readonly site: Name;
    readonly by: string;
    readonly saidMs: number;
    readonly heldByDispatch: boolean;
  } | null;
  /** The `over` of a new word. */
  readonly over: readonly FactRef[];
  /** It ends by itself before long: to be asked for again now. */
  readonly runsOutSoon: boolean;
  /** An *IT failure* sets it to *limited, being checked*. */
  readonly itFailure: boolean;
};

/** What a hospital needs to know of a patient. */
type PatientRow = {
  readonly mission: string;
  /** The mission's opening: `mission` of a fact about it. */
  readonly ref: FactRef;
  readonly vehicle: Name;
  readonly need: NeedId;
  readonly urgency: number;
  readonly ageGroup: string;
  readonly flags: MissionRow["flags"];
  /** A transfer: the hospital that sends the patient. */
  readonly from?: Name;
  readonly mates?: MissionRow["mates"];
  readonly step: Step | null;
  /** Estimated from the last position, as a clock time; null where unknown. It does not move while nothing is heard. */
  readonly arrivalMs: number | null;
  readonly positionSaidMs: number;
  /** The position is older than two minutes. */
  readonly positionOld: boolean;
  /** Assigned to us by force, by whom and why. */
  readonly forced?: Omit<ForcedRow, "hospital" | "call">;
};

export type InboundRow = PatientRow & {
  /**
   * *inbound*: patient on board and we are the destination. *announced*: the vehicle is still on its way to the
   * patient or at the scene. *diverted*: it drives elsewhere now. *taken-back*: the announcement was a slip.
   * *broken-off*: the mission ended on the way.
   */
  readonly state: "inbound" | "announced" | "diverted" | "taken-back" | "broken-off";
  /** When the crew said that it drives to us. */
  readonly saidMs: number;
  /** Said on radio or telephone, entered by a centre. */
  readonly spoken: boolean;
  /** Another tablet of the crew names another hospital. */
  readonly disputed: boolean;
  readonly divertedTo: Name | null;
  /** Since when it is diverted, taken back or broken off; the row goes after ten minutes. */
  readonly divertedMs: number | null;
};

export type OutgoingRow = PatientRow & {
  /** Where the crew drives with them, by its own word; null: it has named no hospital. */
  readonly to: Name | null;
};

/**
 * Whether what we answered is with those who decide on it: with a centre that leads the mission or, while we hear none of
 * these, with `heldAt`, perhaps with others too.
 */
export type HeldFor = { readonly heldByDispatch: boolean; readonly heldAt?: Name };

export type RequestRow = PatientRow & {
  /** Our own patient is to be transferred there: whether we agree. Left out: whether we take the patient. */
  readonly to?: Name;
  /** The request: `asked` of the answer. */
  readonly asked: FactRef;
  /** The `over` of an answer. */
  readonly over: readonly FactRef[];
  /** The control centre that asks. */
  readonly centre: Name;
  readonly askedMs: number;
  readonly dueMs: number;
  /** Second channels that the centre took because no answer came. */
  readonly escalated: readonly Channel[];
  /** *withdrawn*: taken back, or the patient goes elsewhere; it goes after ten minutes. */
  readonly state: "open" | "answered" | "withdrawn";
  readonly answer:
    | (HeldFor & {
        readonly ref: FactRef;
        readonly answer: Answer;
        readonly reason: string | null;
        readonly by: string;
        readonly saidMs: number;
        /** Who of us said it on telephone or radio, entered by the centre; left out: it was written here. */
        readonly spokenBy?: Voice;
        /** Another answer of ours in force says otherwise. */
        readonly differs?: true;
      })
    | null;
  readonly answerTakenBackMs: number | null;
  /** Of its taking back; left out: there is none. */
  readonly takenBackHeld?: HeldFor;
  /** We had accepted then, and do so no more. */
  readonly acceptedMs?: number;
  /** Centres ask for more places than we report free: how many these are, and who else comes. */
  readonly contest?: Omit<ContestRow, "hospital">;
};

/** A crew sees its own missions: one, as a rule. */
export type CrewBoardView = {
  readonly own: OwnRow;
  readonly missions: readonly CrewMissionRow[];
};

export type CrewMissionRow = Pick<
  MissionRow,
  | "mission"
  | "ref"
  | "vehicle"
  | "need"
  | "urgency"
  | "ageGroup"
  | "flags"
  | "from"
  | "step"
  | "callAtMs"
  | "position"
  | "owners"
  | "takenBack"
> & {
  /** The `over` of a destination, of *understood*, of taking a destination back. */
  readonly over: readonly FactRef[];
  /** Always the best three. */
  readonly lines: readonly CrewLine[];
  /** No hospital fits: the lines follow the region's rule for forced assignment. */
  readonly forced: boolean;
  /** How this board names this advice when somebody acts on it. */
  readonly seen?: string;
  /** Where we drive, by our own last word. */
  readonly destination: CrewDestination | null;
  /** What another tablet of this crew says. */
  readonly otherDestinations: readonly Name[];
  /** What the centre confirmed and we have not taken over yet. */
  readonly resteer: Resteer | null;
  /** What centres chose apart: none of it holds. */
  readonly apart?: readonly ApartRow[];
  /** To be read out on the radio. */
  readonly radio: Words;
};

/** A *proposal* until the centre has confirmed this hospital for this patient. */
export type CrewLine = AdviceRow & { readonly confirmed: boolean };

export type CrewDestination = {
  readonly hospital: Name;
  readonly ref: FactRef;
  readonly saidMs: number;
  readonly spoken: boolean;
  readonly driveMinTenths: number | null;
  readonly arrivalMs: number | null;
  /** A control centre holds our word. */
  readonly heldByDispatch: boolean;
  /** The hospital itself holds it. */
  readonly heldThere: boolean;
  /** What the centre asked of it and what it answered. */
  readonly request: RequestState;
  /** A centre assigned us there by force. */
  readonly forced?: true;
  /** The hospital is silent since then: whatever it answered is its last word. Left out while it is heard. */
  readonly silentSinceMs?: number;
};

/** Old and new side by side. */
export type Resteer = {
  /** The centre's word; naming it in `over` (it is in the row's) confirms it. */
  readonly ref: FactRef;
  readonly centre: Name;
  readonly by: string;
  readonly saidMs: number;
  readonly old: { readonly hospital: Name; readonly driveMinTenths: number | null } | null;
  readonly new: { readonly hospital: Name; readonly driveMinTenths: number | null };
  /** No suitable hospital was free. */
  readonly forced?: true;
  /** Since when the new hospital is silent; left out while it is heard. */
  readonly newSilentSinceMs?: number;
  readonly request: RequestState;
  readonly radio: Words;
};

/** Server-sent to a board: first `all`, then the rows that changed, and `alive` every second. */
export type SitePush<View extends { readonly own: OwnRow }> =
  | {
      readonly type: "all";
      readonly nowMs: number;
      readonly view: View;
      readonly region?: BoardRegion;
      readonly build?: BoardBuild;
    }
  | {
      readonly type: "rows";
      readonly nowMs: number;
      /** Own row and changed rows, by member of the view. */
      readonly changes: Partial<View>;
      /** Keys of rows that are no longer shown, by member (see {@link rowKeys}). */
      readonly gone: { readonly [Member in keyof View]?: readonly string[] };
    }
  | LoadingPush
  | { readonly type: "alive"; readonly nowMs: number };
