import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { systemClock } from "../anchor/clock.ts";
import { readRegionData } from "../anchor/config.ts";
import { hourMs, minuteMs, secondMs } from "../basics/time.ts";
import type { RegionData } from "../region/region-data.ts";
import { Crowd } from "./crowd.ts";
import { Ledger } from "./ledger.ts";
import { nightHospital, nightProcess, planRehearsal, type RehearsalPlan } from "./plan.ts";
import { preparedCentre } from "./prepared.ts";
import { Processes } from "./processes.ts";
import { host, isSetUp, type RehearsalOptions, setUpRehearsal } from "./setup.ts";

const firstPort = 4710;
const silentFromMs = minuteMs;
const silentUntilMs = 5 * minuteMs;
/** Hospitals say their states again well before an *open* of the region's policy runs out. */
const confirmEveryMs = 30 * minuteMs;
const answerWithinS = 120;
/** The seed of what happens: everybody who starts the rehearsal sees the same calls. */
const seed = 4710;

/** The region as a rehearsal on this machine, until Ctrl-C. Returns the exit code. */
export async function startRehearsal(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { "no-night": { type: "boolean" } } });
  const options = rehearsalOptions(root);
  if (typeof options === "string") return fail(options);
  const taken = await takenPort([...options.ports.values()]);
  if (taken !== null) {
    return fail(
      `Port ${taken} ist belegt: läuft schon eine Probe? / Port ${taken} is taken: is another rehearsal running?`,
    );
  }
  if (!isSetUp(options)) {
    rmSync(options.dir, { recursive: true, force: true });
    const done = setUpRehearsal(options);
    if (!done.ok) return fail(done.error);
  }
  return run(options, root, values["no-night"] !== true);
}

type Ready = RehearsalOptions & { readonly data: RegionData };

function rehearsalOptions(root: string): Ready | string {
  const regionData = join(root, "regions", "rhein-ruhr");
  const data = readRegionData(regionData);
  if (!data.ok) return data.error;
  const plan = planRehearsal(data.value);
  return {
    dir: join(root, ".holdfast", "rehearsal"),
    plan,
    ports: new Map(plan.processes.map(({ id }, i) => [id, firstPort + i])),
    regionData,
    zone: data.value.region.timeZone,
    name: data.value.region.name,
    clock: systemClock,
    data: data.value,
  };
}

async function run(options: Ready, root: string, withNight: boolean): Promise<number> {
  let stopping = false;
  const processes = new Processes({
    dir: options.dir,
    root,
    onDied: (id, how) => {
      if (!stopping) say(diedText(id, how, join(options.dir, id, "diary.txt")));
    },
  });
  const stopped = untilInterrupted();
  const failed = await startAll(processes, options.plan, () => say(welcome(options, withNight)));
  if (failed !== null) {
    processes.killAll();
    return fail(failed);
  }
  const show = withNight ? startShow(options, processes) : null;
  await stopped;
  stopping = true;
  say("\nDie Probe endet. / The rehearsal ends.");
  show?.();
  await processes.stopAll();
  return 0;
}

/** The first board before everything else. Null, or why a process did not come up. */
async function startAll(
  processes: Processes,
  { processes: planned }: RehearsalPlan,
  firstIsUp: () => void,
): Promise<string | null> {
  const [first = "", ...others] = planned.map(({ id }) => id);
  try {
    await processes.start(first);
    firstIsUp();
    await Promise.all(others.map((id) => processes.start(id)));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
}

/** Brings the night to the boards; the returned function ends it. */
function startShow(options: Ready, processes: Processes): () => void {
  const ledger = new Ledger();
  const crowd = new Crowd({
    ...options,
    seed,
    ledger,
    watched: [],
    // In Düsseldorf the person at the board decides.
    decides: (centre) => centre !== preparedCentre,
    confirmEveryMs,
    answerWithinS,
    aheadMs: 24 * hourMs,
  });
  crowd.sitDown();
  const timers: NodeJS.Timeout[] = [];
  const later = (ms: number, act: () => Promise<void>): void => {
    timers.push(setTimeout(() => void act().catch((error) => say(String(error))), ms));
  };
  later(0, () => beginNight(crowd));
  // The prepared missions set out late enough that none has arrived when the hospital falls silent.
  later(silentFromMs - 20 * secondMs, () => crowd.openPrepared());
  later(silentFromMs, async () => {
    crowd.hospitals.leave(nightHospital);
    await processes.kill(nightProcess);
    say(silentText);
  });
  later(silentUntilMs, async () => {
    await processes.start(nightProcess);
    say(backText);
  });
  return () => {
    for (const timer of timers) clearTimeout(timer);
    crowd.leave();
  };
}

async function beginNight(crowd: Crowd): Promise<void> {
  for (const [centre, dispatcher] of crowd.dispatchers) {
    const board = crowd.board(centre);
    await board.until(({ own }) => own !== null, minuteMs);
    // What an earlier rehearsal left under way has no crew any more.
    for (const row of [...board.missions.values()]) {
      if (row.owners.includes(centre)) await dispatcher.close(row);
    }
  }
  await crowd.hospitals.reportAll();
  crowd.hospitals.startConfirming();
  await crowd.startCalls();
}

/** The first of these ports on which another program listens, or null. */
async function takenPort(ports: readonly number[]): Promise<number | null> {
  for (const port of ports) {
    const free = await new Promise<boolean>((resolve) => {
      const server = createServer();
      server.once("error", () => resolve(false));
      server.listen(port, host, () => server.close(() => resolve(true)));
    });
    if (!free) return port;
  }
  return null;
}

function welcome({ data, ports }: Ready, withNight: boolean): string {
  const boards = data.region.controlCentres.map(
    ({ id, name }) => `  ${name.padEnd(24)} http://${host}:${ports.get(id)}/dispatch/${id}`,
  );
  return [
    "",
    `Holdfast: Probe der Region ${data.region.name} / rehearsal of the region ${data.region.name}`,
    ...boards,
    "",
    ...(withNight ? nightLines : []),
    "Strg-C beendet die Probe. / Ctrl-C ends the rehearsal.",
  ].join("\n");
}

const nightLines = [
  "In etwa einer Minute verstummt die Uniklinik Düsseldorf, während Einsätze dorthin unterwegs sind:",
  "die Tafel der Leitstelle Düsseldorf fragt, wohin; Sie wählen und bestätigen. Nach vier Minuten ist sie wieder da.",
  "In about a minute Düsseldorf University Hospital falls silent while missions are under way to it:",
  "the board of the Düsseldorf centre asks where to; you select and confirm. After four minutes it is back.",
  "",
];

const silentText =
  "Die Uniklinik Düsseldorf ist gerade ausgefallen. / Düsseldorf University Hospital has just failed.";
const backText =
  "Die Uniklinik Düsseldorf ist wieder gestartet. / Düsseldorf University Hospital has started again.";

function diedText(id: string, how: string, diary: string): string {
  return `Der Prozess „${id}“ ist unerwartet beendet (${how}); siehe ${diary}. / The process "${id}" ended unexpectedly (${how}); see ${diary}.`;
}

function say(text: string): void {
  console.log(text);
}

function fail(sentence: string): number {
  console.error(`holdfast: ${sentence}`);
  return 1;
}
