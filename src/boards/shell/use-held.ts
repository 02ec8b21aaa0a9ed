import { useRef, useState } from "preact/hooks";
import { heldOrder } from "./held-order.ts";

/** The order of a list that stands still under pointer and focus, and how many new rows wait at its end. */
export function useHeld(wanted: readonly string[]) {
  const [holds, setHolds] = useState({ pointer: false, focus: false });
  const held = useRef<readonly string[]>(wanted);
  const known = useRef<readonly string[]>(wanted);
  const isHeld = holds.pointer || holds.focus;
  const order = heldOrder(held.current, wanted, isHeld);
  held.current = order;
  if (!isHeld) known.current = wanted;
  const fresh = order.filter((key) => !known.current.includes(key)).length;
  const hold = (change: Partial<typeof holds>) => setHolds((now) => ({ ...now, ...change }));
  return {
    order,
    fresh,
    holders: {
      onPointerEnter: () => hold({ pointer: true }),
      onPointerLeave: () => hold({ pointer: false }),
      onFocusIn: () => hold({ focus: true }),
      onFocusOut: () => hold({ focus: false }),
    },
  };
}
