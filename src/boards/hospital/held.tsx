import type { JSX } from "preact";
import type { Name } from "../../basics/name.ts";
import { Mark } from "../shell/mark.tsx";
import { nameOf } from "../shell/sight.ts";
import type { Sight } from "./speech.ts";

/** Whether a control centre holds it: what it does not hold yet nobody can mistake. */
export function Held({
  held,
  at,
  sight,
}: {
  readonly held: boolean | null;
  /** One that does not lead the mission. */
  readonly at?: Name | undefined;
  readonly sight: Sight;
}): JSX.Element | null {
  if (held === null) return null;
  const { texts } = sight;
  return held ? (
    <small class="held">{at === undefined ? texts.heldByCentre : texts.heldAt(nameOf(sight, at))}</small>
  ) : (
    <p class="unheld">
      <Mark shape="late" /> {texts.notHeldByCentre}
    </p>
  );
}
