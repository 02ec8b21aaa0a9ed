import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { factsPage, factsPagePath } from "../scripts/facts-doc.ts";
import { factKinds } from "../src/region/facts.ts";

test("[FACT1] docs/facts.md is what `node scripts/facts-doc.ts` writes now", () => {
  expect(readFileSync(factsPagePath, "utf8")).toBe(factsPage());
});

test("[FACT1] docs/facts.md documents every kind and every field", () => {
  const page = factsPage();
  for (const { kind, fields } of factKinds) {
    const part = page.slice(page.indexOf(`### \`${kind}\``)).split("\n### ")[0] ?? "";
    for (const name of Object.keys(fields)) expect(part).toContain(`| \`${name}\``);
  }
});
