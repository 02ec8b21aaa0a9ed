import { siteIn, sitesOfType } from "../../region/charter.ts";
import type { Words } from "../../region/words.ts";
import type { BoardContext } from "./board-rows.ts";

/** What an anchor says of itself in its own words; each left out while there is nothing to say. */
export type OwnWords = {
  /** Roads that are closed, until when, and whether the minutes know of it. */
  readonly roads?: Words;
  /** At a control centre, why the region's stream on its NATS servers takes nothing. */
  readonly stream?: Words;
  /** Hospitals that the charter names and this anchor's region files lack. */
  readonly files?: Words;
};

/** Such a hospital takes words and patients like any other; for advice and minutes it is not there. */
export function filesWords(context: BoardContext): Pick<OwnWords, "files"> {
  const { house, base } = context;
  const lacking = sitesOfType(house.charter, "hospital").filter(({ site }) => !base.hospitalIndex.has(site));
  if (lacking.length === 0) return {};
  for (const { site } of lacking) context.unlisted?.(site);
  const names = lacking.map(({ site }) => siteIn(house.charter, site)?.name ?? site).join(", ");
  return {
    files: {
      de: `In den Regionsdaten dieses Ankers fehlt: ${names}. Dorthin gibt es keine Fahrzeit und keinen Vorschlag.`,
      en: `Missing from this anchor's region data: ${names}. It has no minutes and is never proposed.`,
    },
  };
}
