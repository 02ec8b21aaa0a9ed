import { keepDesk } from "./desk-number.ts";
import { insist } from "./insist.ts";

/** A number from the anchor that no other desk of the centre has, as soon as it can give one. */
export function newDesk(site: string): Promise<number> {
  return insist(async () => {
    const response = await fetch(`/api/${site}/desk`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    if (!response.ok) throw new Error(`the anchor answered ${response.status}`);
    const { desk } = (await response.json()) as { readonly desk: number };
    keepDesk(site, desk);
    return desk;
  });
}
