/**
 * A transfer from UKD, and who said what of it, in order. A word is `HOSPITAL asked`: the control centre asks it and UKD; else
 * `WHO ANSWER FOR`: `neuss physician ready neuss`, UKD's for the destination in question, `ukd-voice nurse ready neuss`
 * what a centre entered, `+` after the role for a read-back; `withdrawn` takes the last request back.
 */
export type AgreementScene = {
  readonly name: string;
  readonly said: readonly string[];
  /** Destinations to which both physicians agree. */
  readonly agreed: readonly string[];
  /** What whoever steers to Neuss is told; null: it is written. */
  readonly toNeuss: "not-agreed" | null;
};

const open = { agreed: [], toNeuss: "not-agreed" } as const;
const both = { agreed: ["neuss"], toNeuss: null } as const;

export const agreements: readonly AgreementScene[] = [
  { name: "nobody was asked", said: [], ...open },
  {
    name: "asked, and nobody answers: silence is no yes, at urgency 1 either",
    said: ["neuss asked"],
    ...open,
  },
  {
    name: "Neuss is ready, UKD has not said a word",
    said: ["neuss asked", "neuss physician ready neuss"],
    ...open,
  },
  {
    name: "UKD agrees, Neuss has not said a word",
    said: ["neuss asked", "ukd physician ready neuss"],
    ...open,
  },
  {
    name: "both physicians",
    said: ["neuss asked", "neuss physician ready neuss", "ukd physician ready neuss"],
    ...both,
  },
  {
    name: "a nurse's *ready* in Neuss is none for a transfer",
    said: ["neuss asked", "neuss nurse ready neuss", "ukd physician ready neuss"],
    ...open,
  },
  {
    name: "the charge nurse opens a capability by voice, but agrees to no transfer",
    said: ["neuss asked", "neuss physician ready neuss", "ukd-voice charge-nurse+ ready neuss"],
    ...open,
  },
  {
    name: "UKD is silent: its physician says so on the telephone, read back",
    said: ["neuss asked", "neuss physician ready neuss", "ukd-voice physician+ ready neuss"],
    ...both,
  },
  {
    name: "the same, not read back",
    said: ["neuss asked", "neuss physician ready neuss", "ukd-voice physician ready neuss"],
    ...open,
  },
  {
    name: "what UKD agrees to is that one destination, no other",
    said: ["barmen asked", "neuss asked", "neuss physician ready neuss", "ukd physician ready barmen"],
    ...open,
  },
  {
    name: "Neuss takes it back by *cannot*",
    said: [
      "neuss asked",
      "neuss physician ready neuss",
      "ukd physician ready neuss",
      "neuss nurse cannot neuss",
    ],
    ...open,
  },
  {
    name: "UKD wants Neuss no more and agrees to Barmen, where both are ready",
    said: [
      "neuss asked",
      "neuss physician ready neuss",
      "ukd physician cannot neuss",
      "barmen asked",
      "ukd physician ready barmen",
      "barmen physician ready barmen",
    ],
    agreed: ["barmen"],
    toNeuss: "not-agreed",
  },
];
