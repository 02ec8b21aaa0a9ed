// Codes are read by a camera page in a real Chromium and taken in by a real anchor.

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Anchor } from "../src/anchor/anchor.ts";
import { codesOf } from "../src/anchor/carry/carry-codes.ts";
import { cargoPackets } from "../src/anchor/carry/carry-out.ts";
import { present } from "../src/basics/assert.ts";
import { ctIs, postFact, type SmallRegion, setUpSmallRegion, startHere } from "./support/anchors.ts";
import { launchBrowser } from "./support/browser.ts";
import { buildBoards } from "./support/built.ts";
import { pngOf, writeCodeFilm } from "./support/codes.ts";
import { valueIn } from "./support/founded.ts";

const facts = 150;
let region: SmallRegion;
let centre: Anchor;
let texts: readonly string[];
let origin: string;
let browser: Browser | null = null;

beforeAll(async () => {
  buildBoards();
  region = await setUpSmallRegion();
  const ukd = await started("ukd");
  for (let at = 0; at < facts; at += 25)
    await Promise.all(
      Array.from({ length: 25 }, (_, i) =>
        postFact(ukd.url.slice(0, -1), "ukd", ctIs(i % 2 === 0 ? "open" : "full", `request-${at + i}-code`)),
      ),
    );
  const log = present([...ukd.house.hosted.values()][0], "a hosted device");
  origin = log.origin;
  const packets: Uint8Array[] = [];
  const cargo = { to: null, sites: ["ukd"], sinceMs: null };
  for await (const packet of cargoPackets(ukd.store, ukd.house.charter, cargo)) packets.push(valueIn(packet));
  texts = valueIn(codesOf(packets));
  await ukd.stop();
}, 120_000);
afterEach(async () => {
  await browser?.close();
  await centre.stop();
  for (const end of ["", "-wal", "-shm"])
    rmSync(join(region.dirOf("duesseldorf"), `store.db${end}`), { force: true });
});
afterAll(() => rmSync(region.dir, { recursive: true }));

async function started(id: string): Promise<Anchor> {
  const file = join(region.dirOf(id), "anchor.json");
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), dials: [] }));
  const anchor = await startHere(region.dirOf(id));
  if (typeof anchor === "string") throw new Error(anchor);
  return anchor;
}

async function open(more: readonly string[], search = ""): Promise<{ page: Page; faults: string[] }> {
  centre = await started("duesseldorf");
  browser = await launchBrowser(more);
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  await page.goto(`${centre.url}camera/duesseldorf${search}`);
  return { page, faults };
}

const held = (): number => centre.house.vector.get(origin)?.size ?? 0;

describe("the camera page", () => {
  test("[QR7] reads a film of codes in any order, and the anchor takes them in", async () => {
    expect(texts.length).toBeGreaterThan(1);
    const film = join(region.dir, "codes.y4m");
    writeCodeFilm(film, [...texts].reverse());
    const { page, faults } = await open([
      "--use-fake-ui-for-media-stream",
      "--use-fake-device-for-media-stream",
      `--use-file-for-fake-video-capture=${film}`,
    ]);
    await page.getByText(/Der Anker hat geantwortet: Taken in: 151 entries/).waitFor({ timeout: 40_000 });
    expect(held()).toBe(facts + 1);
    expect(faults).toEqual([]);
  }, 60_000);

  test("[QR7] reads pictures where no camera can be had, says what is missing, and keeps out what is none", async () => {
    const { page, faults } = await open([]);
    await page.getByText("Hier ist keine Kamera zu haben").waitFor();
    const give = (...some: readonly string[]): Promise<void> =>
      page
        .getByLabel("Bilder von Codes")
        .setInputFiles(
          some.map((text, at) => ({ name: `${at}.png`, mimeType: "image/png", buffer: pngOf(text) })),
        );
    await give("HTTPS://EXAMPLE.COM");
    await page.getByText("Das ist kein Code von Holdfast.").waitFor();
    await give(...texts.slice(1), ...texts.slice(1));
    await page.getByText(`${texts.length - 1} von ${texts.length} Codes gelesen`).waitFor();
    await page.getByTitle("Code 1: fehlt").waitFor();
    await page.evaluate(axe.source);
    const violations = await page.evaluate(
      "axe.run().then(({ violations }) => violations.map(({ id }) => id))",
    );
    expect(violations).toEqual([]);
    expect(held()).toBe(0);
    await give(...texts.slice(0, 1));
    await page.getByText(/Der Anker hat geantwortet: Taken in: 151 entries/).waitFor();
    expect(held()).toBe(facts + 1);
    await give(...texts);
    await page.getByText(/Nothing new was brought/).waitFor();
    expect(faults).toEqual([]);
  }, 60_000);

  test("[QR8] what is posted that is no complete sequence is a sentence, and nothing is taken", async () => {
    await open([]);
    const post = async (body: unknown): Promise<readonly [number, string]> => {
      const response = await fetch(`${centre.url}api/duesseldorf/codes`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      return [response.status, ((await response.json()) as { readonly sentence: string }).sentence];
    };
    expect(await post({})).toEqual([400, "These are no codes."]);
    expect(await post({ codes: ["x".repeat(2_000)] })).toEqual([400, "These are no codes."]);
    expect(await post({ codes: ["hello"] })).toEqual([422, "There is no code of Holdfast."]);
    expect(await post({ codes: texts.slice(1) })).toEqual([422, "Still missing: code 1."]);
    const other = valueIn(codesOf([Uint8Array.of(1, 2, 3)]));
    expect(await post({ codes: other })).toEqual([422, "The codes hold a damaged packet."]);
    expect(await post({ codes: [...texts.slice(1), ...other] })).toEqual([
      422,
      "The codes belong to two sequences: read one at a time.",
    ]);
    expect(await post({ codes: Array.from({ length: 201 }, () => "HF1/") })).toEqual([
      400,
      "These are no codes.",
    ]);
    expect((await fetch(`${centre.url}camera/nobody`)).status).toBe(404);
    expect(held()).toBe(0);
  }, 60_000);
});
