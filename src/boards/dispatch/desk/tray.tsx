import type { JSX } from "preact";
import { isDeciding } from "../mission-order.ts";
import { decisionUnderWay } from "../orders.ts";
import type { Sight } from "../sight.ts";
import { SlipLine } from "../slips.tsx";
import type { Actions } from "../state.ts";
import { Waiting } from "./waiting.tsx";

/**
 * What this desk wrote, with how far each came, over the lower edge of the board: nothing above it moves. *Written
 * here* stands only on the anchor's own answer. Whatever stands in its card, or shows by itself, is not said twice.
 */
export function Tray({ sight, actions }: { readonly sight: Sight; readonly actions: Actions }): JSX.Element {
  const { outbox, missions } = sight.room;
  const deciding = [...missions.values()].filter(isDeciding);
  const inCards = new Set(deciding.map((row) => decisionUnderWay(outbox, row)?.post.request));
  const slips = outbox.filter(
    ({ post, order, state }) =>
      !inCards.has(post.request) &&
      !("task" in order && (state.step === "written" || state.step === "writing")),
  );
  // More than it has room for is scrolled by keys.
  const tabIndex = slips.length > 0 ? 0 : -1;
  return (
    <div role="status" aria-label={sight.texts.slips} class="tray" tabIndex={tabIndex}>
      {slips.length > 0 && (
        <ul class="slips">
          {slips.map((slip) => (
            <li key={slip.post.request}>
              <SlipLine slip={slip} sight={sight} actions={actions} />
            </li>
          ))}
        </ul>
      )}
      <Waiting sight={sight} />
    </div>
  );
}
