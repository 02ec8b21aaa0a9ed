import "./missions.css";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { MissionRow } from "../../site/views/board-view.ts";
import { useHeldRows } from "../shell/held-rows.ts";
import type { Outbox } from "../shell/outbox.ts";
import { DecisionCard } from "./decision-card.tsx";
import { isAtDoor, isDeciding } from "./mission-order.ts";
import type { Order } from "./orders.ts";
import type { Sight } from "./sight.ts";
import type { Actions } from "./state.ts";

export type DecisionsProps = {
  /** In the order in which they should be decided. */
  readonly waiting: readonly MissionRow[];
  readonly outbox: Outbox<Order>;
  readonly sight: Sight;
  readonly actions: Actions;
};

/** What a person must decide now. Comes first on the board, and nothing in it moves under pointer or focus. */
export function Decisions({ waiting, outbox, sight, actions }: DecisionsProps): JSX.Element {
  const { texts } = sight;
  const { tools } = sight.room;
  const held = useHeldRows<HTMLUListElement>(waiting.map(({ mission }) => mission));
  const { list, order } = held;
  const heading = useRef<HTMLHeadingElement>(null);
  useKeptFocus(list, heading, order);
  const rows = new Map(waiting.map((row) => [row.mission, row]));
  const count = waiting.length;
  const doors = waiting.filter((row) => !isDeciding(row)).length;
  return (
    <section class={count > 0 ? "decisions some-decisions" : "decisions"} aria-labelledby="decisions">
      <h2 id="decisions" class="decisions-title" ref={heading} tabIndex={-1}>
        {count > 0 ? texts.waitingCount(count - doors, doors) : texts.decisions}
      </h2>
      {count === 0 && <p class="empty">{texts.nothingToDecide}</p>}
      {tools !== null && <tools.FreshNote {...held} sight={sight} />}
      <ul class="cards" ref={list} {...held.holders}>
        {order.map((mission) => {
          const row = rows.get(mission);
          return (
            <li key={mission}>
              {row === undefined ? (
                <p class="card left">{texts.decidedElsewhere}</p>
              ) : isDeciding(row) ? (
                <DecisionCard {...{ row, outbox, sight, actions }} />
              ) : (
                isAtDoor(row) && tools !== null && <tools.DoorCard {...{ row, sight, actions }} />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
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
