/** A pointer that moved so lately is about to press something. */
const handMovesMs = 2_000;

let movedMs = Number.NEGATIVE_INFINITY;
let under: Element | null = null;
/** A row that ended under the hand, kept as high as it was. */
let keptRow: HTMLElement | null = null;
for (const touch of ["pointermove", "pointerdown"]) {
  addEventListener(
    touch,
    ({ target }) => {
      movedMs = performance.now();
      under = target instanceof Element ? target : null;
    },
    { passive: true },
  );
}

/**
 * Draws, and leaves in its place what a moving hand is on: what comes or goes above it must not bring something else under
 * the finger, nor must the row that ends under it make way for the next.
 */
export function drawSteadily(draw: () => void): void {
  const isMoving = performance.now() - movedMs <= handMovesMs;
  if (!isMoving && keptRow !== null) {
    keptRow.style.minHeight = "";
    keptRow = null;
  }
  // What sticks to an edge of the window stays there by itself.
  if (!isMoving || under === null || under.closest(".top,.tray") !== null) return draw();
  const row = under.closest("li");
  const top = under.getBoundingClientRect().top;
  const height = row?.offsetHeight ?? 0;
  draw();
  if (under.isConnected) scrollBy({ top: under.getBoundingClientRect().top - top, behavior: "instant" });
  else if (row?.isConnected && row.querySelector("button") === null) {
    row.style.minHeight = `${height}px`;
    keptRow = row;
  }
}
