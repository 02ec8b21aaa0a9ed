import type { Context } from "hono";
import { streamSSE } from "hono/streaming";

const pushesWaitingMax = 1_000;

/** Pushes as they come; a board that reads too slowly is let go and comes back for the whole. */
export function pushStream<Push>(
  context: Context,
  subscribe: (push: (message: Push) => void) => () => void,
): Response {
  return streamSSE(context, async (stream) => {
    const waiting: Push[] = [];
    let wake: () => void = () => undefined;
    const end = (): void => {
      unsubscribe();
      wake();
    };
    const unsubscribe = subscribe((message) => {
      waiting.push(message);
      if (waiting.length > pushesWaitingMax) stream.abort();
      else wake();
    });
    stream.onAbort(end);
    while (!stream.aborted) {
      const next = waiting.shift();
      if (next !== undefined) await stream.writeSSE({ data: JSON.stringify(next) });
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
    end();
  });
}
