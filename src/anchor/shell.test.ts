import { rmSync } from "node:fs";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { boardOf } from "../../test/support/board-house.ts";
import { type Founded, foundRegion } from "../../test/support/founded.ts";
import { contextOf } from "../../test/support/region.ts";
import { fastBy, fastClock, pause, ShellNode, until } from "../../test/support/shells.ts";
import { present } from "../basics/assert.ts";
import type { Name } from "../basics/name.ts";
import { ownContact } from "../exchange/contact.ts";
import { deviceIn } from "../region/charter.ts";
import { cellOf, regionView } from "../region/view.ts";
import { receiptEveryMs, slowDiskAfterMs } from "../site/limits.ts";
import type { Link } from "../site/state.ts";
import { ownRow } from "../site/views/board-rows.ts";
import type { OwnRow } from "../site/views/board-view.ts";

const regions: Founded[] = [];
const nodes: ShellNode[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const node of nodes.splice(0)) await node.stop();
});
afterAll(() => {
  for (const { dir } of regions) rmSync(dir, { recursive: true });
});

function newRegion(): Founded {
  const founded = foundRegion({ centre: "control-centre", ukd: "hospital", neuss: "hospital" });
  regions.push(founded);
  return founded;
}

async function started(founded: Founded, site: Name, clock = fastClock): Promise<ShellNode> {
  const node = await new ShellNode(founded, site).start(clock);
  nodes.push(node);
  return node.takeCharter();
}

const voiceReport = {
  hospital: "ukd",
  capability: "ct",
  state: "full",
  answeredBy: "physician",
  readBack: true,
  over: [],
};

/** A hospital linked with its control centre. */
async function linked(): Promise<{ founded: Founded; ukd: ShellNode; centre: ShellNode }> {
  const founded = newRegion();
  const [ukd, centre] = [await started(founded, "ukd"), await started(founded, "centre")];
  await ukd.dial(centre);
  for (const node of [ukd, centre]) node.tick();
  await until(() => centre.sees(ukd).verdict === "heard", "the hospital is heard");
  return { founded, ukd, centre };
}

/** The state of UKD's CT as this node's boards would show it. */
function ctAt(node: ShellNode): string {
  const { charter, fold } = node.house;
  const view = regionView(contextOf(charter, fold, fastClock().wallMs));
  const ukd = view.hospitals.find(({ hospital }) => hospital === "ukd");
  return cellOf(present(ukd, "the hospital"), "ct").state;
}

/** How this node's board would tell of itself. */
function ownBoardOf({ house, hosted }: ShellNode): () => OwnRow {
  const board = boardOf(house, hosted);
  return () => ownRow(board, ownContact(hosted.contact), fastClock());
}

/** Whatever is settled by now. */
function settled<T>(promise: Promise<T>): { value: T | "waiting" } {
  const state: { value: T | "waiting" } = { value: "waiting" };
  void promise.then((value) => {
    state.value = value;
  });
  return state;
}

