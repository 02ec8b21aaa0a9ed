/** What is said of a transfer that UKD asks for, a word a line: minute, site, role, what. And what then stands where. */
export type AskedScene = {
  readonly name: string;
  readonly said: readonly string[];
  /** Minutes into the night at which boards are looked at; left out: a minute after the last word. */
  readonly atMin?: number;
  /** At the desk of Düsseldorf: state, whose task it is, what else is said of it; empty: no row. */
  readonly desk: string;
  /** At the hospital that asks: its state; empty: no row. */
  readonly hospital: string;
  /** Of the mission that was opened: where both have agreed to, and whether it may be steered to Neuss. */
  readonly agreed?: string;
  /** Why the desk has to decide on that mission; left out: not looked at. */
  readonly decision?: string;
};

export const askedScenes: readonly AskedScene[] = [
  {
    name: "a physician asks: the home centre has a task, and the hospital agrees with that",
    said: ["0 ukd physician#7 asks"],
    desk: "open, lst-d, agrees",
    hospital: "open",
  },
  {
    name: "a nurse asks: agreement is still to be asked for",
    said: ["0 ukd nurse#7 asks"],
    desk: "open, lst-d",
    hospital: "open",
  },
  {
    name: "declined with a reason: the hospital reads it, the desk may open it after all",
    said: ["0 ukd nurse#7 asks", "2 lst-d dispatcher#1 declines no-vehicle"],
    desk: "declined, lst-d, no-vehicle by lst-d",
    hospital: "declined, no-vehicle by lst-d",
  },
  {
    name: "declined half an hour ago: gone from the desk, for the hospital it stands until it runs out",
    said: ["0 ukd nurse#7 asks", "2 lst-d dispatcher#1 declines no-vehicle"],
    atMin: 33,
    desk: "",
    hospital: "declined, no-vehicle by lst-d",
  },
  {
    name: "declined by mistake and taken back: it waits again",
    said: [
      "0 ukd nurse#7 asks",
      "2 lst-d dispatcher#1 declines no-vehicle",
      "3 lst-d dispatcher#1 mistook no-vehicle",
    ],
    desk: "open, lst-d",
    hospital: "open",
  },
  {
    name: "and declined once more: that stands",
    said: [
      "0 ukd nurse#7 asks",
      "2 lst-d dispatcher#1 declines no-vehicle",
      "3 lst-d dispatcher#1 mistook no-vehicle",
      "4 lst-d dispatcher#1 declines no-hospital",
    ],
    desk: "declined, lst-d, no-hospital by lst-d",
    hospital: "declined, no-hospital by lst-d",
  },
  {
    name: "two centres decline: the last word is shown",
    said: [
      "0 ukd nurse#7 asks",
      "2 lst-d dispatcher#1 declines no-vehicle",
      "3 lst-w dispatcher#1 declines emergencies-only",
    ],
    desk: "declined, lst-d, emergencies-only by lst-w",
    hospital: "declined, emergencies-only by lst-w",
  },
  {
    name: "another centre opens what was declined: its mission has the last word",
    said: [
      "0 ukd physician#7 asks",
      "2 lst-d dispatcher#1 declines no-vehicle",
      "3 lst-w dispatcher#1 opens",
    ],
    desk: "",
    hospital: "opened",
    agreed: "nowhere, not-agreed",
  },
  {
    name: "taken back: the desk sees that for half an hour",
    said: ["0 ukd nurse#7 asks", "1 ukd nurse#7 takes back"],
    desk: "taken-back, lst-d",
    hospital: "taken-back",
  },
  {
    name: "taken back and forgotten",
    said: ["0 ukd nurse#7 asks", "1 ukd nurse#7 takes back"],
    atMin: 32,
    desk: "",
    hospital: "",
  },
  {
    name: "another hospital takes back nothing of it",
    said: ["0 ukd nurse#7 asks", "1 neuss nurse#7 takes back"],
    desk: "open, lst-d",
    hospital: "open",
  },
  {
    name: "nobody answers within eight hours: it runs out, and has to be asked for anew",
    said: ["0 ukd nurse#7 asks"],
    atMin: 480,
    desk: "run-out, lst-d",
    hospital: "run-out",
  },
  {
    name: "asked twice, of two tablets: both stand, and each says that it may be the same patient",
    said: ["0 ukd nurse#7 asks", "1 ukd physician#8 asks"],
    desk: "open, lst-d, twin; open, lst-d, agrees, twin",
    hospital: "open; open",
  },
  {
    name: "opened: the desk has its mission, the hospital sees it until it ends",
    said: ["0 ukd physician#7 asks", "1 lst-d dispatcher#1 opens"],
    desk: "",
    hospital: "opened",
    agreed: "nowhere, not-agreed",
  },
  {
    name: "opened by mistake and closed again: it waits as before",
    said: ["0 ukd physician#7 asks", "1 lst-d dispatcher#1 opens", "2 lst-d dispatcher#1 closes cancelled"],
    desk: "open, lst-d, agrees",
    hospital: "open",
  },
  {
    name: "a physician asked, Neuss takes the patient: both have agreed without another question",
    said: ["0 ukd physician#7 asks", "1 lst-d dispatcher#1 opens", "2 neuss physician#9 ready"],
    desk: "",
    hospital: "opened",
    agreed: "neuss, may go",
  },
  {
    name: "a nurse asked, Neuss takes the patient: UKD has not agreed",
    said: ["0 ukd nurse#7 asks", "1 lst-d dispatcher#1 opens", "2 neuss physician#9 ready"],
    desk: "",
    hospital: "opened",
    agreed: "nowhere, not-agreed",
  },
  {
    name: "taken back after Neuss agreed: nobody drives",
    said: [
      "0 ukd physician#7 asks",
      "1 lst-d dispatcher#1 opens",
      "2 neuss physician#9 ready",
      "3 ukd nurse#7 takes back",
    ],
    desk: "",
    hospital: "taken-back",
    agreed: "nowhere, not-agreed",
  },
  {
    name: "UKD is asked about Neuss all the same, and does not agree: that counts for Neuss",
    said: [
      "0 ukd physician#7 asks",
      "1 lst-d dispatcher#1 opens",
      "2 neuss physician#9 ready",
      "3 ukd physician#8 cannot",
    ],
    desk: "",
    hospital: "opened",
    agreed: "nowhere, not-agreed",
  },
  {
    name: "UKD had agreed to Neuss as well before it took the request back: that counts no more, and who drives there is decided on",
    said: [
      "0 ukd physician#7 asks",
      "1 lst-d dispatcher#1 opens",
      "2 neuss physician#9 ready",
      "3 ukd physician#8 agrees",
      "4 rtw-1 crew#1 drives",
      "5 ukd nurse#7 takes back",
    ],
    desk: "",
    hospital: "taken-back",
    agreed: "nowhere, not-agreed",
    decision: "not-agreed",
  },
  {
    name: "UKD agrees to Neuss after it took the request back: both have agreed to that",
    said: [
      "0 ukd physician#7 asks",
      "1 lst-d dispatcher#1 opens",
      "2 neuss physician#9 ready",
      "3 ukd nurse#7 takes back",
      "4 ukd physician#8 agrees",
    ],
    desk: "",
    hospital: "taken-back",
    agreed: "neuss, may go",
  },
  {
    name: "declined, opened all the same, and that was a mistake: the refusal is over, it waits again",
    said: [
      "0 ukd nurse#7 asks",
      "2 lst-d dispatcher#1 declines no-vehicle",
      "3 lst-w dispatcher#1 opens",
      "4 lst-w dispatcher#1 closes cancelled",
    ],
    desk: "open, lst-d",
    hospital: "open",
  },
  {
    name: "its mission ends without transport: the hospital reads that",
    said: ["0 ukd nurse#7 asks", "1 lst-d dispatcher#1 opens", "2 lst-d dispatcher#1 closes no-transport"],
    atMin: 32,
    desk: "",
    hospital: "not-driven",
  },
  {
    name: "its crew arrives and ends the mission: done, and the hospital reads it",
    said: [
      "0 ukd nurse#7 asks",
      "1 lst-d dispatcher#1 opens",
      "2 rtw-1 crew#1 arrives",
      "3 rtw-1 crew#1 ends",
    ],
    desk: "",
    hospital: "ended",
  },
  {
    name: "its crew ends the mission on the way: it waits at the desk again, and the hospital reads why",
    said: ["0 ukd physician#7 asks", "1 lst-d dispatcher#1 opens", "2 rtw-1 crew#1 ends"],
    desk: "open, broken off, lst-d, agrees",
    hospital: "open, broken off",
  },
  {
    name: "another crew says that it arrived: that is not this mission's, it waits again",
    said: [
      "0 ukd nurse#7 asks",
      "1 lst-d dispatcher#1 opens",
      "2 rtw-2 crew#1 arrives",
      "3 rtw-1 crew#1 ends",
    ],
    desk: "open, broken off, lst-d",
    hospital: "open, broken off",
  },
  {
    name: "its crew says at pick-up that it arrived, corrects that, and ends on the way: it waits again",
    said: [
      "0 ukd nurse#7 asks",
      "1 lst-d dispatcher#1 opens",
      "2 rtw-1 crew#1 arrives",
      "3 rtw-1 crew#1 boards",
      "4 rtw-1 crew#1 ends",
    ],
    desk: "open, broken off, lst-d",
    hospital: "open, broken off",
  },
  {
    name: "broken off, then declined: the refusal is the last word",
    said: [
      "0 ukd nurse#7 asks",
      "1 lst-d dispatcher#1 opens",
      "2 rtw-1 crew#1 ends",
      "3 lst-d dispatcher#1 declines no-vehicle",
    ],
    desk: "declined, lst-d, no-vehicle by lst-d",
    hospital: "declined, no-vehicle by lst-d",
  },
  {
    name: "broken off, then opened anew and handed over: done",
    said: [
      "0 ukd nurse#7 asks",
      "1 lst-d dispatcher#1 opens",
      "2 rtw-1 crew#1 ends",
      "3 lst-d dispatcher#1 opens",
      "4 lst-d dispatcher#1 closes handed-over",
    ],
    desk: "",
    hospital: "ended",
  },
  {
    name: "broken off and never opened again: after eight hours it runs out like any other",
    said: ["0 ukd nurse#7 asks", "1 lst-d dispatcher#1 opens", "2 rtw-1 crew#1 ends"],
    atMin: 480,
    desk: "run-out, broken off, lst-d",
    hospital: "run-out, broken off",
  },
  {
    name: "broken off when its eight hours are over: it waits at the desk for half an hour more",
    said: ["0 ukd nurse#7 asks", "450 lst-d dispatcher#1 opens", "490 rtw-1 crew#1 ends"],
    atMin: 495,
    desk: "open, broken off, lst-d",
    hospital: "open, broken off",
  },
  {
    name: "broken off out of contact, known an hour later: half an hour from then",
    said: ["0 ukd nurse#7 asks", "450 lst-d dispatcher#1 opens", "490>555 rtw-1 crew#1 ends"],
    atMin: 580,
    desk: "open, broken off, lst-d",
    hospital: "open, broken off",
  },
  {
    name: "broken off days ago, known to a store that is new: long over",
    said: ["0>5000 ukd nurse#7 asks", "450>5000 lst-d dispatcher#1 opens", "490>5000 rtw-1 crew#1 ends"],
    atMin: 5001,
    desk: "",
    hospital: "",
  },
  {
    name: "broken off ten hours after it was asked for: the same",
    said: ["0 ukd nurse#7 asks", "450 lst-d dispatcher#1 opens", "600 rtw-1 crew#1 ends"],
    atMin: 629,
    desk: "open, broken off, lst-d",
    hospital: "open, broken off",
  },
  {
    name: "broken off after its eight hours, and nobody opened it in the half hour after that: run out",
    said: ["0 ukd nurse#7 asks", "450 lst-d dispatcher#1 opens", "490 rtw-1 crew#1 ends"],
    atMin: 520,
    desk: "run-out, broken off, lst-d",
    hospital: "run-out, broken off",
  },
  {
    name: "driven for longer than eight hours: the hospital sees the mission, and how it ended",
    said: [
      "0 ukd nurse#7 asks",
      "450 lst-d dispatcher#1 opens",
      "600 lst-d dispatcher#1 closes no-transport",
    ],
    desk: "",
    hospital: "not-driven",
  },
  {
    name: "ended half an hour ago: gone",
    said: ["0 ukd nurse#7 asks", "1 lst-d dispatcher#1 opens", "2 lst-d dispatcher#1 closes handed-over"],
    atMin: 33,
    desk: "",
    hospital: "",
  },
];
