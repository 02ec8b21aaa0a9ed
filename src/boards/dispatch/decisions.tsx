import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { heldOrder } from "../shell/held-order.ts";
import type { Outbox } from "../shell/outbox.ts";
import { DecisionCard } from "./decision-card.tsx";
import type { Deciding } from "./mission-words.ts";
import { decisionUnderWay, type Order } from "./orders.ts";
import type { Sight } from "./sight.ts";
import { Slips } from "./slips.tsx";
import type { Actions } from "./state.ts";

export type DecisionsProps = {
  /** In the order in which they should be decided. */
  readonly deciding: readonly Deciding[];
  readonly outbox: Outbox<Order>;
  readonly sight: Sight;
  readonly actions: Actions;
};

/** What a person must decide now. Comes first on the board, and nothing in it moves under pointer or focus. */
export function Decisions({ deciding, outbox, sight, actions }: DecisionsProps): JSX.Element {
  const { texts } = sight;
  const { list, hold, order } = useHeldOrder(deciding.map(({ mission }) => mission));
  const heading = useRef<HTMLHeadingElement>(null);
  useKeptFocus(list, heading, order);
  const rows = new Map(deciding.map((row) => [row.mission, row]));
  const inCards = new Set(deciding.map((row) => decisionUnderWay(outbox, row)?.post.request));
  const count = deciding.length;
  return (
    <section class={count > 0 ? "decisions some-decisions" : "decisions"} aria-labelledby="decisions">
      <h2 id="decisions" class="decisions-title" ref={heading} tabIndex={-1}>
        {count > 0 ? texts.decisionCount(count) : texts.decisions}
      </h2>
      {count === 0 && <p class="empty">{texts.nothingToDecide}</p>}
      <ul class="cards" ref={list} {...hold}>
        {order.map((mission) => {
          const row = rows.get(mission);
          return row === undefined ? null : (
            <li key={mission}>
              <DecisionCard {...{ row, outbox, sight, actions }} />
            </li>
          );
        })}
      </ul>
      <Slips
        slips={outbox.filter(({ post }) => !inCards.has(post.request))}
        sight={sight}
        actions={actions}
      />
    </section>
  );
}

/** The order shown, held while a pointer or the focus is in the list. */
function useHeldOrder(wanted: readonly string[]) {
  const list = useRef<HTMLUListElement>(null);
  const shown = useRef<readonly string[]>([]);
  const [isPointed, setPointed] = useState(false);
  const isHeld = isPointed || list.current?.contains(document.activeElement) === true;
  const order = heldOrder(shown.current, wanted, isHeld);
  useEffect(() => {
    shown.current = order;
  });
  const hold = { onPointerEnter: () => setPointed(true), onPointerLeave: () => setPointed(false) };
  return { list, hold, order };
}

/** When the card that had the focus is gone, the focus goes to the heading instead of to the top of the page. */
function useKeptFocus(
  list: { readonly current: HTMLElement | null },
  heading: { readonly current: HTMLElement | null },
  order: readonly string[],
): void {
  const hadFocus = useRef(false);
  useLayoutEffect(() => {
    if (hadFocus.current && document.activeElement === document.body) heading.current?.focus();
    hadFocus.current = list.current?.contains(document.activeElement) === true;
  });
  useEffect(() => {
    const note = () => {
      hadFocus.current = list.current?.contains(document.activeElement) === true;
    };
    list.current?.addEventListener("focusin", note);
    return () => list.current?.removeEventListener("focusin", note);
  }, [order.length === 0]);
}
