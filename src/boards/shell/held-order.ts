/**
 * The order in which a list is shown. While a pointer or the focus is in it nothing moves: what is shown keeps its
 * place, what is gone leaves, what is new comes last.
 */
export function heldOrder(
  shown: readonly string[],
  wanted: readonly string[],
  isHeld: boolean,
): readonly string[] {
  if (!isHeld) return wanted;
  const kept = shown.filter((key) => wanted.includes(key));
  return [...kept, ...wanted.filter((key) => !kept.includes(key))];
}
