import { expect, test } from "vitest";
import { launchBrowser } from "./support/browser.ts";

test("the browser that set-up found starts, runs our JavaScript level and has glyphs", {
  timeout: 60_000,
}, async () => {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.setContent("<p style='display:inline-block'>Düsseldorf</p>");
    expect(await page.evaluate(() => Object.groupBy([1, 2, 3], (n) => (n % 2 ? "odd" : "even")).odd)).toEqual(
      [1, 3],
    );
    expect((await page.locator("p").boundingBox())?.width).toBeGreaterThan(20);
  } finally {
    await browser.close();
  }
});
