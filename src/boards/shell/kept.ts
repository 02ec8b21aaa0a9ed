// What the browser keeps of a board, so that it opens again while its anchor is gone. No word of a person, a state or a
// mission is. Over plain http from another machine browsers keep nothing: then a board works as long as its page is open.

import { sayWhenFailed } from "./failed.ts";

/** From now on the board says when its code fails. When all that it needs has come, what it has loaded is what is kept, with its page. */
export async function keepBoard(ready?: Promise<unknown>): Promise<void> {
  sayWhenFailed();
  await ready;
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register("/worker.js");
    await keepFiles(location.pathname);
  } catch {
    // The browser may refuse, or the anchor be gone by now: the next time it is opened.
  }
}

async function keepFiles(path: string): Promise<void> {
  const page = await fetch(path);
  const html = await page.clone().text();
  const loaded = performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname);
  const files = new Set(loaded.filter((file) => file.startsWith("/assets/")));
  // A page of a newer build names others, and would open without them.
  if (!page.ok || (html.match(/\/assets\/[\w.-]+/g) ?? []).some((file) => !files.has(file))) return;
  const store = await caches.open(`board ${path}`);
  await store.addAll(files);
  await store.put(path, page);
  for (const { url } of await store.keys()) {
    const { pathname } = new URL(url);
    if (pathname !== path && !files.has(pathname)) await store.delete(url);
  }
}

/** Answers of the anchor that are nobody's secret and change rarely. */
const answers = "answers";

/** Keeps an answer of the anchor; the answer itself can be read as before. */
export async function keepAnswer(path: string, answer: Response): Promise<void> {
  if ("caches" in globalThis) await (await caches.open(answers)).put(path, answer.clone());
}

/** Undefined: none was kept. */
export async function keptAnswer(path: string): Promise<Response | undefined> {
  return "caches" in globalThis ? caches.match(path, { ignoreVary: true }) : undefined;
}
