/** Orders a device's beats: `boot` is its stored counter of starts, `beat` counts from its last start. */
export type BeatNumber = readonly [boot: number, beat: number];

/** The newest numbers that came on a device's own connections. */
export type OwnNumbers = {
  /** On those opened since `anewMonoMs`; null: none. */
  newest: BeatNumber | null;
  /** The highest on those that had stood open before: of an earlier process, or of a twin that lives. */
  before: BeatNumber | null;
  /** When the last of either came, and when the connection was opened on which the device last counted anew; monotonic, ms. */
  cameMonoMs: number;
  anewMonoMs: number;
};

export function isHigher(number: BeatNumber, than: BeatNumber | null): boolean {
  if (than === null || number[0] > than[0]) return true;
  return number[0] === than[0] && number[1] > than[1];
}

export function newOwnNumbers(): OwnNumbers {
  const never = Number.NEGATIVE_INFINITY;
  return { newest: null, before: null, cameMonoMs: never, anewMonoMs: never };
}

/**
 * Whether a number is news: higher than all of its kind, or the first on a connection that was opened after all that came
 * before. What comes on that one was said later, whatever its number: a restored box counts from below.
 */
export function takeOwnNumber(
  own: OwnNumbers,
  number: BeatNumber,
  openedMonoMs: number,
  monoMs: number,
): boolean {
  const isOlder = openedMonoMs < own.anewMonoMs;
  if (!isHigher(number, isOlder ? own.before : own.newest)) {
    if (isOlder || openedMonoMs <= own.cameMonoMs) return false;
    if (isHigher(own.newest ?? number, own.before)) own.before = own.newest;
    own.anewMonoMs = openedMonoMs;
  }
  if (isOlder) own.before = number;
  else own.newest = number;
  own.cameMonoMs = monoMs;
  return true;
}
