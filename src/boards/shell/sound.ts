import { earlyOf } from "./stream.ts";

/** Seconds between two signals while something is unseen. */
const againAfterS = 2.5;

/** Of full scale: twice as loud to the ear is ten times the power, three times the gain. */
const gains = { plain: 0.25, loud: 0.8 };

/** The signal of a board. A browser holds it back until somebody has touched the page. */
export type Sound = {
  readonly isHeldBack: () => boolean;
  /** Rings until told to stop; `isLoud` from the next signal on. */
  readonly ring: (rings: boolean, isLoud?: boolean) => void;
  /** In a click or a key: lets the browser sound. */
  readonly allow: () => void;
};

export function boardSound(onChange: () => void): Sound {
  const context = earlyOf()?.sound ?? new AudioContext();
  context.onstatechange = onChange;
  // Whoever touched the page while its code was still coming has allowed it; before any touch this waits and does no harm.
  context.resume().catch(() => undefined);
  let timer: ReturnType<typeof setInterval> | null = null;
  let gain = gains.plain;
  const stop = () => {
    if (timer !== null) clearInterval(timer);
    timer = null;
  };
  return {
    isHeldBack: () => context.state !== "running",
    allow: () => void context.resume(),
    ring: (rings, isLoud = false) => {
      if (!rings) return stop();
      gain = isLoud ? gains.loud : gains.plain;
      if (timer !== null) return;
      beep(context, gain);
      timer = setInterval(() => beep(context, gain), againAfterS * 1_000);
    },
  };
}

/** Two rising tones. Nothing is put off: a held-back signal must not sound late. */
function beep(context: AudioContext, gain: number): void {
  if (context.state !== "running") return;
  for (const [i, hz] of [740, 988].entries()) {
    const startS = context.currentTime + i * 0.2;
    const tone = new OscillatorNode(context, { frequency: hz });
    const volume = new GainNode(context, { gain });
    tone.connect(volume).connect(context.destination);
    tone.start(startS);
    tone.stop(startS + 0.16);
  }
}
