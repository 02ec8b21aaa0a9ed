import { useState } from "preact/hooks";

let last = 0;

/**
 * An id that no other element of the page has, as long as this part stands. Preact's own `useId` counts from the start at
 * every drawing of the root: what is drawn later would get the ids of what stands already, and its labels.
 */
export function useId(): string {
  const [id] = useState(() => {
    last += 1;
    return `part-${last}`;
  });
  return id;
}
