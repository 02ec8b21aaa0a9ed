import { existsSync } from "node:fs";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { adviceBaseOf } from "../advice/region-base.ts";
import { present } from "../basics/assert.ts";
import { type DeviceId, deviceIdOf, type Name } from "../basics/name.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { type ClosureView, closuresInForce } from "../region/closures-view.ts";
import type { RegionData } from "../region/region-data.ts";
import type { RunOut } from "../region/view-context.ts";
import type { Words } from "../region/words.ts";
import type { Hosted, House } from "../site/state.ts";
import type { StoreError } from "../site/store-port.ts";
import { viewContext } from "../site/views/region-context.ts";
import { boardApi } from "./boards/board-api.ts";
import { isRehearsal, rehearsalPrefix } from "./boards/board-region.ts";
import { DeskNumbers } from "./boards/desk-numbers.ts";
import { watchBoards } from "./boards/open-boards.ts";
import { People } from "./boards/people.ts";
import { addSiteBoards } from "./boards/site-boards.ts";
import { type Visit, watchPages } from "./boards/visits.ts";
import { type BuiltHouse, buildHouse } from "./build-house.ts";
import type { Taker, Takers } from "./carry/carry-in.ts";
import { addCodesDoor } from "./carry/codes-door.ts";
import { readPacketFile } from "./carry/packet-file.ts";
import { type Clock, systemClock } from "./clock.ts";
import { type AnchorConfig, charterFile, readRegionData } from "./config.ts";
import { ErrandBox } from "./errand-box.ts";
import { roadsInThread } from "./explain/roads-then.ts";
import { type AgeIdentity, readIdentity } from "./keys/age.ts";
import { addCaseDoor } from "./keys/case-door.ts";
import { CaseKeys } from "./keys/case-keys.ts";
import { Dialling } from "./net/dialling.ts";
import { openListener } from "./net/listener.ts";
import type { NatsCarrier } from "./net/nats/carrier.ts";
import { freeBytesOf, Neighbours } from "./net/neighbours.ts";
import { addNeighboursDoor } from "./net/neighbours-door.ts";
import { Sockets } from "./net/sockets.ts";
import { addClosuresDoor, type ClosuresDoorOptions } from "./roads/closures-door.ts";
import { addCompactDoor, type CompactDoorOptions } from "./roads/compact-door.ts";
import { answerWithinMs, LiveTraffic } from "./roads/live-traffic.ts";
import { submitNear } from "./roads/near-region.ts";
import { RoadClosures } from "./roads/road-closures.ts";
import type { RoadDesk } from "./roads/road-errands.ts";
import { loadRoads, type RoadSource } from "./roads/road-table.ts";
import { addRoadsDoor, type RoadsDoorOptions } from "./roads/roads-door.ts";
import { runOutOf, type ServedOptions, type ServedSite, servedSites } from "./served-sites.ts";
import { Shell, type ShellPorts } from "./shell.ts";
import type { SnapshotPlace } from "./store/fold-keeper.ts";
import { foldVersion } from "./store/fold-version.ts";
import { openStoreThread, type StoreThread } from "./store/store.ts";
import { neighbourSnapshotFile, snapshotFile } from "./store/store-marker.ts";
import type { StoreReads } from "./store/store-reads.ts";
import { startTicks } from "./ticks.ts";

/** To fold so many entries anew takes about a second. */
const snapshotAfterEntries = 100_000;

/** A running process of the region. */
export type Anchor = {
  readonly house: House;
  readonly port: number;
  readonly url: string;
  readonly store: StoreThread;
  /** Resolves when what was stored before the start is folded; until then its boards say that it reads. */
  readonly loaded: Promise<void>;
  readonly stop: () => Promise<void>;
};

export type AnchorOptions = {
  /** Folder with keys, store, settings and charter of this process. */
  readonly dir: string;
  readonly config: AnchorConfig;
  /** The folder that the build of the boards fills. */
  readonly assetsDir: string;
  /** One line for the diary; never the content of a fact. */
  readonly note: (code: string, about: string) => void;
  /** Who is at the boards: a rehearsal leaves a site to the person who plays it. */
  readonly visited?: (visit: Visit) => void;
  readonly clock?: Clock;
};

/** Opens the store, takes the charter in, listens and dials. Every failure is a sentence for the one who started it. */
export async function startAnchor(options: AnchorOptions): Promise<Result<Anchor, string>> {
  const { config, dir } = options;
  if (!isRehearsal(config.region)) {
    return err(
      `Region ${config.region}: until there is access control, only regions named ${rehearsalPrefix}… run.`,
    );
  }
  const data = readRegionData(config.regionData);
  if (!data.ok) return data;
  const others = readNeighbourData(config);
  if (!others.ok) return others;
  let died: ((error: StoreError) => void) | undefined;
  const store = await openStoreThread(join(dir, "store.db"), {
    faults: config.faults,
    onDied: (error) => died?.(error),
  });
  if (!store.ok) return err(store.error.detail);
  const started = await startOn(options, store.value, { data: data.value, others: others.value }, (told) => {
    died = told;
  });
  // An open store would keep the process alive that cannot start.
  if (!started.ok) await store.value.close();
  return started;
}

