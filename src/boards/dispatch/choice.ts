import type { Name } from "../../basics/name.ts";
import type { AssignReason } from "../../region/assign-reasons.ts";
import type { KeptReason } from "../../region/desk-choices.ts";
import type { NamedRow } from "../../site/views/board-view.ts";

/** What somebody wants to confirm. */
export type Choice =
  | {
      readonly what: "steered";
      readonly hospital: Name;
      /** Searched for by its name and not among the first three; null: it was offered. */
      readonly named: NamedRow | null;
      /** As its line had it. */
      readonly answerWithinS: number;
      /** The advice that was asked for; left out: the decision's own. */
      readonly seen?: string | undefined;
      /** No suitable hospital was left when it was chosen. */
      readonly isForced: boolean;
      /** Why it is assigned by force. */
      readonly forced?: AssignReason;
    }
  | {
      readonly what: "kept";
      readonly hospital: Name;
      readonly reason: KeptReason;
      readonly forced?: AssignReason;
    };
