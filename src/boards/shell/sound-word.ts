import type { BoardPost } from "../../site/views/board-view.ts";
import type { SlipState } from "./outbox.ts";
import { newRequestId } from "./sender.ts";

/** How often a board says whether it can be heard; its anchor takes it for closed when three such words are missing. */
const sayAgainMs = 20_000;

const storageKey = "holdfast-board";

/**
 * This tab, also after a reload; a browser may refuse storage. A duplicated tab gets a copy of what its tab stores: the
 * name lies there only from one page to the next.
 */
function thisBoard(): string {
  const board = newRequestId();
  try {
    const kept = sessionStorage.getItem(storageKey) ?? board;
    sessionStorage.removeItem(storageKey);
    addEventListener("pagehide", () => sessionStorage.setItem(storageKey, kept));
    return kept;
  } catch {
    return board;
  }
}

/**
 * Says whether this board can be heard: on change, and every {@link sayAgainMs} as long as it hears its anchor. To be
 * called with each message of the anchor: a page in the background has no clock that it can rely on.
 * @param left where it says that its page goes
 */
export function soundTeller(
  send: (post: BoardPost) => Promise<SlipState>,
  left: string,
): (isHeldBack: boolean, by: string, steadyMs: number) => void {
  const board = thisBoard();
  let said = "";
  /** One after the other: two that overtook each other would leave the older word standing. */
  let sending: Promise<unknown> = Promise.resolve();
  addEventListener("pagehide", () => {
    // Whoever comes back to it finds it speaking at once.
    said = "";
    navigator.sendBeacon(left, new Blob([JSON.stringify({ board })], { type: "application/json" }));
  });
  return (isHeldBack, by, steadyMs) => {
    const sound = isHeldBack ? "held-back" : "on";
    const saying = sound + Math.floor(steadyMs / sayAgainMs);
    if (saying === said) return;
    said = saying;
    // Beside a post's own members: which of the open boards speaks.
    const post = { request: newRequestId(), kind: "board.sound/1", by, body: { sound }, board };
    sending = sending.then(async () => {
      const { step } = await send(post);
      if (step !== "written" && said === saying) said = "";
    });
  };
}
