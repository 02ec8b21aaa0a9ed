/** An announcement as the desk sees it, second by second after it was asked. */
export type AnnouncementScene = {
  readonly name: string;
  /** As the request has it, seconds. */
  readonly answerWithinS: number;
  /** From when on the hospital holds the request, seconds after it was asked; null: never. */
  readonly heldAtS: number | null;
  /** The desk of the other control centre, which is told of no receipt for the centre that asked. */
  readonly elsewhere?: true;
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
];
