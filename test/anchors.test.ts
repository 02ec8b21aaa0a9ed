import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { initDevice } from "../src/anchor/keys/enrol.ts";
import { openStore } from "../src/anchor/store/store-sqlite.ts";
import { present } from "../src/basics/assert.ts";
import { refKey } from "../src/basics/name.ts";
import { freePorts } from "../src/rehearsal/ports.ts";
import { Processes } from "../src/rehearsal/processes.ts";
import { readStore, type StoreContent } from "../src/rehearsal/stores.ts";
import {
  changeConfig,
  ctIs,
  postFact,
  regionData,
  type SmallRegion,
  setUpSmallRegion,
  smallPlan,
  watch,
} from "./support/anchors.ts";
import { root } from "./support/files.ts";
import { valueIn } from "./support/founded.ts";
import { copyOfStore, holdfast, untilQuiet } from "./support/holdfast.ts";
import { pause, until } from "./support/shells.ts";

// Several anchors as they really run: one process each, on loopback, set up as every region is.

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

async function startAll(): Promise<void> {
  await Promise.all(ids.map((id) => processes.start(id)));
}

function contentOf(id: string): StoreContent {
  return valueIn(readStore(region.dir, id));
}

/** Waits until a control centre's board shows this word of a hospital. */
async function untilShown(centre: string, hospital: string, state: string): Promise<number> {
  const beganMs = performance.now();
  const { pushes, leave } = await watch(region.urlOf(centre), centre);
  const shows = (): boolean => {
    const rows = pushes.flatMap((push) =>
      push.type === "all" ? push.view.hospitals : push.type === "rows" ? (push.hospitals ?? []) : [],
    );
    return rows.findLast((row) => row.hospital === hospital)?.cells.ct?.state === state;
  };
  await until(shows, `${centre} shows ${hospital} ${state}`, 20_000);
  leave();
  return performance.now() - beganMs;
}

/** How far each holder has confirmed a log, in the store of a box whose process has ended or in a copy. */
function confirmedIn(box: string, log: string): Record<string, number> {
  const store = valueIn(openStore(join(box, "store.db")));
  const origin = `holdfast/1/${smallPlan.region}/${log}`;
  const sizes = valueIn(store.readCosignatures(origin)).map(({ holder, size }) => [
    holder.split("/")[3],
    size,
  ]);
  store.close();
  return Object.fromEntries(sizes);
}

function diaryOf(id: string): string {
  return readFileSync(join(region.dirOf(id), "diary.txt"), "utf8");
}

