/** People get numbers from 100 on: a desk without a name is never taken for one of them. */
const deskMax = 99;

const keyOf = (site: string) => `holdfast-desk-${site}`;

/** The number that the page's address names, or that this tab was given before a reload; 0: none yet. */
export function knownDesk(site: string): number {
  const named = Number(new URLSearchParams(location.search).get("desk"));
  if (Number.isInteger(named) && named > 0 && named <= deskMax) return named;
  try {
    return Number(sessionStorage.getItem(keyOf(site)));
  } catch {
    // The browser refuses storage.
    return 0;
  }
}

export function keepDesk(site: string, desk: number): void {
  try {
    sessionStorage.setItem(keyOf(site), String(desk));
  } catch {
    // Kept for this page only.
  }
}