describe("[SHELL1] the store's thread is killed in the middle of a commit", () => {
  test.each([
    { die: "before-commit", stored: false },
    { die: "after-commit", stored: true },
  ] as const)(
    "$die: nothing is acknowledged until it is known what was stored ($stored)",
    async ({ die, stored }) => {
      const { ukd, centre } = await linked();
      expect(await ukd.status("ct", "open", "request-1")).toMatchObject({
        ok: true,
        ref: [expect.any(String), 1],
      });
      await until(() => centre.holds(ukd) === 2, "the centre has it before the thread dies");
      ukd.store.fault({ die });
      const answer = settled(ukd.status("ct", "full", "request-2"));
      await until(() => !ukd.house.writing.storing, "the thread's end is noticed");
      expect(answer.value).toBe("waiting");
      expect(await ukd.status("ct", "cannot", "request-3")).toMatchObject({
        error: { code: "cannot-record" },
      });
      expect(settled(ukd.status("ct", "full", "request-2")).value).toBe("waiting");
      await until(() => centre.sees(ukd).storing === false, "others see that it cannot record");
      expect(centre.holds(ukd)).toBe(2);
      await until(() => answer.value !== "waiting", "the writer is told");
      expect(answer.value).toMatchObject(
        stored
          ? { ok: true, repeated: false, ref: [expect.any(String), 2] }
          : { error: { code: "cannot-record" } },
      );
      await until(() => ukd.house.writing.storing, "it records again");
      // The retry of a writer who was told nothing, or no.
      expect(await ukd.status("ct", "full", "request-2")).toMatchObject({
        ok: true,
        repeated: stored,
        ref: [expect.any(String), 2],
      });
      await until(() => centre.holds(ukd) === 3 && centre.sees(ukd).storing === true, "the fact arrives");
      const kinds = ["log.start/1", "hospital.status/1", "hospital.status/1"];
      expect([await ukd.kinds(), await centre.kinds(ukd)]).toEqual([kinds, kinds]);
      expect(ctAt(centre)).toBe("full");
    },
  );

  test("without a commit under way it is noticed and started again as well", async () => {
    const { ukd } = await linked();
    ukd.store.fault({ die: "now" });
    await until(() => !ukd.house.writing.storing, "the thread's end is noticed");
    await until(() => ukd.house.writing.storing, "it records again");
    expect(await ukd.status("ct", "open")).toMatchObject({ ok: true });
  });

  test("[LOG10] at its first fact a log begins, also when that commit was lost before", async () => {
    const { ukd } = await linked();
    ukd.store.fault({ readOnly: true });
    expect(await ukd.status("ct", "open")).toMatchObject({ error: { code: "cannot-record" } });
    ukd.store.fault({ readOnly: false });
    await until(() => ukd.house.writing.storing, "it records again");
    expect(await ukd.status("ct", "open")).toMatchObject({ ok: true, ref: [expect.any(String), 1] });
    expect(await ukd.kinds()).toEqual(["log.start/1", "hospital.status/1"]);
  });
});

describe("[SHELL2] a disk that takes nothing", () => {
  test.each([
    ["is full", { full: true }, { full: false }],
    ["is read-only", { readOnly: true }, { readOnly: false }],
  ] as const)(
    "that %s: the writer is told, everybody sees it, and it is over when it is over",
    async (_, fault, end) => {
      const { ukd, centre } = await linked();
      expect(await ukd.status("ct", "open")).toMatchObject({ ok: true });
      await until(() => centre.holds(ukd) === 2, "the fact arrives");
      ukd.store.fault(fault);
      expect(await ukd.status("ct", "full", "request-9")).toMatchObject({ error: { code: "cannot-record" } });
      await until(() => centre.sees(ukd).storing === false, "others see that it cannot record");
      expect(centre.sees(ukd).verdict).toBe("heard");
      expect(await ukd.status("ct", "full", "request-9")).toMatchObject({ error: { code: "cannot-record" } });
      // Longer than a probe takes: it must not be mistaken for well.
      await pause(1_300);
      expect([ukd.house.writing.storing, centre.holds(ukd), ctAt(ukd)]).toEqual([false, 2, "open"]);
      ukd.store.fault(end);
      await until(() => ukd.house.writing.storing, "it records again");
      expect(await ukd.status("ct", "full", "request-9")).toMatchObject({ ok: true, repeated: false });
      await until(() => centre.holds(ukd) === 3 && centre.sees(ukd).storing === true, "the fact arrives");
    },
  );

  test("what others sent meanwhile is asked for again", async () => {
    const { ukd, centre } = await linked();
    centre.store.fault({ full: true });
    expect(await ukd.status("ct", "open")).toMatchObject({ ok: true });
    await until(() => !centre.house.writing.storing, "the centre cannot record");
    expect(await ukd.status("ct", "full")).toMatchObject({ ok: true });
    await pause(200);
    expect([centre.holds(ukd), ctAt(centre)]).toEqual([0, "unconfirmed"]);
    expect(ukd.house.receipts.newest.get(ukd.hosted.origin)?.get(centre.id)).toBeUndefined();
    centre.store.fault({ full: false });
    await until(() => centre.holds(ukd) === 3, "everything arrives");
    await until(
      () => ukd.house.receipts.newest.get(ukd.hosted.origin)?.get(centre.id)?.size === 3,
      "the centre confirms it",
    );
    expect(ctAt(centre)).toBe("full");
  });

  test.each([
    ["the observation meets the full disk", false],
    ["the full disk is known before", true],
  ])("what the centre itself observed is written afterwards, as it was observed: %s", async (_, isKnown) => {
    const { founded, ukd, centre } = await linked();
    const neuss = (await started(founded, "neuss")).tick();
    await neuss.dial(centre);
    await until(() => centre.sees(neuss).verdict === "heard", "the neighbour is heard");
    centre.store.fault({ full: true });
    if (isKnown) expect(await centre.submit("voice.report/1", voiceReport)).toMatchObject({ ok: false });
    ukd.cut();
    await until(() => centre.sees(ukd).verdict === "silent", "the hospital is silent");
    const silentMs = fastClock().wallMs;
    await until(() => !centre.house.writing.storing, "the full disk is known");
    await pause(1_000);
    expect(centre.house.vector.get(centre.hosted.origin)).toBeUndefined();
    centre.store.fault({ full: false });
    await until(() => centre.holds(centre) === 2, "the observation is written");
    expect(await centre.kinds()).toEqual(["log.start/1", "contact.lost/1"]);
    const lost = centre.house.fold.contacts.get("ukd")?.values().next().value;
    expect(present(lost, "the fact").fact.at).toBeLessThan(silentMs + 500 * fastBy);
  });
});

