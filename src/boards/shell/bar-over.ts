/** A bar over a board of which something has failed or is missing, in words that no code of its own must find. */
export function barOver(): HTMLElement {
  const bar = document.createElement("p");
  bar.className = "bar bar-alarm";
  bar.textContent =
    "Fehler in dieser Tafel: neu laden, sobald der Anker da ist. Error in this board: reload once the anchor is there.";
  document.body.prepend(bar);
  return bar;
}
