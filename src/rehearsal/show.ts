import { minuteMs, secondMs } from "../basics/time.ts";
import type { NightRow, NightStage } from "../site/rehearsal-view.ts";

export type ShowPorts = {
  /** Sends the missions out that are under way when the hospital falls silent. */
  readonly setOut: () => void;
  /** Whether boards show them under way to it. */
  readonly areUnderWay: () => boolean;
  readonly lose: () => void;
  readonly bringBack: () => void;
};

/** Whether a walk is under way, and how far it has come: then the night waits for it instead of the clock. */
export type Pace = { readonly mayLose: boolean; readonly mayBringBack: boolean };

/** Unattended, the missions set out so long after the beginning. */
export const setOutAfterMs = 40 * secondMs;
/** What has not come under way by then is not waited for: some missions are near the door. */
export const underWayWithinMs = 20 * secondMs;
/** Unattended, the hospital is silent for so long. */
export const silentForMs = 4 * minuteMs;

/** The course of the night: the missions set out, the hospital falls silent, it comes back. */
export class Show {
  readonly #ports: ShowPorts;
  #stage: NightStage = "before";
  #sinceMs: number;
  #isCalled = false;

  constructor(ports: ShowPorts, nowMs: number) {
    this.#ports = ports;
    this.#sinceMs = nowMs;
  }

  /** The next thing happens at the next tick, whatever it waits for. */
  call(): void {
    this.#isCalled = true;
  }

  /** The hospital was brought back by hand. */
  broughtBack(nowMs: number): void {
    if (this.#stage === "silent") this.#go("back", nowMs);
  }

  row(pace: Pace | null): NightRow {
    return { stage: this.#stage, sinceMs: this.#sinceMs, nextMs: this.#nextMs(pace) };
  }

  /** @param pace null: nobody is being walked through it */
  tick(nowMs: number, pace: Pace | null): void {
    const nextMs = this.#isCalled ? nowMs : this.#nextMs(pace);
    const isReady = this.#stage === "setting-out" && this.#ports.areUnderWay();
    if (!isReady && (nextMs === null || nowMs < nextMs)) return;
    this.#isCalled = false;
    if (this.#stage === "before") {
      this.#go("setting-out", nowMs);
      this.#ports.setOut();
    } else if (this.#stage === "setting-out") {
      this.#go("silent", nowMs);
      this.#ports.lose();
    } else if (this.#stage === "silent") {
      this.#go("back", nowMs);
      this.#ports.bringBack();
    }
  }

  #nextMs(pace: Pace | null): number | null {
    switch (this.#stage) {
      case "before":
        return dueMs(this.#sinceMs, setOutAfterMs, pace?.mayLose);
      case "setting-out":
        return this.#sinceMs + underWayWithinMs;
      case "silent":
        return dueMs(this.#sinceMs, silentForMs, pace?.mayBringBack);
      case "back":
      case "off":
        return null;
    }
  }

  #go(stage: NightStage, nowMs: number): void {
    this.#stage = stage;
    this.#sinceMs = nowMs;
    this.#isCalled = false;
  }
}

function dueMs(sinceMs: number, afterMs: number, may: boolean | undefined): number | null {
  if (may === undefined) return sinceMs + afterMs;
  return may ? sinceMs : null;
}
