// The pictures of the README are taken again: every board renders its scene, and the files are of these boards.

import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { present } from "../src/basics/assert.ts";
import { sampleRegion } from "./support/board-sample.ts";
import { BoardServer } from "./support/board-server.ts";
import { leaveBrowser, sharedBrowser } from "./support/browser.ts";
import { buildBoards } from "./support/built.ts";
import { root } from "./support/files.ts";
import { centreNight, pictures, takePicture } from "./support/pictures.ts";

let browser: Browser;
beforeAll(async () => {
  buildBoards();
  browser = await sharedBrowser();
}, 120_000);
afterAll(() => leaveBrowser(browser));

/** What a page may cost that shows them all. */
const pictureBytesMax = 150_000;
/** A white rectangle is far below. */
const pictureBytesMin = 15_000;

test.each(pictures)(
  "[BOARD47] the board in the picture *$name* renders its scene without a fault",
  {
    timeout: 120_000,
  },
  async (picture) => {
    const { png, faults } = await takePicture(browser, picture);
    expect(faults).toEqual([]);
    expect(png.length).toBeGreaterThan(pictureBytesMin);
  },
);

test.each(pictures)(
  "[BOARD47] the README shows *$name*, small enough, with words in its place",
  ({ name, size }) => {
    const file = join(root, "docs", "pictures", `${name}.png`);
    expect(existsSync(file)).toBe(true);
    expect(statSync(file).size).toBeLessThan(pictureBytesMax);
    const png = readFileSync(file);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size.width, size.height]);
    const readme = readFileSync(join(root, "README.md"), "utf8");
    expect(readme).toMatch(new RegExp(`!\\[[^\\]]{30,}\\]\\(docs/pictures/${name}\\.png\\)`));
  },
);

test("[BOARD47] a board that does not render is noticed", { timeout: 120_000 }, async () => {
  const wall = present(
    pictures.find(({ name }) => name === "wall"),
    "the wall's picture",
  );
  const serve = () => new BoardServer({ ...sampleRegion(), hospitals: [] }, centreNight());
  // The board itself is there, however long that took; then its map has what it will have.
  const rows = [
    [".wall-panel", 7],
    ["[data-mark]", 1, 500],
  ] as const;
  const { faults } = await takePicture(browser, { ...wall, rows, serve });
  expect(faults.filter((fault) => fault.startsWith("fewer"))).toEqual(["fewer than 1 of [data-mark]"]);
});
