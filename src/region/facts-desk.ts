import { sounds } from "./choices.ts";
import { choice, over, task } from "./fields.ts";
import { defineKind } from "./kind.ts";

const controlCentre = ["control-centre"] as const;

export const taskTaken = defineKind(
  "task.taken/1",
  controlCentre,
  {
    de: "Ein Platz (`by`) übernimmt eine Aufgabe, damit sie niemand doppelt tut. Andere Plätze sehen das.",
    en: "A desk (`by`) takes a task upon itself, so that nobody does it twice. Other desks see that.",
  },
  { task: task(), over: over() },
);

export const taskReleased = defineKind(
  "task.released/1",
  controlCentre,
  { de: "Die Aufgabe ist wieder frei.", en: "The task is free again." },
  { task: task(), over: over() },
);

export const boardSound = defineKind(
  "board.sound/1",
  ["hospital", "ambulance", "control-centre"],
  {
    de: "Ob man die Tafel dieses Standorts hört. Der Browser hält Töne zurück, bis jemand die Seite berührt; dass keine mehr offen ist, schreibt der Anker.",
    en: "Whether this site's board can be heard. A browser holds sound back until somebody touches the page; that none is open any more, the anchor writes.",
  },
  { sound: choice(sounds, { de: "Ton.", en: "Sound." }) },
);

export const deskKinds = [taskTaken, taskReleased, boardSound] as const;
