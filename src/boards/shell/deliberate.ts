/**
 * For what is asked to be confirmed: runs `act` unless the click is the second of a double tap whose first opened the
 * question under the same finger.
 */
export function deliberately(act: () => void): (event: MouseEvent) => void {
  return ({ detail }) => {
    if (detail < 2) act();
  };
}

/** A key that is still held down from the question before answers nothing. */
export function notRepeated(event: KeyboardEvent): void {
  if (event.repeat) event.preventDefault();
}