describe("real processes", () => {
  test(
    "[ANCHOR5] a fact reaches both centres, and their receipts come back to its author",
    async () => {
      await startAll();
      const { status, answer } = await postFact(region.urlOf("ukd"), "ukd", ctIs("open", "request-1"));
      if (status !== 200 || !answer.ok) throw new Error(JSON.stringify(answer));
      for (const centre of ["duesseldorf", "wuppertal"]) await untilShown(centre, "ukd", "open");
      const [log, index] = answer.ref;
      expect(index).toBe(1);
      const confirmed = async () => confirmedIn(await copyOfStore(region.dirOf("ukd")), log);
      const byBoth = { duesseldorf: 2, wuppertal: 2 };
      await expect.poll(confirmed, { timeout: 20_000 }).toMatchObject(byBoth);
      await processes.stopAll();
      for (const id of ids)
        expect(contentOf(id).facts.get(refKey(answer.ref))?.entry.request).toBe("request-1");
      expect(confirmedIn(region.dirOf("ukd"), log)).toMatchObject(byBoth);
    },
    2 * minuteMs,
  );

  test(
    "[ANCHOR6] killed in the middle of writing, it has every acknowledged fact, and so has everybody",
    async () => {
      await startAll();
      const acknowledged = new Map<string, readonly [string, number]>();
      const asked: string[] = [];
      let isRunning = true;
      const write = async (writer: number): Promise<void> => {
        for (let at = 0; isRunning; at += 1) {
          const request = `writer-${writer}-${at}`;
          asked.push(request);
          const { answer } = await postFact(region.urlOf("ukd"), "ukd", ctIs("full", request));
          if (answer.ok) acknowledged.set(request, answer.ref);
        }
      };
      const writers = Array.from({ length: 8 }, (_, writer) => write(writer).catch(() => undefined));
      await until(() => acknowledged.size > 100, "facts are written", 30_000);
      await processes.kill("ukd");
      isRunning = false;
      await Promise.all(writers);
      const told = new Map(acknowledged);
      await processes.start("ukd");
      // Whoever got no answer asks again; whoever got one gets the same.
      for (const request of asked.slice(-16)) {
        const { answer } = await postFact(region.urlOf("ukd"), "ukd", ctIs("full", request));
        if (!answer.ok) throw new Error(answer.code);
        expect(told.get(request) ?? answer.ref).toEqual(answer.ref);
        told.set(request, answer.ref);
      }
      await postFact(region.urlOf("ukd"), "ukd", ctIs("cannot", "request-last"));
      for (const centre of ["duesseldorf", "wuppertal"]) await untilShown(centre, "ukd", "cannot");
      await processes.stopAll();
      for (const id of ["ukd", "duesseldorf", "wuppertal"]) {
        const { facts } = contentOf(id);
        for (const [request, ref] of told)
          expect([id, facts.get(refKey(ref))?.entry.request]).toEqual([id, request]);
        const written = [...facts.values()].flatMap(({ entry }) => entry.request ?? []);
        expect(new Set(written).size).toBe(written.length);
      }
    },
    2 * minuteMs,
  );

  test(
    "[ANCHOR7] a process whose store was lost gets everything again, its own old log too",
    async () => {
      for (const id of ["ukd", "wuppertal"]) {
        for (const end of ["", "-wal", "-shm"])
          rmSync(join(region.dirOf(id), `store.db${end}`), { force: true });
      }
      const before = contentOf("duesseldorf");
      expect(before.facts.size).toBeGreaterThan(100);
      await startAll();
      await untilShown("wuppertal", "ukd", "cannot");
      // A new log begins beside the old one, which it may not continue.
      const { answer } = await postFact(region.urlOf("ukd"), "ukd", ctIs("open", "request-new"));
      if (!answer.ok) throw new Error(answer.code);
      expect([...before.logs.keys()].some((origin) => origin.endsWith(answer.ref[0]))).toBe(false);
      await untilQuiet(ids.map(region.dirOf));
      await processes.stopAll();
      const contents = ids.map(contentOf);
      for (const { logs } of contents) expect(logs).toEqual(contents[0]?.logs);
      for (const key of before.facts.keys()) expect(contents.every(({ facts }) => facts.has(key))).toBe(true);
    },
    2 * minuteMs,
  );

  test(
    "[BEAT7] a restart that was announced shows with the silence, and is over with the restart",
    async () => {
      await startAll();
      const { pushes, leave } = await watch(region.urlOf("duesseldorf"), "duesseldorf");
      const contact = () =>
        pushes
          .flatMap((push) =>
            push.type === "all" ? push.view.hospitals : push.type === "rows" ? (push.hospitals ?? []) : [],
          )
          .findLast(({ hospital }) => hospital === "ukd")?.contact;
      await until(() => contact()?.verdict === "heard", "the hospital is heard", 20_000);
      expect(await holdfast(["announce", region.dirOf("ukd"), "--back-in", "10"])).toEqual({
        code: 0,
        out: "Announced to all peers.\n",
        err: "",
      });
      await until(() => typeof contact()?.backByMs === "number", "it is shown", 5_000);
      await processes.kill("ukd");
      expect(await holdfast(["announce", region.dirOf("ukd"), "--back-in", "10"])).toMatchObject({
        code: 1,
        err: "holdfast: No anchor is running there: nobody can be told.\n",
      });
      await until(() => contact()?.verdict === "silent", "the hospital is silent", 20_000);
      expect(contact()?.backByMs).toBeGreaterThan(Date.now());
      await processes.start("ukd");
      await until(() => contact()?.verdict === "heard", "the hospital is heard again", 20_000);
      expect(contact()?.backByMs).toBeNull();
      leave();
    },
    2 * minuteMs,
  );

  test(
    "[ANCHOR8] a device with another key than the charter's, or in no charter, is refused",
    async () => {
      const evk = region.dirOf("duesseldorf-evk");
      rmSync(join(evk, "keys"), { recursive: true });
      const thief = {
        region: smallPlan.region,
        site: "duesseldorf-evk",
        device: "box",
        roles: ["anchor"],
      } as const;
      valueIn(initDevice(evk, thief));
      const stranger = { ...thief, site: "nobody" };
      valueIn(initDevice(evk, stranger));
      changeConfig(evk, ({ hosted, dials }) => ({
        hosted: [...hosted, { site: "nobody", device: "box", mobile: false }],
        dials: [...dials, ...dials.map((target) => ({ ...target, hosted: "nobody/box" }))],
      }));
      const before = diaryOf("duesseldorf").length;
      await Promise.all(["duesseldorf", "duesseldorf-evk"].map((id) => processes.start(id)));
      const said = (): string => diaryOf("duesseldorf").slice(before);
      await until(
        () => said().includes("closed wrong-signature") && said().includes("closed unknown-device"),
        "both are refused",
        20_000,
      );
      await postFact(region.urlOf("duesseldorf-evk"), "duesseldorf-evk", ctIs("open", "request-1"));
      await pause(1_500);
      await processes.stopAll();
      // Neither what the thief wrote in the hospital's name nor what the stranger did is here.
      const { facts } = contentOf("duesseldorf");
      const sites = new Set([...facts.values()].map(({ site }) => site));
      expect(sites).toContain("ukd");
      expect([...sites].filter((site) => site === "nobody" || site === "duesseldorf-evk")).toEqual([]);
    },
    2 * minuteMs,
  );
});

