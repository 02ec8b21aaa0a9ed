import { minuteMs, secondMs } from "../basics/time.ts";
import type { NightRow, NightStage } from "../site/views/rehearsal-view.ts";

export type ShowPorts = {
  /** Sends the missions out that are under way when the hospital falls silent. */
  readonly setOut: () => void;
  /** Whether boards show them under way to it. */
  readonly areUnderWay: () => boolean;
  readonly lose: () => void;
  readonly bringBack: () => void;
};

/** Of a walk that is wanted: how far it has come. Nothing is lost before its first step is done. */
export type Pace = {
  /** Somebody has its page open: the night waits for them instead of the clock. */
  readonly isAttended: boolean;
  /** The first step is done, or was skipped. */
  readonly isRead: boolean;
  readonly mayLose: boolean;
  readonly mayBringBack: boolean;
};

/** Unattended, the missions set out so long after the beginning, or after the first step of a walk. */
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
  /** Since when the board has been read. */
  #readMs: number | null = null;

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

  /** @param pace null: nobody wants to be walked through it */
  tick(nowMs: number, pace: Pace | null): void {
    if (pace?.isRead === true) this.#readMs ??= nowMs;
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
        return this.#setOutMs(pace);
      case "setting-out":
        return this.#sinceMs + underWayWithinMs;
      case "silent":
        if (pace?.isAttended === true) return pace.mayBringBack ? this.#sinceMs : null;
        return this.#sinceMs + silentForMs;
      case "back":
      case "off":
        return null;
    }
  }

  #setOutMs(pace: Pace | null): number | null {
    if (pace === null) return this.#sinceMs + setOutAfterMs;
    if (pace.isAttended) return pace.mayLose ? this.#sinceMs : null;
    return this.#readMs === null ? null : Math.max(this.#sinceMs, this.#readMs) + setOutAfterMs;
  }

  #go(stage: NightStage, nowMs: number): void {
    this.#stage = stage;
    this.#sinceMs = nowMs;
    this.#isCalled = false;
  }
}
