// The three boards for eyes and hands that are not the usual ones: large text, narrow screens, no colours, no mouse.

import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { region } from "./support/board-page.ts";
import { nightView } from "./support/board-sample.ts";
import { BoardServer } from "./support/board-server.ts";
import { nightMs } from "./support/board-sight.ts";
import { leaveBrowser, sharedBrowser } from "./support/browser.ts";
import { buildBoards } from "./support/built.ts";
import { crewMission, crewRegion, crewView, drivingTo, resteer } from "./support/crew-sample.ts";
import { CrewServer } from "./support/crew-server.ts";
import {
  contrast,
  differing,
  inksOf,
  lostOn,
  type Painted,
  paintedOn,
  share,
  sights,
} from "./support/eyes.ts";
import { HospitalServer } from "./support/hospital-board.ts";
import { hospitalView } from "./support/hospital-sample.ts";

let browser: Browser;
const closing: (() => Promise<void>)[] = [];
const timeout = 90_000;

beforeAll(async () => {
  buildBoards();
  browser = await sharedBrowser();
}, 120_000);
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(() => leaveBrowser(browser));

const steered = crewMission({ destination: drivingTo("ukd", 3, { heldByDispatch: true }), resteer });
const kinds = {
  "control centre": () => new BoardServer(region, nightView(region, nightMs)),
  hospital: () => new HospitalServer(hospitalView()),
  crew: () => new CrewServer(crewRegion, crewView(steered)),
};
type Kind = keyof typeof kinds;
/** The last part of each board that is loaded. */
const lastParts: { readonly [kind in Kind]: string } = {
  "control centre": "article[data-mission] input[type=radio]",
  hospital: ".requests button",
  crew: ".shift button",
};

async function open(kind: Kind, language: "de" | "en" = "de"): Promise<Page> {
  const server = kinds[kind]();
  if ("clockOffMs" in server) server.clockOffMs = nightMs - Date.now();
  await server.start();
  const context = await browser.newContext({
    viewport: { width: 1_280, height: 800 },
    colorScheme: "light",
    reducedMotion: "reduce",
  });
  closing.push(async () => {
    await context.close();
    await server.kill();
  });
  const page = await context.newPage();
  await page.goto(server.url + (language === "en" ? "?lang=en" : ""));
  await page.locator(lastParts[kind]).first().waitFor();
  return page;
}

const languages = ["de", "en"] as const;
const boards = (Object.keys(kinds) as Kind[]).flatMap((kind) =>
  languages.map((language) => ({ kind, language })),
);

test.each(boards)(
  "[BOARD36] [BOARD37] nothing is lost at 320 and 360 px and at 200 % text, and a state is told by word, shape and contrast, for every eye: $kind, $language",
  { timeout },
  async ({ kind, language }) => {
    const page = await open(kind, language);
    expectTold(await signsOn(page));
    // Contrast hangs on no word.
    if (language === "de") {
      expect(faint(await paintedOn(page))).toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
      expect(faint(await paintedOn(page))).toEqual([]);
    }
    for (const width of [320, 360]) {
      await page.setViewportSize({ width, height: 800 });
      await expect.poll(() => lostOn(page), { message: `at ${width} px` }).toEqual([]);
    }
    await page.setViewportSize({ width: 1_280, height: 800 });
    const before = await textHeight(page);
    await enlarge(page);
    // Headings of a narrow screen are a little smaller.
    await expect.poll(async () => (await textHeight(page)) / before).toBeGreaterThan(1.8);
    await expect.poll(() => lostOn(page), { message: "at 200 % text" }).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    await enlarge(page);
    await expect.poll(() => lostOn(page), { message: "at 200 % text and 360 px" }).toEqual([]);
  },
);

/** What the setting of a browser for larger text does. */
async function enlarge(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
}

function textHeight(page: Page): Promise<number> {
  return page.evaluate(() => {
    const texts = [...document.querySelectorAll("h2")];
    return texts.reduce((sum, text) => sum + Number.parseFloat(getComputedStyle(text).fontSize), 0);
  });
}

type Sign = { readonly shape: string; readonly drawing: string; readonly word: string };

function signsOn(page: Page): Promise<readonly Sign[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("svg.mark")]
      .filter((mark) => mark.checkVisibility() && mark.closest("svg.sheet") === null)
      .map((mark) => ({
        // Who holds a state is said below it with a sign of its own.
        shape:
          mark.closest(".unheld, .held") === null
            ? (mark.closest("[data-shape]")?.getAttribute("data-shape") ?? "")
            : "",
        drawing: [...mark.querySelectorAll("path")]
          .map((path) => `${path.getAttribute("class")} ${path.getAttribute("d")}`)
          .join(),
        word: (mark.closest("li, td, p, span, b, h3, button, div")?.textContent ?? "").trim(),
      })),
  );
}

/** Each shape has one drawing, no other has the same, and every sign has a word. */
function expectTold(signs: readonly Sign[]): void {
  expect(signs.length).toBeGreaterThan(3);
  expect(signs.filter(({ word }) => word === "")).toEqual([]);
  const drawings = new Map<string, Set<string>>();
  for (const { shape, drawing } of signs.filter((sign) => sign.shape !== ""))
    drawings.set(shape, (drawings.get(shape) ?? new Set()).add(drawing));
  for (const [shape, drawn] of drawings) expect([shape, drawn.size]).toEqual([shape, 1]);
  const all = [...drawings.values()].map((drawn) => [...drawn].join());
  expect(new Set(all).size).toBe(all.length);
}

