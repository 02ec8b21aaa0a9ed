// What a control centre's desks share, for boards under test: tasks, voice reports, paths, words of a cell.

import type { Page } from "playwright-core";
import { emptyCentre } from "../../src/boards/shell/rows.ts";
import type { VoiceRow } from "../../src/site/views/board-desk-view.ts";
import type { BoardView, CellDetail, CentreRow, WordRow } from "../../src/site/views/board-view.ts";
import { nightView, sampleRegion } from "./board-sample.ts";
import { nightMs } from "./board-sight.ts";

const minuteMs = 60_000;
const deskLog = "duesseldorf/anchor/1-0a1b2c3d";

/** The night, and what its desks share. */
export function deskView(centre: Partial<CentreRow> = {}, more: Partial<BoardView> = {}): BoardView {
  return { ...nightView(sampleRegion(), nightMs), centre: { ...emptyCentre, ...centre }, ...more };
}

/** Said by the clinic 12 minutes ago. */
export function clinicWord(more: Partial<WordRow> = {}): WordRow {
  return {
    ref: ["neuss-lukas/box/1-00000001", 4],
    state: "open",
    reason: null,
    source: "clinician",
    site: "neuss-lukas",
    by: "nurse#106",
    answeredBy: null,
    readBack: null,
    saidMs: nightMs - 12 * minuteMs,
    endsMs: nightMs + 400 * minuteMs,
    ended: false,
    heldByDispatch: true,
    ...more,
  };
}

/** Said by a switchboard on the telephone, and not read back. */
export function voiceWord(more: Partial<WordRow> = {}): WordRow {
  return clinicWord({
    ref: [deskLog, 70],
    state: "full",
    reason: "no-beds",
    source: "voice",
    site: "duesseldorf",
    by: "dispatcher#104",
    answeredBy: "switchboard",
    readBack: false,
    saidMs: nightMs - 20 * minuteMs,
    endsMs: nightMs + 40 * minuteMs,
    ...more,
  });
}

export function cellOf(words: readonly WordRow[]) {
  return (hospital: string, capability: CellDetail["capability"]): CellDetail => ({
    hospital,
    capability,
    words,
    over: words.map(({ ref }) => ref),
  });
}

/** A charge nurse said 5 minutes ago that the CT of Neuss Lukas is full. */
export function voiceRow(more: Partial<VoiceRow> = {}): VoiceRow {
  return {
    ref: [deskLog, 80],
    hospital: "neuss-lukas",
    capability: "ct",
    state: "full",
    reason: null,
    answeredBy: "charge-nurse",
    readBack: true,
    centre: "duesseldorf",
    by: "dispatcher#104",
    saidMs: nightMs - 5 * minuteMs,
    endsMs: nightMs + 55 * minuteMs,
    leads: true,
    ...more,
  };
}

/** The tools come after the rows. */
export async function toolsOf(page: Page): Promise<void> {
  await page.locator(".desk-buttons").waitFor();
}

export async function openPanel(page: Page, panel: "shift" | "voice" | "paths" | "where-to"): Promise<void> {
  await page.locator(`[data-panel-button="${panel}"]`).click();
  await page.locator(`[data-panel="${panel}"]`).waitFor();
}

/** Steps with the tabulator until the focus is on what is wanted. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 60; i += 1) {
    await page.keyboard.press("Tab");
    if ((await page.locator(`${selector}:focus`).count()) > 0) return;
  }
  throw new Error(`the tabulator does not get to ${selector}`);
}