describe("[SHELL3] every commit takes five seconds", () => {
  test("beats go on, nobody falls silent, nothing is acknowledged meanwhile, its board says slow disk", async () => {
    const { ukd, centre } = await linked();
    await until(() => ukd.sees(centre).verdict === "heard", "the centre is heard");
    // With a commit still under way the next one would take both words.
    await until(() => ukd.house.writing.inFlight === null, "its disk is idle");
    for (const node of [ukd, centre]) node.store.fault({ delayMs: 5_000 / fastBy });
    const beginMs = fastClock().monoMs;
    const answeredMs: number[] = [];
    const ownOfUkd = ownBoardOf(ukd);
    expect(ownOfUkd()).toMatchObject({ storing: true, slowDisk: false });
    for (const capability of ["ct", "stroke-unit"]) {
      void ukd.status(capability, "open").then((answer) => {
        expect(answer).toMatchObject({ ok: true });
        answeredMs.push(fastClock().monoMs - beginMs);
      });
    }
    const verdicts = new Set<string>();
    const slowShownMs: number[] = [];
    while (fastClock().monoMs - beginMs < 16_000) {
      const { storing, slowDisk } = ownOfUkd();
      if (slowDisk) slowShownMs.push(fastClock().monoMs - beginMs);
      expect(storing).toBe(true);
      // Nothing of what is not durable here has left.
      if (answeredMs.length === 0) expect(centre.house.logs.has(ukd.hosted.origin)).toBe(false);
      verdicts.add(`${centre.sees(ukd).verdict} ${ukd.sees(centre).verdict}`);
      await pause(10);
    }
    expect([...verdicts]).toEqual(["heard heard"]);
    // While the first waits, and not before it has waited for long.
    expect(slowShownMs[0]).toBeGreaterThan(slowDiskAfterMs);
    expect(slowShownMs[0]).toBeLessThan(5_000);
    // The second waited for the disk behind the first.
    expect(answeredMs.map((ms) => ms >= 5_000)).toEqual([true, true]);
    expect(present(answeredMs[1], "an answer")).toBeGreaterThanOrEqual(10_000);
    for (const node of [ukd, centre]) node.store.fault({ delayMs: 0 });
    await until(() => centre.holds(ukd) === 3, "the facts arrive");
    await until(() => !ownOfUkd().slowDisk, "its board no longer says slow disk");
  });
});

