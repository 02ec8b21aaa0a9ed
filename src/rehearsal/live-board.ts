import type { Name } from "../basics/name.ts";
import { secondMs } from "../basics/time.ts";
import type { BoardPush, BoardView, HospitalRow, MissionRow, OwnRow } from "../site/board-view.ts";

/** A board that is told nothing for so long says that its anchor is gone (the anchor gives a sign every second). */
export const goneAfterMs = 5 * secondMs;
const againAfterMs = 250;
const lookWithinMs = 5 * secondMs;

export type PushListener = (push: BoardPush, receivedMs: number) => void;

/** The pushes of one site's board, read as a browser reads them. Ends when `signal` aborts or the anchor goes. */
async function readPushes(url: string, signal: AbortSignal, take: (push: BoardPush) => void): Promise<void> {
  const response = await fetch(`${url}/events`, { signal });
  if (!response.ok || response.body === null) throw new Error(`${url} answered ${response.status}`);
  let text = "";
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const data = text.slice(0, end).replace(/^data: /, "");
      text = text.slice(end + 2);
      // The anchor's own words, of the version that runs here.
      take(JSON.parse(data) as BoardPush);
    }
  }
}

/** One look at a board by someone who does not sit before it all the time; null when its anchor does not answer. */
export async function lookAt(url: string): Promise<BoardView | null> {
  const aborter = new AbortController();
  const tooLate = setTimeout(() => aborter.abort(), lookWithinMs);
  let view: BoardView | null = null;
  try {
    await readPushes(url, aborter.signal, (push) => {
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

/** A board that somebody sits before: what it shows now, and who wants to know of changes. */
export class LiveBoard {
  readonly site: Name;
  readonly #url: string;
  readonly #listeners = new Set<PushListener>();
  own: OwnRow | null = null;
  readonly hospitals = new Map<Name, HospitalRow>();
  readonly missions = new Map<string, MissionRow>();
  /** By the machine's clock; 0: nothing yet. */
  lastPushMs = 0;
  #aborter: AbortController | null = null;
  #closed = false;

  constructor(site: Name, url: string) {
    this.site = site;
    this.#url = url;
  }

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

  listen(listener: PushListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves as soon as the board shows it (asked at each push); false when it did not in time. */
  until(isShown: (board: LiveBoard) => boolean, withinMs: number): Promise<boolean> {
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
        await readPushes(this.#url, signal, (push) => {
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

  #take(push: BoardPush, receivedMs: number): void {
    if (this.#closed) return;
    this.lastPushMs = receivedMs;
    if (push.type === "all") {
      this.hospitals.clear();
      this.missions.clear();
      this.#show(push.view);
    } else if (push.type === "rows") {
      this.#show(push);
      for (const mission of push.gone ?? []) this.missions.delete(mission);
    }
    for (const listener of this.#listeners) listener(push, receivedMs);
  }

  #show(rows: Partial<BoardView>): void {
    if (rows.own !== undefined) this.own = rows.own;
    for (const row of rows.hospitals ?? []) this.hospitals.set(row.hospital, row);
    for (const row of rows.missions ?? []) this.missions.set(row.mission, row);
  }
}
