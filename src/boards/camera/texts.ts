import type { Language } from "../shell/language.ts";
import { germanShell } from "../shell/texts.ts";
import { englishShell } from "../shell/texts-en.ts";

export type CameraTexts = {
  readonly rehearsal: string;
  readonly title: string;
  readonly how: string;
  readonly noCamera: string;
  readonly pictures: string;
  readonly none: string;
  readonly progress: (seen: number, parts: number) => string;
  readonly part: (part: number, seen: boolean) => string;
  readonly notOurs: string;
  readonly anotherSequence: string;
  readonly unreadable: string;
  readonly handing: string;
  readonly taken: string;
  readonly notTaken: string;
  readonly again: string;
};

const german: CameraTexts = {
  rehearsal: germanShell.rehearsal,
  title: "Codes lesen",
  how: "Die Codes der anderen Seite vor die Kamera halten, in beliebiger Reihenfolge.",
  noCamera:
    "Hier ist keine Kamera zu haben (ohne TLS gibt der Browser keine frei). Die Codes einzeln fotografieren:",
  pictures: "Bilder von Codes",
  none: "Noch kein Code gelesen.",
  progress: (seen, parts) => `${seen} von ${parts} Codes gelesen`,
  part: (part, seen) => `Code ${part}: ${seen ? "gelesen" : "fehlt"}`,
  notOurs: "Das ist kein Code von Holdfast.",
  anotherSequence:
    "Dieser Code gehört zu einer anderen Folge. Erst die begonnene zu Ende lesen oder neu beginnen.",
  unreadable: "In diesem Bild ist kein Code zu lesen.",
  handing: "Alle Codes gelesen. Der Anker prüft sie …",
  taken: "Der Anker hat geantwortet:",
  notTaken: "Nicht übernommen:",
  again: "Neu beginnen",
};

const english: CameraTexts = {
  rehearsal: englishShell.rehearsal,
  title: "Read codes",
  how: "Hold the other side's codes before the camera, in any order.",
  noCamera:
    "No camera can be had here (without TLS the browser gives none). Photograph the codes one by one:",
  pictures: "Pictures of codes",
  none: "No code read yet.",
  progress: (seen, parts) => `${seen} of ${parts} codes read`,
  part: (part, seen) => `Code ${part}: ${seen ? "read" : "missing"}`,
  notOurs: "This is no code of Holdfast.",
  anotherSequence:
    "This code belongs to another sequence. Read the one that was begun to its end, or start over.",
  unreadable: "No code can be read in this picture.",
  handing: "All codes read. The anchor checks them …",
  taken: "The anchor answered:",
  notTaken: "Not taken:",
  again: "Start over",
};

export const cameraTexts: { readonly [language in Language]: CameraTexts } = { de: german, en: english };
