import { present } from "../basics/assert.ts";
import type { Origin } from "../basics/name.ts";
import { takeRecorded } from "./decisions/write.ts";
import { logOf } from "./replica.ts";
import type { House, LocalItem, Out } from "./state.ts";

/** Tells whoever wrote where it stands now. @param firsts where the run of each log began */
export function answerLocals(
  house: House,
  locals: readonly LocalItem[],
  firsts: ReadonlyMap<Origin, number>,
  out: Out,
): void {
  const next = new Map(firsts);
  for (const item of locals) {
    const index = present(next.get(item.origin), "a written entry has its place");
    next.set(item.origin, index + 1 + item.behind.length);
    const ref = [logOf(house, item.origin).id, index] as const;
    takeRecorded(house, item, ...ref);
    for (const token of item.tokens)
      out.push({ type: "answer", token, answer: { ok: true, ref, repeated: false } });
  }
}
