import { afterEach, expect, test, vi } from "vitest";
import { fetchWith } from "./fetch-with.ts";

type Link = { rel: string; href: string; onload: () => void; onerror: () => void; remove: () => void };

/** A browser that knows these words of `rel`; the links that it was given. */
function browser(knows: readonly string[], inPage: readonly string[] = []): readonly Link[] {
  const links: Link[] = [];
  const createElement = () => ({
    relList: { supports: (rel: string) => knows.includes(rel) },
    remove: () => undefined,
  });
  const querySelector = (selector: string) =>
    inPage.find((file) => selector === `[data-file="${file}"]`) ?? null;
  vi.stubGlobal("document", {
    createElement,
    querySelector,
    head: { append: (link: Link) => links.push(link) },
  });
  return links;
}
afterEach(() => vi.unstubAllGlobals());

const load = (): Promise<string> => Promise.resolve("the part");

test("a browser that does not know modulepreload, and so never says that it is done, gets the part all the same", async () => {
  const links = browser(["stylesheet"]);
  const part = fetchWith(load, ["older.js", "older.css"]);
  expect(links.map(({ rel, href }) => [rel, href])).toEqual([
    ["modulepreload", "/older.js"],
    ["stylesheet", "/older.css"],
  ]);
  // Its styles it does wait for.
  let isThere = false;
  void part.then(() => {
    isThere = true;
  });
  await new Promise(setImmediate);
  expect(isThere).toBe(false);
  links[1]?.onload();
  expect(await part).toBe("the part");
});

test("styles that stand in the page are not asked for", async () => {
  const links = browser(["modulepreload", "stylesheet"], ["assets/in-page.css"]);
  expect(await fetchWith(load, ["assets/in-page.css"])).toBe("the part");
  expect(links).toEqual([]);
});

test("a file that did not come is asked for anew the next time, one that came is not", async () => {
  const links = browser(["modulepreload", "stylesheet"]);
  const first = fetchWith(load, ["a.js", "b.css"]);
  links[0]?.onload();
  links[1]?.onerror();
  await expect(first).rejects.toThrow("b.css");
  const again = fetchWith(load, ["a.js", "b.css"]);
  expect(links.map(({ href }) => href)).toEqual(["/a.js", "/b.css", "/b.css"]);
  links[2]?.onload();
  expect(await again).toBe("the part");
});
