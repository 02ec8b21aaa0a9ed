/**
 * What was said of the CT of one hospital, one word each: `02:50 clinic cannot`, `03:05 switchboard open`, `03:05
 * physician open read-back`; `knowing 1 2`: made in knowledge of the first and the second word.
 */
export type VoiceScene = {
  readonly name: string;
  readonly said: readonly string[];
  /** 03:10 where nothing is said. */
  readonly at?: string;
  /** What the board shows, the leading word first. */
  readonly shows: readonly string[];
  /** Somebody has to ask a physician or the charge nurse. */
  readonly asks?: true;
};

export const words: readonly VoiceScene[] = [
  {
    name: "the switchboard closes what the clinic had open: at once, read back or not",
    said: ["02:50 clinic open", "03:05 switchboard cannot knowing 1"],
    shows: ["cannot (switchboard)", "open (clinic)"],
  },
  {
    name: "anyone closes, also without knowing what the clinic said",
    said: ["02:50 clinic open", "03:05 other full"],
    shows: ["full (other)", "open (clinic)"],
  },
  {
    name: "the switchboard does not open what a clinician closed: both stand, the more careful leads, somebody asks",
    said: ["02:50 clinic cannot", "03:05 switchboard open read-back knowing 1"],
    shows: ["cannot (clinic)", "open (switchboard)"],
    asks: true,
  },
  {
    name: "a physician who was not read back does not open it either",
    said: ["02:50 clinic cannot", "03:05 physician open knowing 1"],
    shows: ["cannot (clinic)", "open (physician)"],
    asks: true,
  },
  {
    name: "a physician opens it, read back, in knowledge of the word that closed it",
    said: ["02:50 clinic cannot", "03:05 physician open read-back knowing 1"],
    shows: ["open (physician)", "cannot (clinic)"],
  },
  {
    name: "so does the charge nurse",
    said: ["02:50 clinic full", "03:05 charge-nurse limited read-back knowing 1"],
    shows: ["limited (charge-nurse)", "full (clinic)"],
  },
  {
    name: "full in place of cannot is opening too",
    said: ["02:50 clinic cannot", "03:05 registration full read-back knowing 1"],
    shows: ["cannot (clinic)", "full (registration)"],
    asks: true,
  },
  {
    name: "a physician's word that does not know of the closing does not open: the more careful leads",
    said: ["02:50 clinic cannot", "03:05 physician open read-back"],
    shows: ["cannot (clinic)", "open (physician)"],
    asks: true,
  },
  {
    name: "what is limited is not closed: anyone's word made in knowledge of it leads",
    said: ["02:50 clinic limited", "03:05 switchboard open knowing 1"],
    shows: ["open (switchboard)", "limited (clinic)"],
  },
  {
    name: "the clinic closes in knowledge of the voice report: its own word alone is left",
    said: [
      "02:50 clinic open",
      "03:05 physician open read-back knowing 1",
      "03:08 clinic cannot knowing 1 2",
    ],
    shows: ["cannot (clinic)"],
  },
  {
    name: "a later report over an earlier one replaces it",
    said: ["03:02 switchboard open", "03:05 charge-nurse full read-back knowing 1"],
    shows: ["full (charge-nurse)"],
  },
  {
    name: "after sixty minutes what a physician opened is closed again, and nobody has to ask about an old word",
    said: ["02:50 clinic cannot", "03:05 physician open read-back knowing 1"],
    at: "04:06",
    shows: ["cannot (clinic)", "open (physician), run out"],
  },
  {
    name: "so is what a physician called full over a cannot: it let patients in",
    said: ["02:50 clinic cannot", "03:05 physician full read-back knowing 1"],
    at: "06:00",
    shows: ["cannot (clinic)", "full (physician), run out"],
  },
  {
    name: "what a physician closed over a full runs out too, and the clinic's own full holds as it did before",
    said: ["02:50 clinic full", "03:05 physician cannot read-back knowing 1"],
    at: "06:00",
    shows: ["full (clinic)", "cannot (physician), run out"],
  },
  {
    name: "what the switchboard closed runs out after sixty minutes: the clinic's older open does not hold again by that",
    said: ["02:50 clinic open", "03:05 switchboard cannot knowing 1"],
    at: "04:05",
    shows: ["unconfirmed", "cannot (switchboard), run out", "open (clinic)"],
  },
  {
    name: "a minute before, it is closed",
    said: ["02:50 clinic open", "03:05 switchboard cannot knowing 1"],
    at: "04:04",
    shows: ["cannot (switchboard)", "open (clinic)"],
  },
  {
    name: "nor what was said before without anybody knowing of it",
    said: ["02:50 clinic open", "03:05 other full"],
    at: "04:05",
    shows: ["unconfirmed", "full (other), run out", "open (clinic)"],
  },
  {
    name: "what the clinic said later, not knowing of the voice report, holds once that has run out",
    said: ["03:05 other cannot", "03:20 clinic open"],
    at: "04:05",
    shows: ["open (clinic)", "cannot (other), run out"],
  },
  {
    name: "a limited by voice leaves nothing open either",
    said: ["02:50 clinic open", "03:05 switchboard limited knowing 1"],
    at: "04:05",
    shows: ["unconfirmed", "limited (switchboard), run out", "open (clinic)"],
  },
  {
    name: "an open by voice closes nothing when it runs out: the clinic's limited holds again",
    said: ["02:50 clinic limited", "03:05 switchboard open knowing 1"],
    at: "04:05",
    shows: ["limited (clinic)", "open (switchboard), run out"],
  },
  {
    name: "alone, what was closed by voice runs out like everything said by voice",
    said: ["03:05 registration cannot"],
    at: "04:05",
    shows: ["unconfirmed", "cannot (registration), run out"],
  },
  {
    name: "alone, a voice report runs out after sixty minutes",
    said: ["03:05 physician open read-back"],
    at: "04:06",
    shows: ["unconfirmed", "open (physician), run out"],
  },
];

