import type { Name } from "../basics/name.ts";
import { secondMs } from "../basics/time.ts";
import type { StateCell } from "../site/views/board-view.ts";

/** A board that is told nothing for so long says that its anchor is gone (the anchor gives a sign every second). */
const goneAfterMs = 5 * secondMs;
const againAfterMs = 250;
const lookWithinMs = 5 * secondMs;

/** One cell as a board shows it. */
export type ShownCell = { readonly hospital: Name; readonly capability: string; readonly cell: StateCell };

/** Every board is given the whole first. */
type AnyPush<View> =
  | { readonly type: "all"; readonly view: View }
  | { readonly type: "rows" }
  | { readonly type: "alive" };

/** The pushes of one board, read as a browser reads them. Ends when `signal` aborts or the anchor goes. */
async function readPushes<Push>(url: string, signal: AbortSignal, take: (push: Push) => void): Promise<void> {
  const response = await fetch(url, { signal });
  if (!response.ok || response.body === null) throw new Error(`${url} answered ${response.status}`);
  let text = "";
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const data = text.slice(0, end).replace(/^data: /, "");
      text = text.slice(end + 2);
      // The anchor's own words, of the version that runs here.
      take(JSON.parse(data) as Push);
    }
  }
}

/** One look at a board by someone who does not sit before it all the time; null when its anchor does not answer. */
export async function lookAt<View>(url: string): Promise<View | null> {
  const aborter = new AbortController();
  const tooLate = setTimeout(() => aborter.abort(), lookWithinMs);
  let view: View | null = null;
  try {
    await readPushes<AnyPush<View>>(url, aborter.signal, (push) => {
      if (push.type !== "all") return;
      view = push.view;
      aborter.abort();
    });
  } catch {
    // An anchor that is gone shows nothing; the look itself ends by aborting.
  } finally {
    clearTimeout(tooLate);
  }
  return view;
}

/** A board that somebody sits before: what its anchor pushes to it, and who wants to know of changes. */
export abstract class LiveStream<Push extends { readonly type: string }> {
  readonly site: Name;
  readonly #url: string;
  readonly #listeners = new Set<(push: Push, receivedMs: number) => void>();
  /** When it was last told how things are, by the machine's clock; 0: not yet. */
  lastPushMs = 0;
  #aborter: AbortController | null = null;
  #closed = false;

  /** @param url of its stream of pushes */
  constructor(site: Name, url: string) {
    this.site = site;
    this.#url = url;
  }

  /** Every cell that it shows now. */
  abstract cells(): Iterable<ShownCell>;

  /** Shows what came. */
  protected abstract show(push: Push): void;

  /** Stays before the board: comes back as long as its anchor does not answer. */
  open(): void {
    void this.#stay();
  }

  close(): void {
    this.#closed = true;
    this.#aborter?.abort();
  }

  /** Whether the board shows what its anchor says, or that the anchor is gone. */
  isAlive(nowMs: number): boolean {
    return nowMs - this.lastPushMs <= goneAfterMs;
  }

  listen(listener: (push: Push, receivedMs: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves as soon as the board shows it (asked at each push); false when it did not in time. */
  until(isShown: (board: this) => boolean, withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      if (isShown(this)) return resolve(true);
      const end = (shown: boolean): void => {
        stop();
        clearTimeout(tooLate);
        resolve(shown);
      };
      const stop = this.listen(() => {
        if (isShown(this)) end(true);
      });
      const tooLate = setTimeout(() => end(false), withinMs);
      return undefined;
    });
  }

  async #stay(): Promise<void> {
    while (!this.#closed) {
      this.#aborter = new AbortController();
      const { signal } = this.#aborter;
      let heardMs = Date.now();
      const watch = setInterval(() => {
        if (Date.now() - heardMs > goneAfterMs) this.#aborter?.abort();
      }, againAfterMs);
      try {
        await readPushes<Push>(this.#url, signal, (push) => {
          heardMs = Date.now();
          this.#take(push, heardMs);
        });
      } catch {
        // Gone; asked again below.
      }
      clearInterval(watch);
      await new Promise((resolve) => setTimeout(resolve, againAfterMs));
    }
  }

  #take(push: Push, receivedMs: number): void {
    if (this.#closed) return;
    // An anchor that still reads is as good as gone: the board says so, and shows nothing as fresh.
    if (push.type !== "loading") this.lastPushMs = receivedMs;
    this.show(push);
    for (const listener of this.#listeners) listener(push, receivedMs);
  }
}
