// What a source file imports and which global names it uses, read from its syntax tree.

import { parseSync } from "vite";

type Node = { readonly type: string; readonly start: number; readonly [field: string]: unknown };

/** A name or specifier with the 1-based line on which it stands: counted when asked for, which few are. */
type Found = { readonly text: string; readonly line: number };

export type Source = {
  /** Every specifier of a static, dynamic, type-only or re-exporting import. */
  readonly imports: readonly Found[];
  /**
   * Every use, as a value, of a name that the file does not declare. A member of `Date` or `Math` counts with its
   * object (`Date.now`, `Math.sqrt`), and so do `new Date()` without an argument and `**`.
   */
  readonly globals: readonly Found[];
};

/** Type-only wrappers around a value: what they wrap is used. Every other TS node holds types. */
const wrappers = new Set([
  "TSAsExpression",
  "TSInstantiationExpression",
  "TSNonNullExpression",
  "TSSatisfiesExpression",
  "TSTypeAssertion",
]);

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

/** By a plain loop: it is asked for every node of every file. */
function children(node: Node): [string, Node][] {
  const found: [string, Node][] = [];
  for (const key in node) {
    const value = node[key];
    if (isNode(value)) found.push([key, value]);
    else if (Array.isArray(value)) for (const one of value) if (isNode(one)) found.push([key, one]);
  }
  return found;
}

const child = (node: Node, key: string): Node | undefined => {
  const value = node[key];
  return isNode(value) ? value : undefined;
};

const identifier = (node: Node | undefined): string | undefined =>
  node?.type === "Identifier" && typeof node["name"] === "string" ? node["name"] : undefined;

/** Fields that hold a name which is not a reference, for the node types that have them (unless computed). */
const labelFields: Readonly<Record<string, readonly string[]>> = {
  MemberExpression: ["property"],
  Property: ["key"],
  MethodDefinition: ["key"],
  PropertyDefinition: ["key"],
  ImportSpecifier: ["imported"],
  ExportSpecifier: ["exported"],
  LabeledStatement: ["label"],
  BreakStatement: ["label"],
  ContinueStatement: ["label"],
};

const objectsCountedByMember = new Set(["Date", "Math"]);

/** The names that a pattern binds: `{ a, b: [c] }` binds a and c. */
function boundNames(pattern: Node): string[] {
  const name = identifier(pattern);
  if (name !== undefined) return [name];
  const fields: Readonly<Record<string, string>> = {
    ObjectPattern: "properties",
    ArrayPattern: "elements",
    Property: "value",
    AssignmentPattern: "left",
    RestElement: "argument",
  };
  const field = fields[pattern.type];
  return children(pattern).flatMap(([key, inner]) => (key === field ? boundNames(inner) : []));
}

const bindingFields = new Set(["id", "params", "local", "param"]);

function declaredNames(node: Node, names: Set<string>): Set<string> {
  for (const [key, inner] of children(node)) {
    const binds = bindingFields.has(key) && node.type !== "ExportSpecifier";
    for (const name of binds ? boundNames(inner) : []) names.add(name);
    declaredNames(inner, names);
  }
  return names;
}

/** How a member or call of a counted object reads (`Date.now`, `new Date()`), or undefined where it is none. */
function countedUse(node: Node): string | undefined {
  if (node.type === "BinaryExpression" && node["operator"] === "**") return "**";
  if (node.type === "MemberExpression") {
    const object = identifier(child(node, "object"));
    if (object === undefined || !objectsCountedByMember.has(object)) return undefined;
    return `${object}.${node["computed"] === true ? "[]" : identifier(child(node, "property"))}`;
  }
  if (node.type !== "NewExpression" || identifier(child(node, "callee")) !== "Date") return undefined;
  return children(node).some(([key]) => key === "arguments") ? "new Date(value)" : "new Date()";
}

function globalUses(node: Node, found: (text: string, node: Node) => void): void {
  // `export { a } from` names what another file declares.
  if (node.type === "ExportNamedDeclaration" && child(node, "source") !== undefined) return;
  const counted = countedUse(node);
  const isType = node.type.startsWith("TS") && !wrappers.has(node.type);
  if (counted !== undefined) found(counted, node);
  const labels = node["computed"] === true ? [] : (labelFields[node.type] ?? []);
  for (const [key, inner] of children(node)) {
    const name = identifier(inner);
    const isCounted = counted !== undefined && (key === "object" || key === "callee");
    if (name === undefined) globalUses(inner, found);
    else if (!labels.includes(key) && !isCounted && !isType) found(name, inner);
  }
}

const importTypes = new Set([
  "ImportDeclaration",
  "ExportNamedDeclaration",
  "ExportAllDeclaration",
  "ImportExpression",
  "TSImportType",
]);

function importNodes(node: Node, found: Node[]): Node[] {
  const source = importTypes.has(node.type) ? child(node, "source") : undefined;
  if (source !== undefined) found.push(source);
  for (const [, inner] of children(node)) importNodes(inner, found);
  return found;
}

/**
 * Reads a TypeScript file's imports and uses of globals. A name declared anywhere in the file counts as its own
 * everywhere in it. Throws where the text does not parse.
 * @param withGlobals false: `globals` stays empty, and the file is read in half the time
 */
export function readSource(path: string, text: string, withGlobals = true): Source {
  const { program, errors } = parseSync(path, text);
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}`);
  // The tree is walked without regard to its many node types.
  const tree = program as unknown as Node;
  const foundAt = (found: string, { start }: Node): Found => ({
    text: found,
    get line() {
      return text.slice(0, start).split("\n").length;
    },
  });
  const imports = importNodes(tree, []).map((node) =>
    foundAt(typeof node["value"] === "string" ? node["value"] : "(computed)", node),
  );
  return { imports, globals: withGlobals ? globalsOf(tree, foundAt) : [] };
}

function globalsOf(tree: Node, foundAt: (text: string, node: Node) => Found): readonly Found[] {
  const declared = declaredNames(tree, new Set());
  const globals: Found[] = [];
  globalUses(tree, (name, node) => {
    if (!declared.has(name)) globals.push(foundAt(name, node));
  });
  return globals;
}
