/** A pointer that moved so lately is about to press something. */
const handMovesMs = 2_000;

let movedMs = Number.NEGATIVE_INFINITY;
for (const touch of ["pointermove", "pointerdown"]) {
  addEventListener(
    touch,
    () => {
      movedMs = performance.now();
    },
    { passive: true },
  );
}

/**
 * Draws, and leaves in its place what a moving hand is on: what comes or goes above it must not bring something else under
 * the finger, nor must the row that ends under it make way for the next.
 */
export function drawSteadily(draw: () => void): void {
  if (performance.now() - movedMs > handMovesMs) return draw();
  const under = [...document.querySelectorAll(":hover")].at(-1);
  const row = under?.closest("li");
  const top = under?.getBoundingClientRect().top ?? 0;
  const height = row?.offsetHeight ?? 0;
  draw();
  if (under?.isConnected) scrollBy({ top: under.getBoundingClientRect().top - top, behavior: "instant" });
  else if (row?.isConnected) row.style.minHeight = `${height}px`;
}
