/** An announcement as the desk sees it, second by second after it was asked. */
export type AnnouncementScene = {
  readonly name: string;
  /** As the request has it, seconds. */
  readonly answerWithinS: number;
  /** From when on the hospital holds the request, seconds after it was asked; null: never. */
  readonly heldAtS: number | null;
  /** At the desk of the other control centre: receipts reach it by the one that asked. */
  readonly elsewhere?: true;
  /** What lies there is a receipt that is not proved yet. */
  readonly unproved?: true;
  readonly answeredAtS?: number;
  readonly looks: readonly (readonly [atS: number, says: string])[];
};

export const announcement: readonly AnnouncementScene[] = [
  {
    name: "it is there within seconds and answered in time",
    answerWithinS: 60,
    heldAtS: 2,
    answeredAtS: 40,
    looks: [
      [1, "not there yet, expected by 15"],
      [2, "there, answer by 62"],
      [30, "there, answer by 62"],
      [41, "ready"],
    ],
  },
  {
    name: "nobody answers: a task once the deadline is over, counted from when it was there",
    answerWithinS: 60,
    heldAtS: 5,
    looks: [
      [1, "not there yet, expected by 15"],
      [5, "there, answer by 65"],
      [65, "there, answer by 65"],
      [66, "TASK: there, no answer by 65"],
    ],
  },
  {
    name: "it does not arrive: a task after fifteen seconds, long before any answer could be due",
    answerWithinS: 600,
    heldAtS: null,
    looks: [
      [10, "not there yet, expected by 15"],
      [16, "TASK: not there by 15"],
      [120, "TASK: not there by 15"],
    ],
  },
  {
    name: "its receipt comes late: the deadline counts from when it should have been there",
    answerWithinS: 180,
    heldAtS: 100,
    looks: [
      [20, "TASK: not there by 15"],
      [100, "there, answer by 195"],
      [196, "TASK: there, no answer by 195"],
    ],
  },
  {
    name: "overdue stays overdue when its receipt is repeated later still",
    answerWithinS: 60,
    heldAtS: 100,
    looks: [
      [20, "TASK: not there by 15"],
      [100, "TASK: there, no answer by 75"],
    ],
  },
  {
    name: "a desk that looks for the first time when it is long there: counted from when it was asked",
    answerWithinS: 60,
    heldAtS: 2,
    looks: [
      [50, "there, answer by 60"],
      [61, "TASK: there, no answer by 60"],
    ],
  },
  {
    name: "at the other centre: nothing of arrival, which it is not told of, and no task before the deadline",
    answerWithinS: 60,
    heldAtS: null,
    elsewhere: true,
    looks: [
      [1, "asked, answer by 60"],
      [30, "asked, answer by 60"],
      [61, "TASK: no answer by 60"],
    ],
  },
  {
    name: "at the other centre, which a receipt has reached: there, whoever is heard",
    answerWithinS: 60,
    heldAtS: 4,
    elsewhere: true,
    looks: [
      [1, "asked, answer by 60"],
      [5, "there, answer by 60"],
    ],
  },
  {
    name: "a receipt that is not proved yet: nothing of arrival",
    answerWithinS: 60,
    heldAtS: null,
    unproved: true,
    looks: [[16, "asked, answer by 60"]],
  },
];

/**
 * Answers to one request: `own ready`, `own cannot knowing 1`, and by voice, entered by a centre: `physician ready
 * read-back knowing 1`. `own back`: the hospital takes its last answer back; `slip`: the centre what it last entered.
 */
export type SpokenScene = { readonly name: string; readonly said: readonly string[]; readonly shows: string };

export const spoken: readonly SpokenScene[] = [
  {
    name: "the deadline is over, somebody says yes on the telephone: it counts",
    said: ["physician ready"],
    shows: "ready (physician)",
  },
  { name: "a spoken no counts from anyone", said: ["switchboard cannot"], shows: "cannot (switchboard)" },
  {
    name: "a spoken no in knowledge of the hospital's yes leads",
    said: ["own ready", "switchboard cannot knowing 1"],
    shows: "cannot (switchboard), differs",
  },
  {
    name: "a spoken yes over the hospital's no does not count from the switchboard: the no leads",
    said: ["own cannot", "switchboard ready read-back knowing 1"],
    shows: "cannot (own), differs",
  },
  {
    name: "a physician's spoken yes, read back, counts over the hospital's no",
    said: ["own cannot", "physician ready read-back knowing 1"],
    shows: "ready (physician), differs",
  },
  {
    name: "asking again does not go round the hospital's no: a yes from the switchboard stands behind it",
    said: ["own cannot", "asked again", "switchboard ready read-back"],
    shows: "cannot (own), differs",
  },
  {
    name: "asked again, a physician's yes, read back, counts",
    said: ["own cannot", "asked again", "physician ready read-back"],
    shows: "ready (physician)",
  },
  {
    name: "asked again, the hospital's own yes counts",
    said: ["own cannot", "asked again", "own ready"],
    shows: "ready (own)",
  },
  {
    name: "a no that a physician opened is none for a later request either",
    said: ["own cannot", "physician ready read-back knowing 1", "asked again", "switchboard ready"],
    shows: "ready (switchboard)",
  },
  {
    name: "two that do not know of each other: the more careful leads",
    said: ["own ready", "physician cannot"],
    shows: "cannot (physician), differs",
  },
  {
    name: "the hospital answers in knowledge of what was said: its own word alone is left",
    said: ["physician ready", "own cannot knowing 1"],
    shows: "cannot (own)",
  },
  {
    name: "a slip is taken back: the request is open again",
    said: ["physician ready", "slip"],
    shows: "open",
  },
  {
    name: "the hospital takes back what it said in knowledge of a spoken answer: open, both are known to be over",
    said: ["physician ready", "own cannot knowing 1", "own back"],
    shows: "open",
  },
];
