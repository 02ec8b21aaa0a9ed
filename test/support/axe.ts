// What axe finds on a page: names, roles, contrast.

import axe from "axe-core";
import type { Page } from "playwright-core";

type Violation = {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
};

/**
 * One line a violation and element; empty when axe finds nothing. `besides`: parts that stand as they stood when axe last
 * went over them, so that a table of all hospitals is not gone over again for one open panel.
 */
export async function violations(page: Page, besides: readonly string[] = []): Promise<readonly string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  const context = JSON.stringify({ include: ["html"], exclude: besides.map((selector) => [selector]) });
  // No rule that is on by default reads style sheets or frames.
  const options = "{ resultTypes: ['violations'], preload: false, iframes: false }";
  const found = (await page.evaluate(
    `axe.run(${context}, ${options}).then((result) => result.violations)`,
  )) as readonly Violation[];
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
}

/** A hospital's table and map, which most states of a control centre's board leave as they are. */
export const centreRows = [".hospitals", ".map"];