/** Of our own region, and of others whose folders the settings name. */
type RegionFiles = { readonly data: RegionData; readonly others: ReadonlyMap<Name, RegionData> };

function readNeighbourData({ neighbours }: AnchorConfig): Result<ReadonlyMap<Name, RegionData>, string> {
  const others = new Map<Name, RegionData>();
  for (const [region, { regionData }] of Object.entries(neighbours ?? {})) {
    if (regionData === undefined) continue;
    const data = readRegionData(regionData);
    if (!data.ok) return data;
    others.set(region, data.value);
  }
  return ok(others);
}

async function startOn(
  options: AnchorOptions,
  store: StoreThread,
  { data, others }: RegionFiles,
  whenDied: (told: (error: StoreError) => void) => void,
): Promise<Result<Anchor, string>> {
  const { config, dir, note, assetsDir, visited = () => undefined, clock = systemClock } = options;
  const built = await buildHouse(options, store, clock);
  if (!built.ok) return built;
  const { house, isOfStore } = built.value;
  const neighbours = openNeighbours(options, built.value, store, clock);
  const hubs: ServedOptions["hubs"] = [];
  let closures: RoadClosures | null = null;
  const sockets = new Sockets({ feed: (input) => shell.feed(input), note, random: Math.random });
  let nats: Nats | null = null;
  let dialling: Dialling | null = null;
  const changed = (ofReceipts = false): void => {
    for (const hub of hubs) hub.changed(ofReceipts);
  };
  const changedFacts = (ofReceipts?: boolean): void => {
    changed(ofReceipts);
    nats?.changed();
    dialling?.look();
    closures?.look();
    neighbours.look();
  };
  const identities = readIdentities(dir, config);
  if (!identities.ok) return identities;
  const wires = { clock, connections: sockets, changed: changedFacts, note };
  const ports = { ...wires, store, snapshot: snapshotPlace(join(dir, snapshotFile), isOfStore) };
  const { shell, keys } = shellWithKeys(house, ports, identities.value);
  whenDied((error) => void [shell, neighbours].map((one) => one.storeDied(error)));
  const opened = await shell.open();
  if (!opened.ok) return err(opened.error.detail);
  neighbours.look();
  const charter = takeCharter(dir, shell);
  if (!charter.ok) return charter;
  const carrier = await openNats(options, { taker: shell, reads: store, neighbours, changed });
  if (!carrier.ok) return carrier;
  const listener = await openListener(dir, config.listen);
  if (!listener.ok) return listener;
  const { server, channel, port, url, hosts } = listener.value;
  const names = { people: new People(join(dir, "people.db"), store, note), desks: new DeskNumbers(store) };
  const roads = loadRoads(config.roads?.table, data, note);
  const inForce = closuresOf(house, runOutOf(config, data), clock);
  if (roads.table !== undefined) closures = new RoadClosures({ table: roads.table, inForce, changed, note });
  const traffic = trafficOf(config, data, { clock, changed, note });
  const submit = submitNear(data.region.box, (said) => shell.submit(said));
  const desk = { house, submit, ...closureWordsOf(inForce, () => closures) };
  const view = { data, roads, closures, traffic, clock, stream: () => nats?.stands() ?? null };
  const sites = servedSites({ ...view, ...names, shell, submit, config, visited, note, hubs });
  const api = boardApi({ sites, assetsDir, hosts });
  addRoads(api, sites, { ...desk, roads, data, note, clock, inForce, assetsDir });
  const inside = { shell, keys, neighbours, others, runOut: runOutOf(config, data), clock };
  const takers = addDoors(api, sites, { ...inside, assetsDir });
  watchPages(server, visited);
  server.on("request", getRequestListener(api.fetch));
  sockets.listen(server, channel);
  dialling = startDialling(house, config, sockets, note);
  nats = carrier.value?.start() ?? null;
  const timers = [startTicks(shell, clock), watchBoards([...sites.values()])];
  const errands = openErrands(dir, store, { shell, takers, desk, data, roads });
  const stop = async (): Promise<void> => {
    for (const timer of timers) clearInterval(timer);
    errands.stop();
    closures?.stop();
    traffic?.stop();
    await nats?.stop();
    const left = shell.stop();
    for (const hub of hubs) hub.stop();
    sockets.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    names.people.close();
    await left;
    await neighbours.stop();
    await store.close();
  };
  return ok({ house, port, url, store, loaded: shell.load(), stop });
}

