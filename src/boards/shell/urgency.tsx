import type { JSX } from "preact";
import type { BoardSight } from "./sight.ts";

/** 1 to 3, as a figure in a box and in words. */
export function UrgencySign({
  urgency,
  sight,
}: {
  readonly urgency: number;
  readonly sight: BoardSight;
}): JSX.Element {
  return (
    <span class="urgency">
      <b class={`urgency-figure urgency-figure-${urgency}`}>{urgency}</b> {sight.say.urgency(urgency)}
    </span>
  );
}