/** A hospital that falls silent at second 10, as its centre's desk sees it. */
export type RoundScene = {
  readonly name: string;
  /** A crew that is close to its door, or stands there. */
  readonly crewClose?: true;
  /** Second, line, and who answered. */
  readonly calls?: readonly (readonly [atS: number, line: number, answeredBy?: string])[];
  /** The call at this place was a slip. */
  readonly takenBack?: number;
  /** Second and what the desk sees. */
  readonly looks: readonly (readonly [atS: number, sees: string])[];
};

export const rounds: readonly RoundScene[] = [
  {
    name: "the board shows the silence at once; the call-round opens fifty seconds later",
    looks: [
      [12, "nothing to call"],
      [20, "silent, nothing to call"],
      [60, "silent, nothing to call"],
      [70, "silent, call ukd"],
    ],
  },
  {
    name: "a crew is within ten minutes of the door: it opens at once",
    crewClose: true,
    looks: [[20, "silent, call ukd at once"]],
  },
  {
    name: "the first number rings in vain: the round says so and stands",
    calls: [[75, 1]],
    looks: [[80, "silent, call ukd, in vain 1"]],
  },
  {
    name: "number after number",
    calls: [
      [75, 1],
      [80, 2],
      [85, 0],
    ],
    looks: [[90, "silent, call ukd, in vain 0 2 1"]],
  },
  {
    name: "somebody answers: the round is done",
    calls: [
      [75, 1],
      [80, 2, "charge-nurse"],
    ],
    looks: [[81, "silent, nothing to call"]],
  },
  {
    name: "that somebody answered was a slip: the round stands again",
    calls: [[80, 1, "charge-nurse"]],
    takenBack: 0,
    looks: [[90, "silent, call ukd"]],
  },
  {
    name: "another call in vain afterwards does not open it again",
    calls: [
      [75, 1, "physician"],
      [90, 1],
    ],
    looks: [[95, "silent, nothing to call"]],
  },
  {
    name: "after sixty minutes what was said has run out: it opens again",
    calls: [[80, 1, "physician"]],
    looks: [
      [3_670, "silent, nothing to call"],
      [3_681, "silent, call ukd"],
    ],
  },
  {
    name: "who answered before the silence tells nothing about it",
    calls: [[5, 1, "physician"]],
    looks: [[70, "silent, call ukd"]],
  },
];