/** What a desk and a page are told of closures. */
function closureWordsOf(closuresInForce: RoadDesk["closuresInForce"], closures: () => RoadClosures | null) {
  const meetsRoad: RoadDesk["meetsRoad"] = (place) => closures()?.meetsRoad(place) ?? null;
  return { closuresInForce, meetsRoad, counted: () => closures()?.counted() ?? null };
}

type Inside = {
  readonly shell: Shell;
  readonly keys: CaseKeys;
  readonly neighbours: Neighbours;
  readonly others: RegionFiles["others"];
  readonly runOut: RunOut;
  readonly clock: Clock;
  readonly assetsDir: string;
};

/** Boards, codes, cases, other regions. Returns who takes packets in, for whatever else brings some. */
function addDoors(
  api: Hono,
  sites: ReadonlyMap<Name, ServedSite>,
  { shell, keys, neighbours, others, runOut, clock, assetsDir }: Inside,
): () => Promise<Takers> {
  const takers = () => neighbours.takers(shell);
  const boards = new Map([...sites].map(([site, { board }]) => [site, board]));
  addSiteBoards(api, { sites: boards, assetsDir, isRehearsal: isRehearsal(shell.house.region) });
  addCodesDoor(api, { takers, sites: new Set(sites.keys()), pageDir: cameraPages(assetsDir) });
  addCaseDoor(api, { shell, keys, hosted: hostedBySite(shell.house) });
  addNeighboursDoor(api, {
    typeOf: (site) => sites.get(site)?.type,
    list: () => neighbours.list(),
    dataOf: (region) => others.get(region),
    ...{ runOut, nowMs: () => clock().wallMs },
  });
  return takers;
}

function openNeighbours(
  { dir, note }: AnchorOptions,
  { house, isOfStore }: BuiltHouse,
  store: StoreThread,
  clock: Clock,
): Neighbours {
  const snapshotOf = (region: Name) => snapshotPlace(join(dir, neighbourSnapshotFile(region)), isOfStore);
  const freeBytes = () => freeBytesOf(dir);
  return new Neighbours({ house, store, clock, note, changed: () => undefined, snapshotOf, freeBytes });
}

type ErrandPorts = {
  readonly shell: Shell;
  readonly takers: () => Promise<Takers>;
  readonly desk: RoadDesk;
  readonly data: RegionData;
  readonly roads: RoadSource;
};

function openErrands(
  dir: string,
  store: StoreThread,
  { shell, takers, desk, data, roads }: ErrandPorts,
): ErrandBox {
  const { region, charter } = shell.house;
  const advice = { data, base: adviceBaseOf(data, roads.table), roadsWith: roadsInThread };
  return new ErrandBox(dir, {
    region,
    authority: charter.authority,
    reads: store,
    backup: (file) => store.backup(file),
    taker: shell,
    takers,
    keys: desk,
    roads: desk,
    advice: () => ok(advice),
  });
}

function startDialling(
  { charter, hosted }: House,
  { dials }: AnchorConfig,
  sockets: Sockets,
  note: AnchorOptions["note"],
): Dialling {
  const dialling = new Dialling({ charter, dials, hosted: new Set(hosted.keys()), sockets, note });
  dialling.look();
  return dialling;
}

type RoadDoors = Omit<
  RoadsDoorOptions & CompactDoorOptions & ClosuresDoorOptions,
  "typeOf" | "nowMs" | "region" | "storing" | "box" | "closuresDir"
>;

function addRoads(
  api: Hono,
  sites: ReadonlyMap<Name, ServedSite>,
  options: RoadDoors & { readonly house: House; readonly clock: Clock; readonly assetsDir: string },
): void {
  const { house, clock, assetsDir } = options;
  const typeOf = (site: Name) => sites.get(site)?.type;
  const doors = { ...options, typeOf, region: house.region, nowMs: () => clock().wallMs };
  addRoadsDoor(api, doors);
  addCompactDoor(api, doors);
  const storing = () => house.writing.storing;
  const { box } = options.data.region;
  addClosuresDoor(api, { ...doors, storing, box, closuresDir: join(assetsDir, "..", "closures") });
}

/** Its answers come in the order in which advice has the hospitals. */
function trafficOf(
  config: AnchorConfig,
  data: RegionData,
  { clock, changed, note }: Pick<ShellPorts, "clock" | "changed" | "note">,
): LiveTraffic | undefined {
  if (config.traffic === undefined) return undefined;
  const { hospitals } = adviceBaseOf(data);
  const asks = { config: config.traffic, hospitals, withinMs: answerWithinMs, changed, note };
  return new LiveTraffic({ ...asks, monoMs: () => clock().monoMs });
}

