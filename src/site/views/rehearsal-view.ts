/**
 * What the page of a rehearsal on one machine is given, and what it may order (rehearsal/). Plain data for a wire;
 * times are UTC ms by the machine's clock. Here because the page and the process that serves it share nothing else.
 */
import type { Name } from "../../basics/name.ts";
import type { Words } from "../../region/words.ts";

export type RehearsalView = {
  readonly regionName: string;
  /** IANA name. */
  readonly zone: string;
  /** *starting*: processes come up, orders are refused; *failed*: one did not come up. */
  readonly phase: "starting" | "running" | "failed";
  /** Why it failed. */
  readonly failure: Words | null;
  readonly night: NightRow;
  /** How long an *open* lives now, and by the region's own policy, min. */
  readonly openLivesMin: number;
  readonly usualOpenLivesMin: number;
  readonly processes: readonly ProcessRow[];
  readonly ways: readonly WayRow[];
  /** Hospitals whose people have fallen silent, by the night or by an order. */
  readonly silentPeople: readonly Name[];
  /** Sites that the script leaves to a person who wrote at their boards. */
  readonly persons: readonly { readonly site: Name; readonly untilMs: number }[];
  readonly walk: readonly WalkStep[];
  /** The step before which the newcomer stands; null: behind the last. */
  readonly walkAt: WalkStepId | null;
  /** False: nobody wants to be walked through it, the night takes its own time. */
  readonly walks: boolean;
  readonly boards: readonly BoardLink[];
};

/** Where the night stands. */
export type NightStage = "off" | "before" | "setting-out" | "silent" | "back";

export type NightRow = {
  readonly stage: NightStage;
  readonly sinceMs: number;
  /** When it goes on by itself; null: it waits for a step of the walk, or nothing comes any more. */
  readonly nextMs: number | null;
};

/**
 * *starting* until its boards are served, *killed* by an order or by the night, *died* by itself, *frozen*: it lives,
 * and does nothing.
 */
export type ProcessState = "starting" | "running" | "frozen" | "killed" | "died";

export type ProcessRow = {
  readonly id: string;
  /** The one site that lives in it; null: many. */
  readonly site: Name | null;
  readonly type: "control-centre" | "hospital" | "ambulance";
  readonly sites: number;
  readonly state: ProcessState;
  /** By each control centre but itself; empty where boards do not say it (ambulances). */
  readonly heard: readonly HeardRow[];
};

/** How many sites of a process a control centre hears, as its board shows it. */
export type HeardRow = {
  readonly centre: Name;
  /** False: this centre's board gives no sign of life, what follows is its last word. */
  readonly answers: boolean;
  readonly heard: number;
  readonly silent: number;
  /** Of the one that is silent longest. */
  readonly lastHeardMs: number | null;
};

/** Which direction of a way stands still. */
export type Standing = "both" | "from-first" | "from-second";

/** The way between two processes. */
export type WayRow = {
  readonly id: string;
  readonly first: string;
  readonly second: string;
  readonly standing: Standing | null;
};

export const walkSteps = ["read", "silent", "steer", "answer", "back"] as const;

export type WalkStepId = (typeof walkSteps)[number];

export type WalkStep = {
  readonly step: WalkStepId;
  readonly state: "open" | "done" | "skipped";
};

export type BoardLink = {
  readonly site: Name;
  readonly type: "control-centre" | "hospital" | "ambulance";
  readonly name: string;
  /** Of an ambulance: its control centre. */
  readonly homeCentre: Name | null;
  readonly url: string;
  /** An ambulance with a mission now. */
  readonly busy: boolean;
};

export type RehearsalOrder =
  | { readonly order: "start-over"; readonly openLivesMin: number | null }
  | { readonly order: "kill" | "start" | "freeze" | "thaw"; readonly process: string }
  | { readonly order: "stand"; readonly way: string; readonly standing: Standing }
  | { readonly order: "restore"; readonly way: string }
  | { readonly order: "leave" | "return"; readonly hospital: Name }
  /** Goes on from the current step of the walk; one that is not done is skipped. */
  | { readonly order: "onward"; readonly step: WalkStepId }
  | { readonly order: "walk"; readonly walks: boolean }
  /** The night goes on now. */
  | { readonly order: "next" };

export type OrderAnswer = { readonly ok: true } | { readonly ok: false; readonly sentence: Words };

/** The first is `all`; then `all` again whenever something changed, and `alive` every second. */
export type RehearsalPush =
  | { readonly type: "all"; readonly nowMs: number; readonly view: RehearsalView }
  | { readonly type: "alive"; readonly nowMs: number };