describe("[SHELL4] a start", () => {
  test("goes on in the same log; the same request is answered with the same fact", async () => {
    const founded = newRegion();
    const ukd = await started(founded, "ukd");
    const first = await ukd.status("ct", "open", "request-1");
    const boot = ukd.hosted.contact.boot;
    await ukd.stop();
    await ukd.start();
    expect(ukd.hosted.contact.boot).toBe(boot + 1);
    expect(ctAt(ukd)).toBe("open");
    expect(await ukd.status("ct", "full", "request-1")).toEqual({ ...first, repeated: true });
    expect(await ukd.status("ct", "full", "request-2")).toMatchObject({ ref: [expect.any(String), 2] });
  });

  test("a receipt that was owed when the process ended is given after the next start", async () => {
    const { ukd, centre } = await linked();
    // Everything but the receipt: the link ends as the entries are stored.
    centre.cut();
    await ukd.status("ct", "open");
    const bytes = valueOfRun(
      await ukd.store.readRun(ukd.hosted.origin, 0, { entriesMax: 9, bytesMax: 9_999 }),
    );
    const append = { origin: ukd.hosted.origin, from: 0, items: bytes.items, checkpoint: bytes.checkpoint };
    const range = present(ukd.house.logs.get(ukd.hosted.origin), "the log").durable.range;
    await new Promise((resolve) => {
      const commit = { id: 0, storedMs: 1, appends: [{ ...append, range }], cosignatures: [], forks: [] };
      centre.store.commit(commit, resolve);
    });
    await centre.stop();
    await centre.start();
    expect(centre.holds(ukd)).toBe(2);
    await ukd.dial(centre);
    centre.tick();
    await until(
      () => ukd.house.receipts.newest.get(ukd.hosted.origin)?.get(centre.id)?.size === 2,
      "the receipt arrives",
    );
  });
});

function valueOfRun<T>(result: { readonly ok: boolean; readonly value?: T | undefined }): T {
  return present(result.value, "a run");
}

describe("[SHELL5] the charter changes what stored entries mean", () => {
  test("they are folded anew while the old fold serves, and writing goes on", async () => {
    const { founded, ukd, centre } = await linked();
    await ukd.status("ct", "open");
    await ukd.status("ct", "cannot");
    await until(() => ctAt(centre) === "cannot", "the last word arrives");
    const before = centre.house.fold;
    // The box was stolen after its first word.
    founded.end("ukd", ukd.house.logs.get(ukd.hosted.origin)?.id ?? null, 2);
    await centre.takeCharter();
    await until(() => deviceIn(centre.house.charter, ukd.id)?.end !== null, "the end is known");
    expect(await centre.submit("voice.report/1", voiceReport)).toMatchObject({ ok: true });
    await until(() => centre.house.fold !== before, "it is folded anew");
    await until(() => ctAt(ukd) === "full" || ctAt(centre) !== "cannot", "the stolen word is gone");
    expect(
      centre.house.fold.hospitals
        .get("ukd")
        ?.cells.get("ct")
        ?.heads.map(({ fact }) => fact.kind),
    ).toEqual(expect.arrayContaining(["hospital.status/1", "voice.report/1"]));
    expect(ctAt(centre)).toBe("full");
    // The ended box is told as well, through the exchange, and may write no more.
    await until(() => deviceIn(ukd.house.charter, ukd.id)?.end !== null, "the box learns its end");
    expect(await ukd.status("ct", "open")).toMatchObject({ error: { code: "device-ended" } });
  });

  test("two changes at once end in the later one", async () => {
    const { founded, ukd, centre } = await linked();
    const neuss = (await started(founded, "neuss")).tick();
    await neuss.dial(centre);
    for (const node of [ukd, neuss]) await node.status("ct", "open");
    await until(() => centre.holds(ukd) === 2 && centre.holds(neuss) === 2, "both words arrive");
    founded.end("ukd", null, 0);
    const first = founded.charter();
    founded.end("neuss", null, 0);
    const second = founded.charter();
    // The second change becomes durable when everything has been read for the first, and before that is in use.
    const forEachEntryOf = centre.store.forEachEntryOf.bind(centre.store);
    const reads = new Map<string, number>();
    centre.store.forEachEntryOf = async (origin, ...given) => {
      const read = await forEachEntryOf(origin, ...given);
      reads.set(origin, (reads.get(origin) ?? 0) + 1);
      // Its own log is the last of all.
      if (origin !== neuss.hosted.origin || reads.get(origin) !== 1) return read;
      for (const bytes of second) centre.shell.feed({ type: "carried", bytes });
      await until(() => deviceIn(centre.house.charter, neuss.id)?.end !== null, "the second end is known");
      return read;
    };
    for (const bytes of first) centre.shell.feed({ type: "carried", bytes });
    await until(() => centre.house.fold.hospitals.size === 0, "neither word counts");
    expect([...new Set(reads.values())]).toEqual([2]);
    expect(centre.holds(ukd)).toBe(2);
  });
});

