import { rmSync } from "node:fs";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { type Founded, foundRegion } from "../../test/support/founded.ts";
import { nightMs } from "../../test/support/region.ts";
import { fastClock, pause, ShellNode, until } from "../../test/support/shells.ts";
import { refKey } from "../basics/name.ts";
import { loadingPercent } from "../site/views/loading.ts";
import { ViewHub } from "./boards/view-hub.ts";

const founded: Founded = foundRegion({ centre: "control-centre", ukd: "hospital", neuss: "hospital" });
const nodes: ShellNode[] = [];
afterEach(async () => {
  for (const node of nodes.splice(0)) await node.stop();
});
afterAll(() => rmSync(founded.dir, { recursive: true }));

async function written(site: string): Promise<ShellNode> {
  const node = await (await new ShellNode(founded, site).start()).takeCharter();
  for (const state of ["open", "full"]) await node.status("ct", state, `request-${state}`);
  return node;
}

describe("[OPEN1] an anchor that still folds what it holds", () => {
  test("beats, exchanges and confirms; what people send waits, and a request written before is known", async () => {
    const [ukd, centre] = [await written("ukd"), await written("centre")];
    nodes.push(ukd, centre);
    await centre.stop();
    await centre.open();
    expect(loadingPercent(centre.house)).toBe(0);
    for (const node of [ukd, centre]) node.tick();
    await ukd.dial(centre);
    await until(() => ukd.sees(centre).verdict === "heard" && centre.holds(ukd) === 3, "it beats and takes");
    await until(
      () => ukd.house.receipts.newest.get(ukd.hosted.origin)?.get(centre.id)?.size === 3,
      "it confirms",
    );
    expect([centre.house.fold.hospitals.size, centre.house.fold.logs.size]).toEqual([0, 0]);
    const before = centre.holds(centre);
    const again = centre.submit(
      "hospital.status/1",
      { capability: "ct", state: "open", over: [] },
      "request-open",
    );
    const voice = centre.submit("voice.report/1", {
      hospital: "neuss",
      capability: "ct",
      state: "full",
      answeredBy: "physician",
      readBack: true,
      over: [],
    });
    await pause(50);
    expect(centre.holds(centre)).toBe(before);
    await centre.shell.load();
    expect(loadingPercent(centre.house)).toBeNull();
    const [repeated, said] = await Promise.all([again, voice]);
    expect(said).toMatchObject({ ok: true, repeated: false });
    expect(repeated.ok || repeated.error.code).toBe("not-yours-to-say");
    await until(() => centre.house.fold.hospitals.get("neuss") !== undefined, "its own word is folded");
    expect(centre.house.fold.hospitals.get("ukd")?.folded).toBe(2);
    const requests = [...(ukd.house.fold.requests.get(ukd.id)?.values() ?? [])].map(refKey);
    await ukd.stop();
    await ukd.open();
    const same = ukd.status("ct", "open", "request-open");
    await ukd.shell.load();
    const answer = await same;
    expect(answer).toMatchObject({ ok: true, repeated: true });
    expect(answer.ok && refKey(answer.ref)).toBe(requests[0]);
  });
});

describe("[OPEN2] a board of an anchor that still reads", () => {
  test("gets how much is read, then the whole, and no row before", () => {
    let percent: number | null = 40;
    let views = 0;
    const hub = new ViewHub<number, number, { readonly type: "rows" }>({
      clock: fastClock,
      loading: () => percent,
      view: () => {
        views += 1;
        return views;
      },
      shownOf: (view) => view,
      changeOf: () => null,
    });
    const pushes: object[] = [];
    const leave = hub.subscribe({ push: (push) => pushes.push(push) });
    expect(pushes).toMatchObject([{ type: "loading", percent: 40 }]);
    percent = null;
    const later = hub.subscribe({ push: () => undefined });
    expect(pushes).toMatchObject([{ type: "loading" }, { type: "all", view: 1 }]);
    for (const end of [leave, later]) end();
  });
});

describe("[BOARD118] a view that cannot be drawn", () => {
  test("is said to its boards in place of rows, noted once, and drawn as soon as it can be; others go on", () => {
    let isBroken = true;
    let monoMs = 0;
    const noted: string[] = [];
    const pushes: object[] = [];
    const hub = new ViewHub<{ readonly name: string }, string, { readonly type: "rows" }>({
      clock: () => ({ wallMs: nightMs, monoMs }),
      undrawn: (where) => noted.push(where),
      view: () => {
        if (isBroken) throw new Error("nurse Anna wrote this");
        return { name: `at ${monoMs}` };
      },
      shownOf: ({ name }) => name,
      changeOf: () => ({ type: "rows" }),
    });
    const undrawn = { type: "loading", percent: "undrawn" };
    const ends = [hub.subscribe({ push: (push) => pushes.push(push) })];
    expect(pushes).toMatchObject([undrawn]);
    monoMs += 1_000;
    isBroken = false;
    const poor: object[] = [];
    ends.push(
      hub.subscribe({
        push: (push) => {
          if ("view" in push) throw new TypeError("no region of it");
          poor.push(push);
        },
      }),
    );
    expect(pushes.at(-1)).toMatchObject({ type: "all", view: { name: "at 1000" } });
    expect(poor).toMatchObject([undrawn]);
    isBroken = true;
    monoMs += 1_000;
    ends.push(hub.subscribe({ push: () => undefined }));
    expect(pushes.at(-1)).toMatchObject(undrawn);
    expect(noted.map((where) => where.split(" ")[0])).toEqual(["Error", "TypeError"]);
    expect(noted.join()).not.toContain("Anna");
    for (const end of ends) end();
  });
});