describe("[ANCHOR9] the command anchor", () => {
  test("refuses a region that is no rehearsal, with a sentence, and ends", async () => {
    const dir = region.dirOf("wuppertal");
    changeConfig(dir, () => ({ region: "rhein-ruhr" }));
    expect(await holdfast(["anchor", dir])).toEqual({
      code: 1,
      out: "",
      err: "holdfast: Region rhein-ruhr: until there is access control, only regions named rehearsal-… run.\n",
    });
    changeConfig(dir, () => ({ region: smallPlan.region }));
  });

  test("says which setting it cannot read", async () => {
    const dir = region.dirOf("wuppertal");
    const before = readFileSync(join(dir, "anchor.json"));
    writeFileSync(join(dir, "anchor.json"), `{"region":"x"}`);
    expect(await holdfast(["anchor", dir])).toMatchObject({
      code: 1,
      err: expect.stringContaining("anchor.json, authority"),
    });
    writeFileSync(join(dir, "anchor.json"), before);
  });

  test("warns when it listens beyond loopback, and ends when it is asked to", async () => {
    const dir = region.dirOf("wuppertal");
    changeConfig(dir, ({ listen }) => ({ listen: { ...listen, host: "0.0.0.0" } }));
    const { out, err } = await holdfast(["anchor", dir], "listening on");
    expect(out).toMatch(/^listening on http:\/\/0\.0\.0\.0:\d+\/\n$/);
    expect(err).toContain("holdfast: listening on 0.0.0.0. There is no access control yet");
    changeConfig(dir, ({ listen }) => ({ listen: { ...listen, host: "127.0.0.1" } }));
    const quiet = await holdfast(["anchor", dir], "listening on");
    expect(quiet.err).not.toContain("access control");
  });
});

describe("[ANCHOR10] a region is founded by commands", () => {
  test(
    "authority init, device init, add-sites, add-devices, export, and an anchor that serves it; and what they refuse",
    async () => {
      const at = (name: string): string => join(region.dir, "founded", name);
      const init = ["--region", "rehearsal-y", "--site", "land", "--device", "desk"];
      const founded = await holdfast([
        "authority",
        "init",
        at("desk"),
        ...init,
        "--zone",
        "Europe/Berlin",
        "--name",
        "Y",
      ]);
      expect(founded).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^holdfast\/1\/rehearsal-y\/land\/desk\+/),
      });
      expect(await holdfast(["authority", "init", at("desk"), ...init])).toMatchObject({
        code: 1,
        err: `holdfast: ${at("desk")} is an authority already.\n`,
      });
      writeFileSync(at("sites.json"), `[{"site":"ukd","type":"hospital","name":"UKD"}]`);
      expect(await holdfast(["authority", "add-sites", at("desk"), at("sites.json")])).toMatchObject({
        code: 0,
      });
      const device = ["--region", "rehearsal-y", "--site", "ukd", "--device", "box"];
      const request = await holdfast(["device", "init", at("box"), ...device]);
      expect(request.out).toMatch(/^holdfast-request\/1 rehearsal-y ukd box anchor \S+ \S+ age1[0-9a-z]+\n$/);
      writeFileSync(at("requests"), `${request.out.trim()}\tws://127.0.0.1:4000/exchange\n`);
      expect(await holdfast(["authority", "add-devices", at("desk"), at("requests")])).toMatchObject({
        code: 0,
        err: "",
      });
      const charter = join(at("box"), "charter.txt");
      expect(await holdfast(["authority", "export", at("desk"), charter])).toMatchObject({ code: 0 });
      expect(readFileSync(charter, "utf8")).toMatch(/^holdfast\/packets\/1\n[A-Za-z0-9+/=\n]+$/);
      const port = present((await freePorts(["box"])).get("box"), "a port");
      const settings = {
        region: "rehearsal-y",
        authority: founded.out.trim(),
        listen: { host: "127.0.0.1", port },
        regionData,
        hosted: [{ site: "ukd", device: "box", mobile: false }],
        dials: [],
      };
      writeFileSync(join(at("box"), "anchor.json"), JSON.stringify(settings));
      const founding = new Processes({ dir: at(""), root, onDied: (id, how) => died.push(`${id} ${how}`) });
      await founding.start("box");
      const url = `http://127.0.0.1:${port}`;
      const said = await postFact(url, "ukd", ctIs("open", "request-1"));
      const board: unknown = await (await fetch(`${url}/api/ukd/region`)).json();
      await founding.stopAll();
      expect(said).toMatchObject({ status: 200, answer: { ok: true } });
      // What it is called was said by the authority, whom its settings name.
      expect(board).toMatchObject({ site: "ukd", siteName: "UKD", rehearsal: true });
      for (const wrong of [
        ["authority"],
        ["authority", "init"],
        ["device", "init", at("x")],
        ["nonsense"],
        ["authority", "export", at("desk")],
      ]) {
        const refused = await holdfast(wrong);
        expect([wrong, refused.code === 0, refused.err]).toEqual([
          wrong,
          false,
          expect.stringContaining("usage: holdfast"),
        ]);
      }
    },
    minuteMs,
  );
});
