import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { systemClock } from "../anchor/clock.ts";
import { readRegionData } from "../anchor/config.ts";
import { Live, type LiveOptions } from "./live.ts";
import { Page } from "./page.ts";
import { planRehearsal } from "./plan.ts";
import { freePorts, takenPort } from "./ports.ts";
import { doorOf, host } from "./setup.ts";
import { waysWithDoors } from "./ways.ts";

/** Of the page; processes and doors follow. */
const usualPort = 4710;
const page = "page";

/** The region as a rehearsal on this machine, until Ctrl-C. Returns the exit code. */
export async function startRehearsal(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      "no-night": { type: "boolean" },
      /** 0: any that are free. */
      port: { type: "string", default: String(usualPort) },
      dir: { type: "string", default: join(root, ".holdfast", "rehearsal") },
      region: { type: "string", default: join(root, "regions", "rhein-ruhr") },
    },
  });
  const options = await liveOptions(root, resolve(values.dir), resolve(values.region), Number(values.port));
  if (typeof options === "string") return fail(options);
  const taken = await takenPort([...options.ports.values(), ...options.doors.values()]);
  if (taken !== null) {
    return fail(
      `Port ${taken} ist belegt: läuft schon eine Probe? / Port ${taken} is taken: is another rehearsal running?`,
    );
  }
  return run({ ...options, withNight: values["no-night"] !== true }, join(root, "dist", "rehearsal"));
}

type Ready = Omit<LiveOptions, "withNight" | "isPageOpen" | "say">;

async function liveOptions(
  root: string,
  dir: string,
  regionData: string,
  firstPort: number,
): Promise<Ready | string> {
  const data = readRegionData(regionData);
  if (!data.ok) return data.error;
  const plan = planRehearsal(data.value);
  const processes = [page, ...plan.processes.map(({ id }) => id)];
  const doors = waysWithDoors(plan).map(([from, to]) => doorOf(from, to));
  const ids = [...processes, ...doors];
  const ports = firstPort === 0 ? await freePorts(ids) : new Map(ids.map((id, i) => [id, firstPort + i]));
  return {
    dir,
    root,
    plan,
    ports: portsOf(processes, ports),
    doors: portsOf(doors, ports),
    regionData,
    zone: data.value.region.timeZone,
    name: data.value.region.name,
    clock: systemClock,
    data: data.value,
  };
}

function portsOf(ids: readonly string[], ports: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  return new Map([...ports].filter(([id]) => ids.includes(id)));
}

async function run(options: Ready & { readonly withNight: boolean }, assetsDir: string): Promise<number> {
  let isInterrupted = false;
  const stopped = untilInterrupted().then(() => {
    isInterrupted = true;
  });
  const live: Live = new Live({ ...options, isPageOpen: () => shown.isOpen, say });
  const shown = new Page({ assetsDir, view: () => live.view(), obey: (order) => live.obey(order) });
  say(greeting(options, await shown.listen(options.ports.get(page) ?? usualPort)));
  const failed = await live.start(() => say(welcome(options)));
  if (failed === null) await stopped;
  // Ctrl-C reaches the processes that are still starting too: then that they ended is no failure.
  else if (!isInterrupted) console.error(`holdfast: ${failed}`);
  say("\nDie Probe endet. / The rehearsal ends.");
  shown.close();
  await live.end();
  return failed === null || isInterrupted ? 0 : 1;
}

function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
}

function greeting({ data }: Ready, address: string): string {
  return [
    "",
    `Holdfast: Probe der Region ${data.region.name} / rehearsal of the region ${data.region.name}`,
    `  ${"Probe / rehearsal".padEnd(24)} ${address}`,
  ].join("\n");
}

function welcome({ data, ports, withNight }: Ready & { readonly withNight: boolean }): string {
  const boards = data.region.controlCentres.map(
    ({ id, name }) => `  ${name.padEnd(24)} http://${host}:${ports.get(id)}/dispatch/${id}`,
  );
  return [
    ...boards,
    "",
    ...(withNight ? nightLines : []),
    "Strg-C beendet die Probe. / Ctrl-C ends the rehearsal.",
  ].join("\n");
}

const nightLines = [
  "Die Seite der Probe führt in fünf Schritten durch die Nacht. Ohne sie verstummt die Uniklinik Düsseldorf etwa eine",
  "Minute, nachdem die Tafel der Leitstelle Düsseldorf geöffnet wurde, während Einsätze dorthin unterwegs sind; nach vier",
  "Minuten ist sie wieder da.",
  "The rehearsal's page leads through the night in five steps. Without it Düsseldorf University Hospital falls silent",
  "about a minute after the board of Leitstelle Düsseldorf was opened, while missions are under way to it; after four",
  "minutes it is back.",
  "",
];

function say(text: string): void {
  console.log(text);
}

function fail(sentence: string): number {
  console.error(`holdfast: ${sentence}`);
  return 1;
}
