import type { Context } from "hono";
import { stream } from "hono/streaming";
import { gzipPacker, type Packer, packingOf } from "./packing.ts";

const pushesWaitingMax = 1_000;

/** Pushes as they come, packed where the board takes that; one that reads too slowly is let go and comes back for the whole. */
export function pushStream<Push>(
  context: Context,
  subscribe: (push: (message: Push) => void) => () => void,
): Response {
  const isPacked = packingOf(context.req.header("accept-encoding")) !== null;
  head(context, isPacked);
  return stream(context, async (out) => {
    const packer: Packer = isPacked
      ? gzipPacker((bytes) => out.write(bytes))
      : { write: async (text) => void (await out.write(text)), end: () => undefined };
    const waiting: Push[] = [];
    let wake: () => void = () => undefined;
    const end = (): void => {
      unsubscribe();
      packer.end();
      wake();
    };
    const unsubscribe = subscribe((message) => {
      waiting.push(message);
      if (waiting.length > pushesWaitingMax) out.abort();
      else wake();
    });
    out.onAbort(end);
    while (!out.aborted) {
      const next = waiting.shift();
      if (next !== undefined) await packer.write(`data: ${JSON.stringify(next)}\n\n`);
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
    end();
  });
}

function head(context: Context, isPacked: boolean): void {
  context.header("Content-Type", "text/event-stream");
  context.header("Cache-Control", "no-cache");
  // Said here, so that the server sends each push at once instead of gathering the first ones.
  context.header("Transfer-Encoding", "chunked");
  if (!isPacked) return;
  context.header("Content-Encoding", "gzip");
  context.header("Vary", "Accept-Encoding");
}
