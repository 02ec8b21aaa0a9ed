// The titles that a test file gives to its tests, read from its syntax tree: no comment and no other text counts.

import { type ESTree, parseSync, Visitor } from "vite";

const titled: ReadonlySet<string> = new Set(["describe", "it", "test"]);
/** A test that never runs shows nothing; `skipIf` and `runIf` run where what they need is there. */
const neverRun: ReadonlySet<string> = new Set(["skip", "todo"]);

/**
 * Every title of a call of `test`, `it` or `describe` in any form (`test.skipIf(…)(…)`, `test.each(…)(…)`), whose first
 * argument is a string or a template (its fixed parts). Of a table that is written out in the call of `each`, the first
 * string of each row belongs to a title with `%s`. A title that is a property (`rule.name`) stands for every text that
 * an object of the same file has there.
 */
export function titlesIn(file: string, text: string): readonly string[] {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be read: ${errors[0]?.message}`);
  const titles: string[] = [];
  const named = new Set<string>();
  const properties: (readonly [key: string, text: string])[] = [];
  const visitor = new Visitor({
    CallExpression: ({ callee, arguments: [title] }) => {
      if (title === undefined || !isTitled(callee)) return;
      const words = wordsOf(title);
      if (words !== null) titles.push(words, ...(words.includes("%s") ? rowsOf(callee) : []));
      const key = title.type === "MemberExpression" ? keyOf(title.property) : null;
      if (key !== null) named.add(key);
    },
    Property: ({ key, value }) => {
      const [name, words] = [keyOf(key), wordsOf(value)];
      if (name !== null && words !== null) properties.push([name, words]);
    },
  });
  visitor.visit(program);
  return [...titles, ...properties.filter(([key]) => named.has(key)).map(([, words]) => words)];
}

/** `test`, `test.each(rows)`, `describe.skipIf(absent).each(rows)`: what is called to give a title. */
function isTitled(callee: ESTree.Node): boolean {
  if (callee.type === "Identifier") return titled.has(callee.name);
  if (callee.type === "CallExpression") return isTitled(callee.callee);
  if (callee.type !== "MemberExpression") return false;
  return isTitled(callee.object) && !neverRun.has(keyOf(callee.property) ?? "");
}

function rowsOf(callee: ESTree.Node): readonly string[] {
  const table = callee.type === "CallExpression" ? callee.arguments[0] : undefined;
  const rows = table?.type === "TSAsExpression" ? table.expression : table;
  if (rows?.type !== "ArrayExpression") return [];
  return rows.elements.flatMap((row) => {
    const first = row?.type === "ArrayExpression" ? row.elements[0] : row;
    return (first && wordsOf(first)) ?? [];
  });
}

function wordsOf(node: ESTree.Node): string | null {
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : null;
  if (node.type !== "TemplateLiteral") return null;
  return node.quasis.map(({ value }) => value.cooked ?? "").join("…");
}

function keyOf(node: ESTree.Node): string | null {
  return node.type === "Identifier" ? node.name : null;
}
