import { JetStreamApiError } from "@nats-io/jetstream";
import type { Words } from "../../../region/words.ts";
import { messageOf } from "./settings.ts";

/** Why the stream takes nothing. */
export type StreamTrouble = {
  /** A sentence for the diary. */
  readonly note: string;
  /** What a control centre's board says of it. */
  readonly words: Words;
};

const maximumBytes = 10_077;
const maximumMessages = 10_122;

export function troubleOf(error: unknown): StreamTrouble {
  const code = error instanceof JetStreamApiError ? error.code : 0;
  return code === maximumBytes || code === maximumMessages ? full : refused(messageOf(error));
}

const full: StreamTrouble = {
  note: "The stream is full and takes nothing more. Nothing is lost: it is kept here, and sent to every peer that is connected.",
  words: {
    de: "NATS ist voll und nimmt nichts mehr an. Hier geht nichts verloren. Bitte die IT rufen.",
    en: "NATS is full and takes nothing more. Nothing is lost here. Please call IT.",
  },
};

function refused(why: string): StreamTrouble {
  return {
    note: `The stream took an entry not: ${why}. It is kept here and tried again.`,
    words: {
      de: "NATS nimmt gerade nichts an. Hier geht nichts verloren, es wird erneut versucht.",
      en: "NATS takes nothing just now. Nothing is lost here, it is tried again.",
    },
  };
}
