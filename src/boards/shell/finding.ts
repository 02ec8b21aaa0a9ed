/** As somebody types it in a moving vehicle: without case, accents, or the choice between ü and ue. */
export function plainText(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/([aou])e/g, "$1");
}

/** Those in whose texts every typed word occurs, at most `countMax`; nothing typed finds nothing. */
export function found<T>(
  items: readonly T[],
  typed: string,
  textOf: (item: T) => string,
  countMax: number,
): readonly T[] {
  const words = plainText(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return items
    .filter((item) => {
      const text = plainText(textOf(item));
      return words.every((word) => text.includes(word));
    })
    .slice(0, countMax);
}

type Place = { readonly latE3: number; readonly lonE3: number };

/** The place nearest to a position; a degree of longitude counts less than one of latitude here. */
export function nearest<T extends Place>(places: readonly T[], at: Place): T | null {
  const shrink = Math.cos((at.latE3 / 1000) * (Math.PI / 180));
  let best: T | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const place of places) {
    const distance = Math.hypot(place.latE3 - at.latE3, (place.lonE3 - at.lonE3) * shrink);
    if (distance < least) [best, least] = [place, distance];
  }
  return best;
}
