import type { Fold, Touched } from "./fold.ts";

/** One thing of which a fold keeps the state. */
export type FoldPart = { readonly what: Exclude<Touched["what"], "unusable">; readonly key: string };

/** The part that a fact has changed; null where only the counts of its log changed. */
export function partTouched(touched: Touched): FoldPart | null {
  switch (touched.what) {
    case "hospital":
      return { what: touched.what, key: touched.hospital };
    case "mission":
      return { what: touched.what, key: touched.mission };
    case "contact":
    case "sound":
      return { what: touched.what, key: touched.site };
    case "cut-off":
      return { what: touched.what, key: "" };
    case "task":
      return { what: touched.what, key: touched.task };
    case "closure":
      return { what: touched.what, key: touched.closure };
    case "transfer":
      return { what: touched.what, key: touched.transfer };
    case "case":
      return { what: touched.what, key: touched.case };
    case "unusable":
      return null;
  }
}

/** All parts of a fold as it is now. */
export function partsOf(fold: Fold): readonly FoldPart[] {
  const keyed = (what: FoldPart["what"], keys: Iterable<string>) => [...keys].map((key) => ({ what, key }));
  return [
    ...keyed("hospital", fold.hospitals.keys()),
    ...keyed("mission", fold.missions.keys()),
    ...keyed("contact", fold.contacts.keys()),
    ...keyed("task", fold.tasks.keys()),
    ...keyed("sound", fold.sounds.keys()),
    ...keyed("closure", fold.closures.keys()),
    ...keyed("transfer", fold.transfers.keys()),
    { what: "cut-off", key: "" },
    ...keyed("case", fold.cases.keys()),
  ];
}
