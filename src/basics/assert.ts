/** Throws when an invariant of ours is broken. Never used for what a peer, a user or a disk may do. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`);
}

/** Returns `value` when it is there; throws when our own bookkeeping lost it. */
export function present<T>(value: T | undefined | null, message: string): T {
  if (value === undefined || value === null) throw new Error(`invariant broken: ${message}`);
  return value;
}

/** For the branch of a switch that the types say cannot be reached. */
export function unreachable(value: never): never {
  throw new Error(`invariant broken: unexpected ${String(value)}`);
}
