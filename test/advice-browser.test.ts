import { createHash } from "node:crypto";
import { join } from "node:path";
import { build, type Rolldown } from "vite";
import { expect, test } from "vitest";
import { drawnTexts } from "./scenarios/drawn-texts.ts";
import { leaveBrowser, sharedBrowser } from "./support/browser.ts";

const count = 10_000;
const entry = join(import.meta.dirname, "scenarios", "drawn-texts.ts");

/** The same modules as a classic script that leaves them in the global `drawn`. */
async function bundle(): Promise<string> {
  const lib = { entry, formats: ["iife" as const], name: "drawn", fileName: "drawn" };
  const outputs = await build({ configFile: false, logLevel: "silent", build: { write: false, lib } });
  // Without `watch` there is a build, and with one entry and one format there is one file in it.
  const [output] = [outputs].flat() as Rolldown.RolldownOutput[];
  const [chunk] = output?.output ?? [];
  if (chunk === undefined) throw new Error("vite built no script");
  return chunk.code;
}

async function textsInChromium(): Promise<readonly string[]> {
  const script = await bundle();
  const browser = await sharedBrowser();
  try {
    const page = await browser.newPage();
    // Evaluated as text: whatever the test runner does to functions must not reach the browser.
    return (await page.evaluate(`${script}\ndrawn.drawnTexts(${count})`)) as readonly string[];
  } finally {
    await leaveBrowser(browser);
  }
}

function hashOf(texts: readonly string[]): string {
  return createHash("sha256").update(texts.join("\n")).digest("hex");
}

test("[ADVICE7] 10,000 drawn advices are the same bytes in Node and in Chromium", {
  timeout: 120_000,
}, async () => {
  const inNode = drawnTexts(count);
  const inChromium = await textsInChromium();
  expect(inChromium.length).toBe(count);
  expect(inNode.findIndex((text, seed) => text !== inChromium[seed])).toBe(-1);
  expect(hashOf(inChromium)).toBe(hashOf(inNode));
  // The drawing did something: nearly every advice has a text of its own, and some are forced.
  expect(new Set(inNode).size).toBeGreaterThan(count * 0.99);
  expect(inNode.filter((text) => text.includes("none-suitable")).length).toBeGreaterThan(50);
});