/** By the clock of the first device here: they all share one. */
function closuresOf(house: House, runOut: RunOut, clock: Clock): () => readonly ClosureView[] {
  const hosted = present([...house.hosted.values()][0], "a process hosts a device");
  return () => closuresInForce(viewContext({ house, hosted, runOut }, clock()));
}

type Nats = {
  readonly changed: () => void;
  readonly stop: () => Promise<void>;
  /** What boards say of our region's stream; null: nothing. */
  readonly stands: () => Words | null;
};

type NatsGround = {
  readonly taker: Taker;
  readonly reads: StoreReads;
  readonly neighbours: Neighbours;
  /** Boards are to be shown anew. */
  readonly changed: () => void;
};

/** The carrier's code, and the client's, are loaded only where settings name servers: our region's, and others' to read. */
async function openNats(
  { dir, config, note }: AnchorOptions,
  { taker, reads, neighbours, changed }: NatsGround,
): Promise<Result<{ readonly start: () => Nats } | null, string>> {
  const others = Object.entries(config.neighbours ?? {}).flatMap(([region, { nats }]) =>
    nats === undefined ? [] : [{ region, nats }],
  );
  if (config.nats === undefined && others.length === 0) return ok(null);
  const { openCarrier, openNeighbourCarrier } = await import("./net/nats/carrier.ts");
  const ports = { note, random: Math.random };
  let words: Words | null = null;
  const stands = (said: Words | null): void => {
    words = said;
    changed();
  };
  const hosted = config.hosted.map(deviceIdOf)[0] ?? "";
  const opened = [
    ...(config.nats === undefined ? [] : [openCarrier(dir, config.nats, { ...ports, taker, reads, stands })]),
    ...others.map(({ region, nats }) =>
      openNeighbourCarrier(
        dir,
        { ...nats, hosted },
        { ...ports, region, takerOf: () => neighbours.takerOf(region) },
      ),
    ),
  ];
  const carriers: NatsCarrier[] = [];
  for (const one of opened) {
    if (!one.ok) return one;
    carriers.push(one.value);
  }
  return ok({ start: () => ({ ...allOf(carriers.map((carrier) => carrier.start())), stands: () => words }) });
}

function allOf(carriers: readonly NatsCarrier[]): Omit<Nats, "stands"> {
  return {
    changed: () => {
      for (const carrier of carriers) carrier.changed();
    },
    stop: async () => void (await Promise.all(carriers.map((carrier) => carrier.stop()))),
  };
}

function snapshotPlace(file: string, isOfStore: boolean): SnapshotPlace {
  return { file, version: foldVersion(), isOfStore, afterEntries: snapshotAfterEntries };
}

/** The folder that the build of the camera page fills, beside that of the boards. */
function cameraPages(assetsDir: string): string {
  return join(assetsDir, "..", "camera");
}

function shellWithKeys(
  house: House,
  ports: Omit<ShellPorts, "wrap">,
  identities: ReadonlyMap<DeviceId, AgeIdentity>,
): { readonly shell: Shell; readonly keys: CaseKeys } {
  const { store, note } = ports;
  const shell = new Shell(house, {
    ...ports,
    wrap: (ask, wrapped) => void keys.wrap(ask).then(wrapped, () => note("cannot-wrap", ask.hosted)),
  });
  const readEntry = (origin: string, index: number) => store.readLeafBytes(origin, index, index + 1);
  const keys = new CaseKeys({ shell, identities, readEntry });
  return { shell, keys };
}

function readIdentities(
  dir: string,
  config: AnchorConfig,
): Result<ReadonlyMap<DeviceId, AgeIdentity>, string> {
  const identities = new Map<DeviceId, AgeIdentity>();
  for (const { site, device } of config.hosted) {
    const identity = readIdentity(dir, site, device);
    if (!identity.ok) return identity;
    if (identity.value !== null) identities.set(deviceIdOf({ site, device }), identity.value);
  }
  return ok(identities);
}

/** Of several devices of one site the first speaks. */
function hostedBySite(house: House): ReadonlyMap<Name, Hosted> {
  const hosted = [...house.hosted.values()].reverse();
  return new Map(hosted.map((device) => [device.site, device]));
}

function takeCharter(dir: string, shell: Shell): Result<undefined, string> {
  const file = join(dir, charterFile);
  if (!existsSync(file)) return ok(undefined);
  const packets = readPacketFile(file);
  if (!packets.ok) return packets;
  for (const bytes of packets.value) shell.feed({ type: "carried", bytes });
  return ok(undefined);
}
