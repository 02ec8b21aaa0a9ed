import { readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../src/anchor/store/store-sqlite.ts";
import { originOf, refKey, siteOfOrigin } from "../src/basics/name.ts";
import { Processes } from "../src/rehearsal/processes.ts";
import { readStore, type StoreContent } from "../src/rehearsal/stores.ts";
import { ctIs, postFact, type SmallRegion, setUpSmallRegion, smallPlan, watch } from "./support/anchors.ts";
import { root } from "./support/files.ts";
import { valueIn } from "./support/founded.ts";
import { copyOfStore, holdfast, untilQuiet } from "./support/holdfast.ts";
import { pause, until } from "./support/shells.ts";

// Stores that are put back, with real processes and disks: nothing that was acknowledged and held elsewhere is lost,
// each log goes on in a new epoch, and all agree.

const ids = smallPlan.processes.map(({ id }) => id);
const minuteMs = 60_000;
let region: SmallRegion;
let processes: Processes;
const died: string[] = [];

beforeAll(async () => {
  region = await setUpSmallRegion();
  processes = new Processes({ dir: region.dir, root, onDied: (id, how) => died.push(`${id} ${how}`) });
});
afterEach(async () => {
  await processes.stopAll();
  expect(died.splice(0)).toEqual([]);
});
afterAll(() => rmSync(region.dir, { recursive: true }));

function contentOf(id: string): StoreContent {
  return valueIn(readStore(region.dir, id));
}

async function write(
  site: string,
  count: number,
  prefix: string,
): Promise<readonly (readonly [string, number])[]> {
  const refs: (readonly [string, number])[] = [];
  for (let i = 0; i < count; i += 1) {
    const { answer } = await postFact(region.urlOf(site), site, ctIs("full", `${prefix}-${i}`));
    if (!answer.ok) throw new Error(answer.code);
    refs.push(answer.ref);
  }
  return refs;
}

/** Until a control centre has confirmed to hold everything that this site wrote. */
async function untilHeld(site: string, size: number): Promise<void> {
  const { pushes, leave } = await watch(region.urlOf(site), site);
  const held = (): number =>
    pushes
      .flatMap((push) =>
        push.type === "all" ? [push.view.own] : push.type === "rows" && push.own ? [push.own] : [],
      )
      .at(-1)?.heldByDispatch?.size ?? 0;
  await until(() => held() >= size, `a centre holds ${size} of ${site}`, 20_000);
  leave();
}

/** Receipts of a site's devices for a site's logs, in the store of that site's box or in a copy. */
function confirmedBy(box: string, author: string, holder: string) {
  const store = valueIn(openStore(join(box, "store.db")));
  const origins = valueIn(store.storedLogs()).map(({ origin }) => origin);
  const receipts = origins
    .filter((origin) => siteOfOrigin(origin) === author)
    .flatMap((origin) => valueIn(store.readCosignatures(origin)));
  store.close();
  return receipts.filter((receipt) => receipt.holder.split("/")[3] === holder);
}

function diaryOf(id: string): string {
  return readFileSync(join(region.dirOf(id), "diary.txt"), "utf8");
}

describe("a hospital's store, killed and put back from an older backup", () => {
  test(
    "[EPOCH3] loses nothing that was acknowledged, goes on in a new log, and all agree",
    async () => {
      await Promise.all(ids.map((id) => processes.start(id)));
      const early = await write("ukd", 20, "request-early");
      const backup = join(region.dir, "backup.db");
      const said = await holdfast(["backup", region.dirOf("ukd"), backup]);
      expect(said).toMatchObject({ code: 0, out: expect.stringContaining("no keys and no names") });
      const late = await write("ukd", 30, "request-late");
      await untilHeld("ukd", 51);
      const writing = write("ukd", 500, "request-under-way").catch(() => []);
      await pause(200);
      await processes.kill("ukd");
      await writing;
      const restored = await holdfast(["restore", backup, region.dirOf("ukd")]);
      expect(restored).toMatchObject({ code: 0, out: expect.stringContaining("32 entries of 2 logs") });
      await processes.start("ukd");
      const [again] = await write("ukd", 1, "request-late");
      const fresh = await write("ukd", 5, "request-fresh");
      const [log] = late[0] ?? [""];
      const [next] = fresh[0] ?? [""];
      expect(diaryOf("ukd")).toContain("store-put-back");
      // The retry of what was acknowledged is answered with the same fact, which came back from the others.
      expect(again).toEqual(late[0]);
      expect([log.split("/")[2]?.split("-")[0], next.split("/")[2]?.split("-")[0]]).toEqual(["1", "2"]);
      await untilHeld("ukd", 6);
      await untilQuiet(ids.map(region.dirOf));
      await processes.stopAll();
      const contents = ids.map(contentOf);
      for (const { logs } of contents) expect(logs).toEqual(contents[0]?.logs);
      for (const ref of [...early, ...late, ...fresh])
        expect(contents.every(({ facts }) => facts.has(refKey(ref)))).toBe(true);
      expect(contents[0]?.facts.get(refKey([next, 0]))?.entry).toMatchObject({
        kind: "log.start/1",
        previous: { epoch: log.split("/")[2] },
      });
      const requests = [...(contents[0]?.facts.values() ?? [])].flatMap(({ entry }) => entry.request ?? []);
      expect(new Set(requests).size).toBe(requests.length);
      expect(contents[0]?.logs.has(originOf(smallPlan.region, log))).toBe(true);
    },
    2 * minuteMs,
  );

  test(
    "[RECEIPT9] a control centre's: it begins a new log, fetches what it lacks and confirms everything anew",
    async () => {
      await Promise.all(ids.map((id) => processes.start(id)));
      const backup = join(region.dir, "centre.db");
      expect(await holdfast(["backup", region.dirOf("wuppertal"), backup])).toMatchObject({ code: 0 });
      await write("duesseldorf-evk", 5, "request-evk");
      await untilHeld("duesseldorf-evk", 6);
      await processes.kill("wuppertal");
      expect(await holdfast(["restore", backup, region.dirOf("wuppertal")])).toMatchObject({ code: 0 });
      await processes.start("wuppertal");
      const evk = region.dirOf("duesseldorf-evk");
      const isConfirmedAnew = (box: string): boolean => {
        const { facts } = valueIn(readStore(region.dir, basename(box)));
        const [start] = [...facts.values()].filter(({ site, index }) => site === "wuppertal" && index === 0);
        if (start === undefined) return false;
        expect(start.log).toMatch(/\/2-/);
        // A receipt's time is in whole seconds.
        return confirmedBy(box, "duesseldorf-evk", "wuppertal").some(
          ({ size, timeS }) => size >= 6 && timeS >= Math.floor(start.entry.at / 1_000),
        );
      };
      const look = { interval: 1_000, timeout: 30_000 };
      await expect.poll(async () => isConfirmedAnew(await copyOfStore(evk)), look).toBe(true);
      await processes.stopAll();
      expect(isConfirmedAnew(evk)).toBe(true);
    },
    2 * minuteMs,
  );

  test(
    "[BACKUP5] is refused while its process runs",
    async () => {
      await processes.start("ukd");
      const refused = await holdfast(["restore", join(region.dir, "backup.db"), region.dirOf("ukd")]);
      expect(refused).toMatchObject({
        code: 1,
        err: expect.stringContaining("is in use: stop its process first."),
      });
    },
    minuteMs,
  );
});
