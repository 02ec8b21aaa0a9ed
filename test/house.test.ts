import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { ownFiles, root } from "./support/files.ts";

const read = (path: string) => readFileSync(join(root, path), "utf8");

const lines = (count: number, line: string) => `${line}\n`.repeat(count);

/** One file for each rule that must be found broken in it. */
const planted: Readonly<Record<string, string>> = {
  noExcessiveLinesPerFunction: `export function f(): void {\n${lines(71, "  g();")}}\n`,
  noExcessiveLinesPerFile: lines(451, "export {};"),
  noExplicitAny: "export const a: any = 1;",
  noNonNullAssertion: "export const f = (a?: { b: 1 }) => a!.b;",
  noDefaultExport: "export default 1;",
  noBarrelFile: `export { a } from "./a.ts";`,
  noConsole: "console.log(1);",
  noFloatingPromises: "async function f(): Promise<void> {}\nf();",
};

/** What the linter reports in a folder with our configuration, as `file rule`. */
function lint(files: Readonly<Record<string, string>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-lint-"));
  for (const [name, text] of Object.entries({
    ".gitignore": "",
    "biome.json": read("biome.json"),
    ...files,
  })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const biome = join(root, "node_modules", ".bin", "biome");
  const { stdout } = spawnSync(biome, ["lint", "--reporter=github"], { cwd: folder, encoding: "utf8" });
  rmSync(folder, { recursive: true });
  return [...stdout.matchAll(/title=lint\/\w+\/(\w+),file=\S*?(\w+)\.ts,/g)].map(
    ([, rule, name]) => `${name} ${rule}`,
  );
}

test("the linter finds each planted break of a rule, long functions and long files among them", () => {
  const files = Object.entries(planted).map(([rule, text]) => [`src/region/${rule}.ts`, text]);
  const found = lint(Object.fromEntries(files));
  expect(Object.keys(planted).filter((rule) => !found.includes(`${rule} ${rule}`))).toEqual([]);
});

/** Names of the places where the project happens to be written; they mean nothing to a reader of it. */
const foreignWords = /(?<![\w.-])\/wor[k]\/|\/tm[p]\/brie[f]|\bissues sho[w]\b|\bbefore-sto[p]\b/;
const sharedFolder = /\.\.\/share[d]\b/;
const mayReadSharedData = /^(test|bench|docs|scripts)\/|\.test\.tsx?$|\.md$/;

function foreignIn(path: string, text: string): string[] {
  return text.split("\n").flatMap((line, index) => {
    const isForeign = foreignWords.test(line) || (sharedFolder.test(line) && !mayReadSharedData.test(path));
    return isForeign ? [`${path}:${index + 1} ${line.trim()}`] : [];
  });
}

describe("the project speaks of itself alone", () => {
  test("no file names the place where it was written; shared data is read by tests and benches only", () => {
    const texts = ownFiles().filter((path) => statSync(join(root, path)).size < 2 ** 20);
    expect(texts.length).toBeGreaterThan(10);
    expect(texts.flatMap((path) => foreignIn(path, read(path)))).toEqual([]);
  });

  test("the checker finds a planted word, and lets network/ and framework/ pass", () => {
    const place = ["", "work", "main"].join("/");
    expect(foreignIn("src/a.ts", `const a = "${place}";`)).toHaveLength(1);
    expect(foreignIn("src/a.ts", `read("${["..", "shared"].join("/")}/data");`)).toHaveLength(1);
    expect(foreignIn("src/a.test.ts", `read("${["..", "shared"].join("/")}/data");`)).toEqual([]);
    expect(foreignIn("src/a.ts", "network/main framework/main ./network/a")).toEqual([]);
  });
});

describe("what is installed", () => {
  const manifest: Record<string, Record<string, string>> = JSON.parse(read("package.json"));

  test("every version is exact", () => {
    const versions = ["dependencies", "devDependencies", "optionalDependencies"].flatMap((kind) =>
      Object.values(manifest[kind] ?? {}),
    );
    expect(versions.length).toBeGreaterThan(0);
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+(-build\d+)?$/.test(version))).toEqual([]);
  });

  test("the runtime is one version on every platform", () => {
    expect(new Set(Object.values(manifest["optionalDependencies"] ?? {})).size).toBe(1);
  });

  test("the lockfile names no registry and holds a hash of every package for every platform", () => {
    type Locked = { resolved?: string; integrity?: string; optionalDependencies?: Record<string, string> };
    const { packages }: { packages: Record<string, Locked> } = JSON.parse(read("package-lock.json"));
    const installed = Object.entries(packages).filter(([path]) => path !== "");
    expect(installed.length).toBeGreaterThan(0);
    expect(
      installed.filter(([, locked]) => locked.resolved !== undefined || locked.integrity === undefined),
    ).toEqual([]);
    const platformPackages = Object.values(packages).flatMap((locked) =>
      Object.keys(locked.optionalDependencies ?? {}),
    );
    expect(platformPackages.filter((name) => packages[`node_modules/${name}`] === undefined)).toEqual([]);
  });

  test("the tests run on the pinned runtime, or where npm has none for the platform on a Node that is new enough", () => {
    const platform = `${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
    const pinned = Object.entries(manifest["optionalDependencies"] ?? {}).find(([name]) =>
      name.endsWith(platform),
    );
    const [needed] = /\d+/.exec(manifest["engines"]?.["node"] ?? "") ?? [];
    if (pinned === undefined)
      expect(Number.parseInt(process.versions.node, 10)).toBeGreaterThanOrEqual(Number(needed));
    else expect(process.version).toBe(`v${pinned[1]}`);
  });

  test(".ci/run can be run", () => {
    expect(statSync(join(root, ".ci/run")).mode & 0o111).toBe(0o111);
  });
});
