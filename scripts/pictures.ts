// npm run pictures: writes the pictures of the README. Their scenes are test/support/pictures.ts; a test takes them
// again on every run.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { launchBrowser } from "../test/support/browser.ts";
import { buildBoards } from "../test/support/built.ts";
import { pictures, takePicture } from "../test/support/pictures.ts";

const folder = join(import.meta.dirname, "..", "docs", "pictures");

buildBoards();
mkdirSync(folder, { recursive: true });
const browser = await launchBrowser();
for (const picture of pictures) {
  const { png, faults } = await takePicture(browser, picture);
  for (const fault of faults) console.error(`holdfast: ${picture.name}: ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
  else writeFileSync(join(folder, `${picture.name}.png`), png);
  console.log(`${picture.name}.png: ${png.length} bytes`);
}
await browser.close();