/** What has not 3 : 1 as a mark or 4.5 : 1 as a text in full colour, greyscale and each colour blindness. */
function faint(painted: readonly Painted[]): readonly string[] {
  expect(painted.filter(({ isMark }) => isMark).length).toBeGreaterThan(3);
  expect(painted.length).toBeGreaterThan(30);
  const found = Object.entries(sights).flatMap(([name, sight]) =>
    painted
      .map((one) => ({ ...one, ratio: contrast(one, sight) }))
      .filter(({ ratio, isMark }) => ratio < (isMark ? 3 : 4.5))
      .map(({ what, ratio }) => `${name}: ${what} ${ratio.toFixed(2)}`),
  );
  return [...new Set(found)];
}

const otherEyes = ["achromatopsia", "deuteranopia", "protanopia", "tritanopia"] as const;

test("[BOARD37] the screen's own pixels tell every sign from every other, in greyscale and to colour-blind eyes", {
  timeout,
}, async () => {
  const page = await open("control centre");
  // All of the legend in one view, with signs large enough to be compared pixel by pixel.
  await page.setViewportSize({ width: 1_280, height: 1_100 });
  await page.addStyleTag({ content: ".legend { font-size: 40px } .top { position: static }" });
  await page.locator(".legend").evaluate((legend) => legend.scrollIntoView());
  const cdp = await page.context().newCDPSession(page);
  for (const type of otherEyes) {
    await cdp.send("Emulation.setEmulatedVisionDeficiency", { type });
    const inks = await inksOf(page, ".legend .mark");
    expect(inks.length).toBe(8);
    for (const [i, one] of inks.entries()) {
      const others = inks.slice(i + 1).map(({ word, ink }) => ({ word, share: differing(one.ink, ink) }));
      expect(others.filter(({ share }) => share < 0.1)).toEqual([]);
      expect([type, one.word, share(one.ink) > 0.03]).toEqual([type, one.word, true]);
    }
  }
});

/** Presses the tabulator until the focus is there. */
async function tabTo(page: Page, wanted: string, text?: string): Promise<void> {
  const there = page.locator(wanted, text === undefined ? {} : { hasText: text }).and(page.locator(":focus"));
  for (let i = 0; i < 150; i += 1) {
    await page.keyboard.press("Tab");
    if ((await there.count()) > 0) return;
  }
  throw new Error(`the tabulator does not get to ${wanted} ${text ?? ""}`);
}

async function confirm(page: Page): Promise<void> {
  await page.locator(".confirm .main-button:focus").waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".confirm").waitFor({ state: "detached" });
}

test("[BOARD38] a hospital's board by keyboard alone: the shift, a state, a request left with Escape and answered, IT has failed", {
  timeout,
}, async () => {
  const server = new HospitalServer(hospitalView());
  await server.start();
  const context = await browser.newContext({ viewport: { width: 1_280, height: 800 } });
  closing.push(async () => {
    await context.close();
    await server.kill();
  });
  const page = await context.newPage();
  await page.goto(server.url);
  await page.locator(lastParts.hospital).first().waitFor();
  await tabTo(page, ".shift input[type=radio]");
  await page.keyboard.press("Space");
  await tabTo(page, ".shift input.name");
  await page.keyboard.type("Kim");
  await page.keyboard.press("Enter");
  await page.locator(".shift:not(.asking)").waitFor();

  await tabTo(page, `[data-capability="ct"] button`, "offen");
  await page.keyboard.press("Enter");
  await confirm(page);
  await expect.poll(() => server.facts()).toMatchObject([{ body: { capability: "ct", state: "open" } }]);

  await tabTo(page, ".request button", "keine Betten");
  await page.keyboard.press("Enter");
  await page.locator(".confirm .main-button:focus").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".confirm").waitFor({ state: "detached" });
  expect(server.facts().length).toBe(1);
  await tabTo(page, ".request .main-button");
  await page.keyboard.press("Enter");
  await confirm(page);
  const answered = { kind: "mission.answered/1", body: { answer: "ready" } };
  await expect.poll(() => server.facts().at(-1)).toMatchObject(answered);

  await tabTo(page, ".it-failure");
  await page.keyboard.press("Enter");
  await confirm(page);
  await expect.poll(() => server.facts().length).toBe(2 + 16);
});

test("[BOARD27] [BOARD32] [BOARD115] sound held back: reloaded without a touch, hospital and crew say so and post it, and the page that went said so; a duplicated tab is another board", {
  timeout,
}, async () => {
  for (const [server, post] of [
    [new HospitalServer(hospitalView()), "held-back"],
    [new CrewServer(crewRegion, crewView(steered)), null],
  ] as const) {
    await server.start();
    const context = await browser.newContext();
    closing.push(async () => {
      await context.close();
      await server.kill();
    });
    const page = await context.newPage();
    await page.goto(server.url);
    const sounds = () => server.posts.filter(({ kind }) => kind === "board.sound/1");
    const last = () => sounds().at(-1)?.body["sound"];
    const tabs = () => [...new Set(sounds().map((said) => "board" in said && said.board))];
    await page.locator("h2").first().click();
    if (post !== null) await expect.poll(last).toBe("on");
    await page.reload();
    await page.locator(`[data-bar="sound"]`).waitFor();
    if (post === null) continue;
    await expect.poll(last).toBe(post);
    expect(tabs()).toHaveLength(1);
    await expect.poll(() => server.left).toEqual(tabs().map((board) => ({ board })));
    // As a duplicated one does, a tab that is opened from here begins with a copy of what this one stores.
    await page.evaluate(() => void window.open(location.href));
    await expect.poll(tabs).toHaveLength(2);
  }
});
