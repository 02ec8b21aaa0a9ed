import type { Words } from "../region/words.ts";
import type { Position } from "../roads/plane.ts";

/** German is the master; English stands beside it. */
export type Language = keyof Words;

/** A capability and how it is called inside a sentence. */
export type Capability = { readonly id: string; readonly name: Words };

/** Whether a hospital has a capability in principle. Absent in its sources is *unknown*. */
export type Principle = "yes" | "no" | "unknown";

/** What does not change in a night. A capability that `capabilities` leaves out is *unknown*. */
export type AdviceHospital = Position & {
  readonly id: string;
  /** As it is said on the radio: `Neuss Lukas`. */
  readonly name: string;
  readonly capabilities: { readonly [capability: string]: Principle };
  /** A helicopter can land: by a register, or so that one asks first. Left out: nobody knows of a place. */
  readonly landing?: "known" | "ask" | undefined;
};

/** The last word on one capability, as the region's view leads with it. */
export type Report = {
  readonly state: "open" | "limited" | "full" | "cannot" | "unconfirmed" | "unknown";
  /** Since when, UTC milliseconds; null where nobody knows. *Unconfirmed* since null is a cell without a first word. */
  readonly sinceMs: number | null;
  /** Since when it is known here, where that is later: it came late, or holds again; left out: since it was said. */
  readonly knownSinceMs?: number | null;
  /** A dispatcher wrote down what someone said, instead of the hospital's own entry. */
  readonly voice: boolean;
};

/** `cut-off`: not they but we are without contact. */
export type Contact = "heard" | "late" | "silent" | "not-yet-heard" | "cut-off";

/** What may change at any moment. A capability that `reported` leaves out has no word yet. */
export type HospitalState = {
  readonly hospital: string;
  readonly contact: Contact;
  /**
   * Since when it has been silent, or we cut off, or it is heard again after a silence, UTC milliseconds; null where
   * nobody knows.
   */
  readonly contactSinceMs: number | null;
  readonly reported: { readonly [capability: string]: Report };
};

/** What waits at a hospital and what it declined, as all control centres together know it. */
export type HospitalLoad = {
  readonly hospital: string;
  /** Patients on the way there, or asked for there, from whatever centre. */
  readonly inbound: number;
  /** Of these, of urgency 1. */
  readonly inboundUrgent: number;
  /** Free places of its emergency department by its own word; null where it says nothing that still holds. */
  readonly freePlaces: number | null;
  /** When somebody last set out for it, or it last said how many places are free, UTC milliseconds; null: never known. */
  readonly fullerSinceMs: number | null;
  /** The same of when somebody last arrived, or turned away. */
  readonly freerSinceMs: number | null;
  /** By need: when it last declined a patient, UTC milliseconds. */
  readonly declines: ReadonlyMap<string, number>;
  /** Missions that were assigned to it by force, and when, UTC milliseconds; left out: none. */
  readonly assigned?: ReadonlyMap<string, number>;
};

/** What a patient requires: one capability out of each group; what is preferred costs minutes where it is missing. */
export type Need<Id extends string = string> = {
  readonly id: string;
  readonly required: readonly (readonly Id[])[];
  readonly preferred: readonly Id[];
  /** Minutes from the call to the hospital that are aimed at; left out: none are. They exclude nothing. */
  readonly goalMin?: number | undefined;
};
