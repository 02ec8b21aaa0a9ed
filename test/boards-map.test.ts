// The map of the control centre's board as it is drawn: what covers what, who is named, in every width.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { BoardView } from "../src/site/views/board-view.ts";
import { BoardBrowser, region } from "./support/board-page.ts";
import { nightView, sampleView, silent, word } from "./support/board-sample.ts";
import { nightMs } from "./support/board-sight.ts";

const boards = new BoardBrowser();
beforeAll(() => boards.start(), 120_000);
afterEach(() => boards.closeBoards());
afterAll(() => boards.stop());

const timeoutMs = 60_000;
const calm = sampleView(region, nightMs);

function everywhere(
  change: (row: BoardView["hospitals"][number], i: number) => Partial<typeof row>,
): BoardView {
  return { ...calm, hospitals: calm.hospitals.map((row, i) => ({ ...row, ...change(row, i) })) };
}

const open = word("open", nightMs - 60_000, { untilMs: nightMs + 3_600_000 });
const allOpen = everywhere(() => ({
  cells: { "emergency-department": open, "vascular-surgery": open, "cardiac-surgery": open },
}));
const allSilent = everywhere(() => ({ contact: silent(nightMs - 98_000) }));

type Drawn = {
  readonly id: string;
  readonly kind: string;
  readonly box: { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };
};

/** Marks, vehicles and names as the browser measures them, in CSS pixels. */
function drawn(page: Page): Promise<readonly Drawn[]> {
  return page.locator("[data-mark], [data-vehicle], [data-named]").evaluateAll((all) =>
    all.map((one) => {
      const { left, top, right, bottom } = one.getBoundingClientRect();
      const [kind = "", id = ""] = ["mark", "vehicle", "named"].flatMap((name) => {
        const value = one.getAttribute(`data-${name}`);
        return value === null ? [] : [name, value];
      });
      return { id, kind, box: { x0: left, y0: top, x1: right, y1: bottom } };
    }),
  );
}

/** A glyph may rise a hair above its line. */
const hairPx = 1;

function coverings(all: readonly Drawn[]): readonly string[] {
  return all.flatMap((a, i) =>
    all
      .slice(i + 1)
      .filter(
        ({ box }) =>
          a.box.x0 < box.x1 - hairPx &&
          box.x0 < a.box.x1 - hairPx &&
          a.box.y0 < box.y1 - hairPx &&
          box.y0 < a.box.y1 - hairPx,
      )
      .map((b) => `${a.kind} ${a.id} and ${b.kind} ${b.id}`),
  );
}

const views = { night: nightView(region, nightMs), "all open": allOpen, "all silent": allSilent };
const widths = [1366, 1920, 360] as const;

describe("[BOARD40] nothing on the map covers anything", () => {
  test.each(
    Object.entries(views).flatMap(([name, view]) =>
      widths.map((widthPx) => ({ name, view, widthPx, isDark: widthPx === 1920 })),
    ),
  )("$name at $widthPx px", { timeout: timeoutMs }, async ({ view, widthPx, isDark }) => {
    const { page, faults } = await boards.open({ view, widthPx, isDark });
    const all = await drawn(page);
    expect(all.filter(({ kind }) => kind === "mark")).toHaveLength(region.hospitals.length);
    expect(all.filter(({ kind }) => kind === "vehicle")).toHaveLength(view.missions.length);
    expect(coverings(all)).toEqual([]);
    expect(faults).toEqual([]);
  });
});

describe("[BOARD41] every hospital that is not open", () => {
  const unnamed = async (page: Page) => {
    const named = new Set((await drawn(page)).filter(({ kind }) => kind === "named").map(({ id }) => id));
    const shapes = await page
      .locator("[data-mark]")
      .evaluateAll((all) =>
        all.map((one) => [one.getAttribute("data-mark"), one.getAttribute("data-shape")]),
      );
    return shapes.filter(([id, shape]) => shape !== "open" && !named.has(id ?? "")).map(([id]) => id);
  };

  test.each(Object.entries(views))("is named at 1366 × 768: %s", { timeout: timeoutMs }, async (_, view) => {
    const { page } = await boards.open({ view });
    expect(await unnamed(page)).toEqual([]);
    expect(await page.locator(".unnamed").count()).toBe(0);
  });

  test("is named or counted with its name below at 360 px", { timeout: timeoutMs }, async () => {
    const { page } = await boards.open({ view: allSilent, widthPx: 360 });
    const missing = await unnamed(page);
    expect(missing.length).toBeGreaterThan(0);
    const below = await page.locator(".unnamed").innerText();
    expect(below).toContain(`ohne Namen: ${missing.length} Häuser`);
    for (const { hospital, spokenName } of region.hospitals) {
      expect(below.includes(spokenName)).toBe(missing.includes(hospital));
    }
    await page.getByRole("button", { name: "English" }).click();
    await page
      .locator(".unnamed")
      .getByText(/^Not open, without a name on the map: \d+ hospitals/)
      .waitFor();
    await page.getByText("Arrow keys: next hospital. Enter: to its row.").waitFor();
    await page.getByRole("link", { name: "Map of driving minutes" }).waitFor();
  });

  test("is named after a push and loses its name when it opens", { timeout: timeoutMs }, async () => {
    const { page, server } = await boards.open({ view: allOpen });
    expect(await page.locator("[data-named]").count()).toBe(0);
    const [first, ...rest] = allOpen.hospitals;
    if (first === undefined) throw new Error("the region has hospitals");
    server.push({ hospitals: [{ ...first, contact: silent(nightMs - 98_000) }, ...rest] });
    const name = page.locator(`[data-named="${first.hospital}"]`);
    await name.waitFor();
    expect(await name.textContent()).toContain("schweigt seit 03:05");
    await page.getByRole("button", { name: "English" }).click();
    await expect.poll(() => name.textContent()).toContain("silent since 03:05");
    server.push({ hospitals: [first] });
    await name.waitFor({ state: "detached" });
  });
});

test("[BOARD40] the marks stand apart anew when the text is set to 200 %", {
  timeout: timeoutMs,
}, async () => {
  const { page } = await boards.open({ view: nightView(region, nightMs) });
  const before = await page.locator("[data-mark]").first().boundingBox();
  await page.evaluate(() => document.documentElement.style.setProperty("font-size", "32px"));
  await expect
    .poll(async () => (await page.locator("[data-mark]").first().boundingBox())?.width ?? 0)
    .toBeGreaterThan((before?.width ?? 0) * 1.8);
  expect(coverings(await drawn(page))).toEqual([]);
});