describe("[SHELL6] what a step decided before it threw is carried out", () => {
  test("a commit that is noted as under way is begun", async () => {
    const founded = newRegion();
    const ukd = await started(founded, "ukd");
    // A broken invariant, planted: catching up a link that is none throws after the commit was decided.
    const broken = {} as Link;
    ukd.house.behind.add(broken);
    await expect(ukd.status("ct", "open", "request-1")).rejects.toThrow();
    ukd.house.behind.delete(broken);
    await until(() => ukd.house.writing.inFlight === null && ukd.holds(ukd) === 2, "the commit ends");
    expect(await ukd.status("ct", "open", "request-1")).toMatchObject({ ok: true, repeated: true });
  });
});

describe("[SHELL7] receipts are given when their time has come", () => {
  test("without a tick, by a timer that runs out 200 ms after the last", async () => {
    const founded = newRegion();
    let monoMs = 1_000;
    const clock = () => ({ wallMs: Date.UTC(2020, 8, 10) + monoMs, monoMs });
    const ukd = await started(founded, "ukd", clock);
    const centre = await started(founded, "centre", clock);
    await ukd.dial(centre);
    const confirmed = (): number =>
      ukd.house.receipts.newest.get(ukd.hosted.origin)?.get(centre.id)?.size ?? 0;
    await ukd.status("ct", "open");
    await until(() => confirmed() === 2, "the first receipt comes at once");
    monoMs += 60;
    const timers = vi.spyOn(globalThis, "setTimeout");
    await ukd.status("ct", "full");
    await until(() => centre.house.receipts.due.size > 0, "a receipt is due");
    expect(timers.mock.calls.map(([, ms]) => ms)).toContain(receiptEveryMs - 60);
    timers.mockRestore();
    monoMs += receiptEveryMs - 60;
    await until(() => confirmed() === 3, "the second receipt comes");
  });

  test("and each is one", async () => {
    const founded = newRegion();
    const [ukd, centre] = [await started(founded, "ukd"), await started(founded, "centre")];
    await ukd.dial(centre);
    const confirmed = (): number =>
      ukd.house.receipts.newest.get(ukd.hosted.origin)?.get(centre.id)?.size ?? 0;
    for (let size = 2; size < 8; size += 1) {
      await ukd.status("ct", size % 2 === 0 ? "open" : "full");
      await until(() => confirmed() === size, "the receipt arrives", 1_000);
    }
    await until(() => centre.house.writing.queue.length === 0, "all are on their way into the store");
    expect(await centre.store.readCosignatures(ukd.hosted.origin)).toMatchObject({
      ok: true,
      value: { length: 6 },
    });
  });
});
