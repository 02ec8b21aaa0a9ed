import { afterEach, describe, expect, test, vi } from "vitest";
import { drawnTown, networkOf, originE3, tableOf } from "../../../test/support/drawn-roads.ts";
import { seededRandom } from "../../basics/random.ts";
import { compactOf, gridOfCells, tableRowAt } from "../../roads/table/compact.ts";
import { encodeCompact } from "../../roads/table/compact-file.ts";
import { rowFrom } from "../../roads/table/table.ts";
import type { BoardRegion } from "../../site/views/board-view.ts";
import { loadMinutes, minutesFrom } from "./own-minutes.ts";

const hospitals = Array.from({ length: 40 }, (_, i) => ({
  ...{ hospital: `h${i}`, spokenName: `H ${i}`, town: "Drawn", level: 1, phone: "", has: {} },
  ...{ latE3: originE3.latE3 + (i % 7) * 5, lonE3: originE3.lonE3 + Math.floor(i / 7) * 9 },
}));
const region: BoardRegion = {
  ...{ id: "rehearsal-drawn", name: "", site: "rtw", siteName: "", rehearsal: true, zone: "Europe/Berlin" },
  ...{ hospitals, needs: [], river: [], motorways: [], towns: [], attribution: { de: "", en: "" } },
};
const sites = hospitals.map(({ hospital: id, latE3, lonE3 }) => ({ id, latE3, lonE3 }));
const table = tableOf(networkOf(drawnTown(20, seededRandom(4))), sites, "drawn");
const masks = new Uint32Array(40).fill(1);
const grid = gridOfCells(sites, 1, table.network);
const compact = compactOf({ grid, hospitals: sites, rowAt: tableRowAt(table), masks, bits: [1] });
const file = { info: { region: region.id, source: { de: "Straßennetz", en: "road network" } }, compact };
const bytes = encodeCompact(file);
const here = { latE3: originE3.latE3 + 15, lonE3: originE3.lonE3 + 25 };

describe("[BOARD95] a crew's board tells minutes to every hospital by itself, all from one source, which it names", () => {
  test("the nearest with minutes, the others as farther", () => {
    const own = minutesFrom(region, file, here);
    const minutes = own?.near.map(({ min }) => min) ?? [];
    expect(minutes.length).toBeGreaterThanOrEqual(32);
    expect(minutes.length).toBeLessThan(40);
    expect(minutes).toEqual(minutes.toSorted((a, b) => a - b));
    expect(new Set([...(own?.near.map(({ hospital }) => hospital) ?? []), ...(own?.far ?? [])]).size).toBe(
      40,
    );
    expect(own?.source.en).toBe("road network");
  });

  test("on the middle of a cell they are the full table's, to half a step and rounding", () => {
    const row = new Uint16Array(40);
    expect(rowFrom(table, here.latE3 * 10_000, here.lonE3 * 10_000, row).ok).toBe(true);
    for (const { hospital, min } of minutesFrom(region, file, here)?.near ?? []) {
      expect(Math.abs(min - (row[Number(hospital.slice(1))] ?? 0) / 600)).toBeLessThanOrEqual(0.8);
    }
  });

  test("[ROADS35] from anywhere in a cell they are those of its middle: no place is asked more finely than facts name it", () => {
    const own = minutesFrom(region, file, here);
    for (const [north, east] of [
      [-5, -5],
      [4, 4],
      [-5, 4],
      [1, 0],
    ] as const) {
      const place = { latE3: here.latE3 + north, lonE3: here.lonE3 + east };
      expect(minutesFrom(region, file, place)).toEqual(own);
    }
    const nextCell = minutesFrom(region, file, { ...here, latE3: here.latE3 + 5 });
    expect(nextCell?.near).not.toEqual(own?.near);
  });

  test("outside its grid there is nothing to say", () => {
    expect(minutesFrom(region, file, { latE3: 51_305, lonE3: 7_005 })).toBeNull();
  });
});

describe("[BOARD95] what came is used if it is whole and this region's; else the estimate is asked for, and that is said", () => {
  afterEach(() => vi.unstubAllGlobals());

  /** What the anchor answers with and without `?estimate`; null: it has none. */
  async function loaded(given: Uint8Array | null, estimate: Uint8Array | null = null) {
    vi.stubGlobal("fetch", (url: string) => {
      const body = url === "/api/rtw/minutes?estimate" ? estimate : given;
      return Promise.resolve(
        new Response(body === null ? null : body.slice(), { status: body === null ? 204 : 200 }),
      );
    });
    return loadMinutes(region);
  }
  const foreign = encodeCompact({ ...file, info: { ...file.info, region: "rehearsal-other" } });

  test("whole", async () => expect(await loaded(bytes)).toEqual({ file, isRefused: false }));
  test("none", async () => expect(await loaded(null)).toEqual({ file: null, isRefused: false }));
  test("cut", async () => expect(await loaded(bytes.slice(0, -9), bytes)).toEqual({ file, isRefused: true }));
  test("another region's", async () =>
    expect(await loaded(foreign, bytes)).toEqual({ file, isRefused: true }));
  test("and the estimate too", async () => {
    expect(await loaded(foreign, foreign)).toEqual({ file: null, isRefused: true });
  });
  test("no answer is asked for again", async () => {
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(null, { status: 503 })));
    await expect(loadMinutes(region)).rejects.toThrow("503");
  });
});
