/** A board whose code has failed stands still and looks alive: it says so, in words that no code of its own must find. */
export function sayWhenFailed(): void {
  addEventListener("error", ({ error }) => {
    const { body } = document;
    if (!(error instanceof Error) || body.dataset["failed"] !== undefined) return;
    body.dataset["failed"] = "";
    const bar = document.createElement("p");
    bar.className = "bar bar-alarm";
    bar.textContent = "Fehler in dieser Tafel: bitte neu laden. This board has failed: please reload.";
    body.prepend(bar);
  });
}
