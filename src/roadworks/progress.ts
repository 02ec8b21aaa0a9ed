const barWidth = 24;

/** `[######------------------] 25 %, 3 min left`. `done` and `begun` from 0 to 1; nothing is promised before 2 % and 1 s. */
export function progressText(done: number, elapsedMs: number, begun = 0): string {
  const full = Math.floor(done * barWidth);
  const bar = `[${"#".repeat(full)}${"-".repeat(barWidth - full)}]`;
  const here = done - begun;
  const left = here < 0.02 || elapsedMs < 1_000 ? "" : `, ${leftText((elapsedMs * (1 - done)) / here)}`;
  return `${bar} ${Math.floor(done * 100)} %${left}`;
}

function leftText(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1_000);
  return seconds < 90 ? `${seconds} s left` : `${Math.round(seconds / 60)} min left`;
}

const redrawMs = 200;

/** A bar on the terminal, redrawn in place; where there is no terminal, one line at each tenth. */
export class ProgressBar {
  readonly #label: string;
  readonly #startMs = performance.now();
  #drawnMs = 0;
  #tenth = -1;

  constructor(label: string) {
    this.#label = label;
  }

  show(done: number, begun: number): void {
    const nowMs = performance.now();
    const text = `${this.#label} ${progressText(done, nowMs - this.#startMs, begun)}`;
    if (process.stderr.isTTY) {
      if (nowMs - this.#drawnMs < redrawMs && done < 1) return;
      this.#drawnMs = nowMs;
      process.stderr.write(`\r${text}\u001b[K${done >= 1 ? "\n" : ""}`);
    } else {
      const tenth = Math.floor(done * 10);
      if (tenth === this.#tenth) return;
      this.#tenth = tenth;
      console.error(text);
    }
  }
}
