/** Seconds between two signals while something is unseen. */
const againAfterS = 2.5;

/** The signal of a board. A browser holds it back until somebody has touched the page. */
export type Sound = {
  readonly isHeldBack: () => boolean;
  /** Rings until told to stop. */
  readonly ring: (rings: boolean) => void;
  /** In a click or a key: lets the browser sound. */
  readonly allow: () => void;
};

export function boardSound(onChange: () => void): Sound {
  const context = new AudioContext();
  context.onstatechange = onChange;
  let timer: ReturnType<typeof setInterval> | null = null;
  const stop = () => {
    if (timer !== null) clearInterval(timer);
    timer = null;
  };
  return {
    isHeldBack: () => context.state !== "running",
    allow: () => void context.resume(),
    ring: (rings) => {
      if (!rings) return stop();
      if (timer !== null) return;
      beep(context);
      timer = setInterval(() => beep(context), againAfterS * 1_000);
    },
  };
}

/** Two rising tones. Nothing is put off: a held-back signal must not sound late. */
function beep(context: AudioContext): void {
  if (context.state !== "running") return;
  for (const [i, hz] of [740, 988].entries()) {
    const startS = context.currentTime + i * 0.2;
    const tone = new OscillatorNode(context, { frequency: hz });
    const volume = new GainNode(context, { gain: 0.25 });
    tone.connect(volume).connect(context.destination);
    tone.start(startS);
    tone.stop(startS + 0.16);
  }
}
