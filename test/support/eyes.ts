// What a page looks like to eyes that see otherwise: contrast by WCAG 2.2, colours as in greyscale and in the three
// forms of colour blindness.

import type { Page } from "playwright-core";

type Matrix = readonly [readonly number[], readonly number[], readonly number[]];

const same: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const luminance = [0.2126, 0.7152, 0.0722] as const;

/** On linear red, green, blue. Colour blindness: Machado, Oliveira and Fernandes 2009, severity 1.0, as in Chromium. */
export const sights: { readonly [sight: string]: Matrix } = {
  "full colour": same,
  greyscale: [luminance, luminance, luminance],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

export type Painted = {
  /** What it is: a mark's shape or a text's first words. */
  readonly what: string;
  readonly isMark: boolean;
  /** sRGB, 0 to 255. */
  readonly colour: readonly number[];
  readonly ground: readonly number[];
};

/** Every mark and every text that shows, with its colour and the ground it stands on. */
export function paintedOn(page: Page): Promise<readonly Painted[]> {
  return page.evaluate(collect);
}

/** Runs in the page. */
function collect(): readonly Painted[] {
  const pixel = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const parsed = new Map<string, readonly number[]>();
  const parse = (colour: string): readonly number[] => {
    const known = parsed.get(colour) ?? paint(colour);
    parsed.set(colour, known);
    return known;
  };
  const paint = (colour: string): readonly number[] => {
    if (pixel === null) return [0, 0, 0, 0];
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
    return [...pixel.getImageData(0, 0, 1, 1).data];
  };
  const groundOf = (element: Element): readonly number[] => {
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const [r = 0, g = 0, b = 0, a = 0] = parse(getComputedStyle(at).backgroundColor);
      if (a > 250) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const shows = (element: Element): boolean =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    element.closest(".unseen, :disabled, svg.sheet") === null &&
    element.getBoundingClientRect().width > 1;
  const ownText = (element: Element): string =>
    [...element.childNodes]
      .map((node) => (node.nodeType === 3 ? (node.textContent ?? "").trim() : ""))
      .join("");
  const marks = [...document.querySelectorAll("svg.mark")].filter(shows).map((mark) => ({
    what: `mark in ${mark.closest("[data-shape]")?.getAttribute("data-shape") ?? mark.parentElement?.textContent}`,
    isMark: true,
    colour: parse(getComputedStyle(mark).color).slice(0, 3),
    ground: groundOf(mark),
  }));
  const texts = [...document.querySelectorAll("body *")]
    .filter((element) => shows(element) && ownText(element) !== "" && element.closest("svg, option") === null)
    .map((element) => ({
      what: ownText(element).slice(0, 40),
      isMark: false,
      colour: parse(getComputedStyle(element).color).slice(0, 3),
      ground: groundOf(element),
    }));
  return [...marks, ...texts];
}

/** WCAG 2.2's contrast ratio, 1 to 21, as one kind of eye sees it. */
export function contrast({ colour, ground }: Painted, sight: Matrix): number {
  const lights = [colour, ground].map((rgb) => {
    const linear = rgb.map(linearOf);
    const seen = sight.map((row) => clamp(row.reduce((sum, share, i) => sum + share * (linear[i] ?? 0), 0)));
    return seen.reduce((sum, light, i) => sum + light * (luminance[i] ?? 0), 0);
  });
  return (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
}

function linearOf(value: number): number {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** Texts cut off, texts that stand out of their box, and boxes wider than the page; what scrolls by itself inside a region of its own is none of these. */
export function lostOn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const lost: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) lost.push(`the page is ${scrollWidth - clientWidth} px too wide`);
    const range = document.createRange();
    const boxOf = (element: Element): Element =>
      element.parentElement !== null && getComputedStyle(element).display === "inline"
        ? boxOf(element.parentElement)
        : element;
    const standsOut = (element: Element): boolean => {
      const { left, right } = boxOf(element).getBoundingClientRect();
      return [...element.childNodes].some((node) => {
        if (node.nodeType !== 3) return false;
        range.selectNodeContents(node);
        return [...range.getClientRects()].some((part) => part.right > right + 1 || part.left < left - 1);
      });
    };
    for (const element of document.querySelectorAll("body *")) {
      if (!element.checkVisibility() || element.closest(".unseen, svg, select, input") !== null) continue;
      const { overflowX, overflowY, textOverflow } = getComputedStyle(element);
      const hides = (overflow: string) => overflow === "hidden" || overflow === "clip";
      const isCut =
        (hides(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
        (hides(overflowY) && element.scrollHeight > element.clientHeight + 1) ||
        (textOverflow === "ellipsis" && element.scrollWidth > element.clientWidth + 1);
      if (isCut) lost.push(`cut off: ${element.className} ${element.textContent?.slice(0, 40)}`);
      else if (standsOut(element))
        lost.push(`out of its box: ${element.className} ${element.textContent?.slice(0, 40)}`);
    }
    return lost;
  });
}

/** One sign as it is on the screen: for each pixel whether it stands out from its ground. */
export type Inked = { readonly word: string; readonly ink: readonly boolean[] };

const signPx = 40;

/** Signs in view, cut out of a screenshot, so that what the browser makes of colours for other eyes is in it. */
export async function inksOf(page: Page, selector: string): Promise<readonly Inked[]> {
  const signs = await page.locator(selector).evaluateAll((all) =>
    all.map((sign) => {
      const { x, y, width, height } = sign.getBoundingClientRect();
      return {
        x,
        y,
        width,
        height,
        word: sign.parentElement?.textContent?.trim() ?? "",
      };
    }),
  );
  const shot = (await page.screenshot()).toString("base64");
  return page.evaluate(inked, { shot, signs, signPx });
}

type Shot = {
  readonly shot: string;
  readonly signPx: number;
  readonly signs: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly word: string;
  }[];
};

/** Runs in the page. */
async function inked({ shot, signs, signPx: px }: Shot): Promise<readonly Inked[]> {
  const bytes = Uint8Array.from(atob(shot), (letter) => letter.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(px, px).getContext("2d", { willReadFrequently: true });
  if (canvas === null) return [];
  return signs.map(({ x, y, width, height, word }) => {
    canvas.drawImage(image, x, y, width, height, 0, 0, px, px);
    const { data } = canvas.getImageData(0, 0, px, px);
    const grey = Array.from(
      { length: px * px },
      (_, i) =>
        (data[i * 4] ?? 0) * 0.2126 + (data[i * 4 + 1] ?? 0) * 0.7152 + (data[i * 4 + 2] ?? 0) * 0.0722,
    );
    const ground = grey[0] ?? 0;
    return { word, ink: grey.map((one) => Math.abs(one - ground) > 60) };
  });
}

/** Of all that is drawn in either, how much is drawn in one alone: 0 to 1. */
export function differing(a: readonly boolean[], b: readonly boolean[]): number {
  const either = a.filter((ink, i) => ink || b[i] === true).length;
  return either === 0 ? 0 : a.filter((ink, i) => ink !== b[i]).length / either;
}

/** How much of it is drawn: 0 to 1. */
export function share(ink: readonly boolean[]): number {
  return ink.filter(Boolean).length / ink.length;
}
