import { insist } from "./insist.ts";

/** People get numbers from 100 on: a desk without a name is never taken for one of them. */
const deskMax = 99;

const keyOf = (site: string) => `holdfast-desk-${site}`;

/** The number that the page's address names, or that this tab had before a reload; else one from the anchor that no other desk of the centre has, as soon as it can give one. */
export async function deskAt(site: string): Promise<number> {
  return knownDesk(site) ?? (await insist(() => newDesk(site)));
}

function knownDesk(site: string): number | null {
  const named = Number(new URLSearchParams(location.search).get("desk"));
  if (Number.isInteger(named) && named > 0 && named <= deskMax) return named;
  try {
    return Number(sessionStorage.getItem(keyOf(site))) || null;
  } catch {
    // The browser refuses storage.
    return null;
  }
}

async function newDesk(site: string): Promise<number> {
  const response = await fetch(`/api/${site}/desk`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  if (!response.ok) throw new Error(`the anchor answered ${response.status}`);
  const { desk } = (await response.json()) as { readonly desk: number };
  try {
    sessionStorage.setItem(keyOf(site), String(desk));
  } catch {
    // Kept for this page only.
  }
  return desk;
}
