/** Home of ukd and neuss is lst-d (Düsseldorf), of barmen lst-w (Wuppertal); seen at Düsseldorf, 100 s into the night. */
export type HomeScene = {
  readonly name: string;
  /** Not heard by Düsseldorf since second 10. */
  readonly silent: readonly string[];
  /** Named in Wuppertal's beats. */
  readonly heardByWuppertal?: readonly string[];
  readonly sees: readonly string[];
};

export const homes: readonly HomeScene[] = [
  {
    name: "a hospital's call-round is the task of its home centre",
    silent: ["ukd"],
    sees: ["ukd silent, lst-d calls"],
  },
  {
    name: "of another centre's hospital it is seen here too, as that centre's task",
    silent: ["barmen"],
    sees: ["barmen silent, lst-w calls"],
  },
  {
    name: "the home centre is silent: the next in charter order takes its tasks over",
    silent: ["barmen", "lst-w"],
    sees: ["barmen silent, lst-d calls"],
  },
  {
    name: "heard by Wuppertal, not by Düsseldorf: counts as heard, nobody is called",
    silent: ["ukd"],
    heardByWuppertal: ["ukd"],
    sees: ["ukd heard by lst-w"],
  },
  {
    name: "of two that we do not hear Wuppertal hears one",
    silent: ["ukd", "neuss"],
    heardByWuppertal: ["neuss"],
    sees: ["ukd silent, lst-d calls", "neuss heard by lst-w"],
  },
  {
    name: "nobody is heard: we are cut off ourselves, no hospital is called silent, and nobody is called for that",
    silent: ["ukd", "neuss", "barmen", "lst-w"],
    sees: ["we are cut off"],
  },
];

/**
 * A mission that Düsseldorf opened, and what happens to it, one word each: `d asks w`, `w takes over`, `w declines`, `d
 * takes back`, `w takes over unknowing` (it had not heard of the question).
 */
export type HandoverScene = {
  readonly name: string;
  readonly said: readonly string[];
  readonly shows: string;
};

export const handovers: readonly HandoverScene[] = [
  {
    name: "asked is not handed over: who opened it leads it",
    said: ["d asks w"],
    shows: "lst-d leads, lst-w is asked",
  },
  {
    name: "taken over: the other leads, nothing is open",
    said: ["d asks w", "w takes over"],
    shows: "lst-w leads",
  },
  {
    name: "declined: it stays where it was, which is told",
    said: ["d asks w", "w declines"],
    shows: "lst-d leads, declined",
  },
  {
    name: "asked again after that: open again",
    said: ["d asks w", "w declines", "d asks w"],
    shows: "lst-d leads, lst-w is asked",
  },
  { name: "the question was a slip", said: ["d asks w", "d takes back"], shows: "lst-d leads" },
  { name: "who does not lead it cannot give it away", said: ["w asks d"], shows: "lst-d leads" },
  {
    name: "another takes it over unasked while the first is silent, and gives it back on question and answer",
    said: ["w takes over", "w asks d", "d takes over"],
    shows: "lst-d leads",
  },
  {
    name: "a question that was answered is over, also when the first takes the mission back",
    said: ["d asks w", "w takes over", "d takes over"],
    shows: "lst-d leads",
  },
  {
    name: "the no of a centre that was not asked is no answer",
    said: ["d asks w", "d declines"],
    shows: "lst-d leads, lst-w is asked",
  },
  {
    name: "nor does it hide that answer",
    said: ["d asks w", "d declines", "w declines"],
    shows: "lst-d leads, declined",
  },
];

/** Patients on their way to a hospital that reports so many free places, each by its centre. */
export type ContestScene = {
  readonly name: string;
  readonly free: number | null;
  readonly coming: readonly ("d" | "w")[];
  /** The hospital's answers, by place in `coming`. */
  readonly answers?: { readonly [place: number]: "ready" | "cannot" };
  readonly shows: readonly string[];
};

export const contests: readonly ContestScene[] = [
  {
    name: "two centres on one last place: both stand, each is told of the other, and so is the hospital",
    free: 1,
    coming: ["d", "w"],
    shows: ["asked, beside lst-w for 1 place", "asked, beside lst-d for 1 place"],
  },
  {
    name: "the hospital answers: its words hold, and that too many come stays on view",
    free: 1,
    coming: ["d", "w"],
    answers: { 0: "ready", 1: "cannot" },
    shows: ["ready, beside lst-w for 1 place", "cannot, beside lst-d for 1 place"],
  },
  { name: "places for both: nothing to say", free: 2, coming: ["d", "w"], shows: ["asked", "asked"] },
  {
    name: "two of the same centre are its own affair",
    free: 1,
    coming: ["d", "d"],
    shows: ["asked", "asked"],
  },
  { name: "no places reported: no last one", free: null, coming: ["d", "w"], shows: ["asked", "asked"] },
];
