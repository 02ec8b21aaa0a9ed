// node scripts/facts-doc.ts: writes docs/facts.md from the one list of facts (src/region/facts.ts).

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { factKinds } from "../src/region/facts.ts";
import type { Field } from "../src/region/fields.ts";
import type { FactKind } from "../src/region/kind.ts";

export const factsPagePath = join(import.meta.dirname, "..", "docs", "facts.md");

const opening = `# Facts

Made by \`node scripts/facts-doc.ts\` from \`src/region/facts.ts\`; not to be edited here.

A fact is one entry of a device's log. Every entry has \`at\` (the device's clock, UTC ms), \`kind\` (below, with its
version), \`by\` (a role and where needed an opaque number) and may have \`request\` (the writer's own id, so that a
retry is not a second fact); the rest is the body of its kind. A published field never changes meaning. Fields that a
version does not know are kept and ignored; an entry whose kind it does not know, whose body does not fit, or that a
site says out of turn, is stored and passed on but means nothing. No field takes a person's name or free text, but the authority's names of region, sites and towns.
`;

/** The page as it is to be. */
export function factsPage(): string {
  const topics = Map.groupBy<string, FactKind>(factKinds, ({ kind }) => kind.slice(0, kind.indexOf(".")));
  const parts = [...topics].map(([topic, kinds]) => `## ${topic}\n\n${kinds.map(kindPart).join("\n")}`);
  return [opening, ...parts].join("\n");
}

function kindPart({ kind, saidBy, meaning, fields }: FactKind): string {
  const who = saidBy === "any-site" ? "every device, of its own log" : saidBy.join(", ");
  const rows = Object.entries(fields).map(([name, field]) => fieldRow(name, field));
  const table = ["| field | values | meaning |", "|---|---|---|", ...rows].join("\n");
  return `### \`${kind}\`\n\n${meaning.en}\\\n*${meaning.de}*\n\nSaid by: ${who}.\n\n${table}\n`;
}

function fieldRow(name: string, { optional, shape, doc }: Field): string {
  const values = shape.en.replaceAll("|", "\\|");
  return `| \`${name}\`${optional ? " (may be left out)" : ""} | ${values} | ${doc.en} *${doc.de}* |`;
}

if (import.meta.main) writeFileSync(factsPagePath, factsPage());
