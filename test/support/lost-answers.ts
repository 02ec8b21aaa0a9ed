import type { Page } from "playwright-core";
import { giveUpAfterMs } from "../../src/boards/shell/outbox.ts";

/**
 * What `confirm` confirms gets no answer until the board stops asking for one: its slip says that nobody knows. From then
 * on the page's clock can be turned on, and answers come again.
 */
export async function loseAnswers(page: Page, confirm: () => Promise<void>): Promise<void> {
  await page.route("**/facts", (route) => route.abort());
  await page.clock.install();
  await confirm();
  await page.locator(`[data-slip="writing"]`).first().waitFor();
  await page.clock.fastForward(giveUpAfterMs);
  await page.locator(`[data-slip="unsure"]`).first().waitFor();
  // While the clock was turned on nothing was heard.
  await page.locator(`[data-bar="gone"]`).waitFor({ state: "detached" });
  await page.unroute("**/facts");
}
