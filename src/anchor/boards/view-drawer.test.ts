import { expect, test } from "vitest";
import { atMin, boardHouse } from "../../../test/support/board-house.ts";
import { authorityLog, testCharter } from "../../../test/support/region.ts";
import type { Name } from "../../basics/name.ts";
import { secondMs } from "../../basics/time.ts";
import { cutCharter } from "../../region/charter.ts";
import type { DrawnView, Input } from "../../site/effects.ts";
import { ViewDrawer } from "./view-drawer.ts";

/** A drawer whose views of these sites somebody takes; `next` draws them a second later than before. */
function drawerOf(hosted: string, sites: readonly Name[]) {
  const made = boardHouse(hosted, new Map());
  const context = { ...made, house: { ...made.house, charter: testCharter() } };
  const { bySite } = context.hosted.given;
  for (const site of sites) bySite.set(site, { site, takers: new Set(), newest: null, isDrawn: false });
  let now = atMin(0);
  let drawn: readonly DrawnView[] = [];
  const notes: string[] = [];
  const drawer = new ViewDrawer(context, {
    clock: () => now,
    feed: (input: Input) => {
      drawn = input.type === "drawn" ? input.views : [];
    },
    note: (code) => notes.push(code),
  });
  const next = (): readonly (readonly [Name, boolean])[] => {
    now = { wallMs: now.wallMs + secondMs, monoMs: now.monoMs + secondMs };
    drawer.draw(() => true);
    for (const { site, body } of drawn) {
      const given = bySite.get(site);
      if (given !== undefined && body !== null) given.newest = { number: 1, bytes: body };
    }
    return drawn.map(({ site, body }) => [site, body !== null]);
  };
  return { context, next, notes, now: () => now };
}

test("[POCKET5] an idle crew whose box is the anchor is looked at each second: its board tells of the box's own log", () => {
  const { context, next, now } = drawerOf("rtw-1/tablet/1-00000001", ["rtw-1", "rtw-2"]);
  expect(next()).toEqual([
    ["rtw-1", true],
    ["rtw-2", true],
  ]);
  expect(next()).toEqual([]);
  context.hosted.newLogWallMs = now().wallMs;
  expect(next()).toEqual([["rtw-1", true]]);
});

test("[POCKET3] a site that the charter names no more has no view, and the next one when it is named again", () => {
  const { context, next, notes } = drawerOf("lst-d/box/1-00000001", ["ukd"]);
  const { charter } = context.house;
  const words = [...(charter.words.get(authorityLog) ?? [])];
  expect(next()).toEqual([["ukd", true]]);
  cutCharter(charter, authorityLog, 1);
  expect(next()).toEqual([["ukd", false]]);
  charter.words.set(authorityLog, words);
  charter.revision += 1;
  charter.state = null;
  expect(next()).toEqual([["ukd", true]]);
  expect(notes).toEqual([]);
});
