import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { startAnchor } from "./anchor/anchor.ts";
import { visitLine } from "./anchor/boards/visits.ts";
import { systemClock } from "./anchor/clock.ts";
import { readConfig } from "./anchor/config.ts";
import {
  addDevices,
  addSitesOfFile,
  endDevice,
  endNeighbour,
  exportCharter,
  initAuthority,
  nameNeighbour,
  setReach,
} from "./anchor/keys/authority.ts";
import { caseUsage, runCaseCommand } from "./anchor/keys/case-commands.ts";
import { addRecipient, initDevice } from "./anchor/keys/enrol.ts";
import { recoverAuthority } from "./anchor/keys/recovery.ts";
import { isLoopback } from "./anchor/net/listener.ts";
import { runStoreCommand, storeCommandUsages } from "./anchor/store-commands.ts";
import { isName } from "./basics/name.ts";
import type { Result } from "./basics/result.ts";
import { roadsUsage } from "./roadworks/usage.ts";

/** What a command line asks for, or how it ended. */
type Command = {
  readonly usage: string;
  readonly run: (args: readonly string[]) => Promise<number> | number;
};

const root = fileURLToPath(new URL("..", import.meta.url));
const assetsDir = join(root, "dist", "boards");

const commands: { readonly [name: string]: Command } = {
  start: {
    usage: "start                                    the region Rhein-Ruhr as a rehearsal on this machine",
    run: async (args) => (await import("./rehearsal/start.ts")).startRehearsal(args, root),
  },
  night: {
    usage:
      "night --json [--fault kill|freeze|cut] [--seed N]   the night of 10 September with real processes; also --seeds N,N --short --loaded|--shared --keep",
    run: async (args) => (await import("./rehearsal/night.ts")).runNight(args, root),
  },
  drill: {
    usage:
      "drill seeds [--count N] [--seed N] [--json]         the simulated region; drill lossy-hours: a day under loss; drill day: what steering comes to",
    run: async (args) => (await import("./drill/command.ts")).runDrill([...args]),
  },
  roads: {
    usage: roadsUsage,
    run: async (args) => (await import("./roadworks/command.ts")).runRoads(args),
  },
  anchor: {
    usage: "anchor DIR [--child]                     runs the process whose settings lie in DIR",
    run: runAnchor,
  },
  device: {
    usage:
      "device init|recipient DIR --region R --site S --device D [--mobile]   makes keys, or gives older ones a recipient for keys of cases; prints the request line",
    run: runDevice,
  },
  authority: {
    usage: [
      "authority init DIR --region R --site S --device D --zone Z --name N",
      "authority add-sites DIR FILE.json",
      "authority add-devices DIR FILE           one request line a row, addresses behind a tab",
      "authority reach DIR --site S --device D [--address WSS-URL]... [--relay SITE/DEVICE]...",
      "authority end-device DIR --site S --device D [--log L --size N --root HEX]",
      "authority neighbour DIR --key VKEY       another region, by its authority's key: its logs may be brought here",
      "authority end-neighbour DIR --region R   nothing new of it is taken",
      "authority export DIR FILE                writes the charter for every device",
      "authority recover DIR --recovery FOLDER --charter FILE --key VKEY --device D [--log L --size N]",
      "                                         a new authority in DIR, named by the recovery key; VKEY is the one that devices are configured with",
    ].join("\n  "),
    run: runAuthority,
  },
  prove: storeCommand("prove"),
  keys: storeCommand("keys"),
  verify: storeCommand("verify"),
  export: storeCommand("export"),
  carry: storeCommand("carry"),
  backup: storeCommand("backup"),
  restore: storeCommand("restore"),
  explain: storeCommand("explain"),
  announce: storeCommand("announce"),
  case: {
    usage: caseUsage,
    run: async (args) => printResult(await runCaseCommand(args, () => readFileSync(0, "utf8"))),
  },
};

/** A command that reads a store or brings something to it. What it prints may be a file: nothing is added to it. */
function storeCommand(name: keyof typeof storeCommandUsages): Command {
  return {
    usage: storeCommandUsages[name],
    run: async (args) => printResult(await runStoreCommand(name, args)),
  };
}

function printResult(result: Result<string, string>): number {
  if (!result.ok) return fail(result.error);
  process.stdout.write(result.value.endsWith("\n") ? result.value : `${result.value}\n`);
  return 0;
}

async function main(args: readonly string[]): Promise<number> {
  const [name = "", ...rest] = args;
  const command = commands[name];
  if (command !== undefined) return runOrExplain(command, rest);
  console.error(
    `usage: holdfast COMMAND\n  ${Object.values(commands)
      .map(({ usage }) => usage)
      .join("\n  ")}`,
  );
  return 2;
}

/** A mistake in the command line is a sentence and the command's usage; anything else that is thrown is a broken invariant. */
async function runOrExplain(command: Command, args: readonly string[]): Promise<number> {
  try {
    return await command.run(args);
  } catch (error) {
    const sentence = sentenceOnArgs(error);
    if (sentence === null) throw error;
    console.error(`holdfast: ${sentence}\nusage: holdfast ${command.usage}`);
    return 2;
  }
}

/** What is wrong with the arguments when Node itself says that of them; null: the error is about something else. */
function sentenceOnArgs(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  if (error.code === "ERR_SOCKET_BAD_PORT") return "Ports are whole numbers up to 65535.";
  return String(error.code).startsWith("ERR_PARSE_ARGS_") ? error.message : null;
}

async function runAnchor(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, { child: { type: "boolean" } });
  const [dir] = positionals;
  if (dir === undefined) return fail("anchor needs the folder of the process.");
  const config = readConfig(dir);
  if (!config.ok) return fail(config.error);
  const { host } = config.value.listen;
  if (!isLoopback(host))
    console.error(
      `holdfast: listening on ${host}. There is no access control yet: whoever reaches this port can read and write.`,
    );
  const anchor = await startAnchor({
    dir,
    config: config.value,
    assetsDir,
    note: noteTo(console.error),
    ...(values.child === true ? { visited: (visit) => console.log(visitLine(visit)) } : {}),
  });
  if (!anchor.ok) return fail(anchor.error);
  console.log(`listening on ${anchor.value.url}`);
  await new Promise<void>((resolve) => {
    process.once("SIGTERM", resolve);
    // A child of a rehearsal is ended by it, not by the terminal; and it does not outlive it, however that ended.
    process.on("SIGINT", () => (values.child === true ? undefined : resolve()));
    if (values.child === true) process.stdin.resume().once("close", resolve);
  });
  await anchor.value.stop();
  process.stdin.destroy();
  return 0;
}

/** The diary of a process: what was refused and why. It never holds the content of a fact. */
function noteTo(write: (line: string) => void): (code: string, about: string) => void {
  return (code, about) => write(`${new Date().toISOString()} ${code} ${about}`);
}

function runDevice([verb, ...args]: readonly string[]): number {
  const { values, positionals } = parse(args, {
    region: { type: "string" },
    site: { type: "string" },
    device: { type: "string" },
    mobile: { type: "boolean" },
  });
  const [dir] = positionals;
  const { region = "", site = "", device = "" } = values;
  const ask = verb === "init" ? initDevice : verb === "recipient" ? addRecipient : null;
  if (ask === null || dir === undefined || ![region, site, device].every(isName)) return usage("device");
  const roles = [values.mobile === true ? ("mobile" as const) : ("anchor" as const)];
  const request = ask(dir, { region, site, device, roles });
  if (!request.ok) return fail(request.error);
  console.log(request.value);
  return 0;
}

function runAuthority([verb, ...args]: readonly string[]): number {
  const { values, positionals } = parse(args, {
    region: { type: "string" },
    site: { type: "string" },
    device: { type: "string" },
    zone: { type: "string" },
    name: { type: "string" },
    key: { type: "string" },
    log: { type: "string" },
    size: { type: "string" },
    root: { type: "string" },
    recovery: { type: "string" },
    charter: { type: "string" },
    address: { type: "string", multiple: true },
    relay: { type: "string", multiple: true },
  });
  const [dir, file] = positionals;
  const { region = "", site = "", device = "", zone = "Europe/Berlin", name = region } = values;
  if (dir === undefined) return usage("authority");
  switch (verb) {
    case "init":
      return report(initAuthority(dir, { region, site, device, zone, name }, systemClock));
    case "add-sites":
      return file === undefined ? usage("authority") : report(addSitesOfFile(dir, file, systemClock));
    case "add-devices":
      return file === undefined ? usage("authority") : report(addDevices(dir, deviceRows(file), systemClock));
    case "reach":
      return report(
        setReach(
          dir,
          { site, device, addresses: values.address ?? [], relays: values.relay ?? [] },
          systemClock,
        ),
      );
    case "end-device": {
      const end = {
        site,
        device,
        log: values.log ?? null,
        size: Number(values.size ?? 0),
        root: values.root ?? emptyRoot,
      };
      return report(endDevice(dir, end, systemClock));
    }
    case "neighbour":
      return report(nameNeighbour(dir, values.key ?? "", systemClock));
    case "end-neighbour":
      return report(endNeighbour(dir, region, systemClock));
    case "export":
      return file === undefined ? usage("authority") : report(exportCharter(dir, file, systemClock));
    case "recover": {
      const { recovery, charter, key, log, size } = values;
      if (recovery === undefined || charter === undefined || key === undefined) return usage("authority");
      const past = {
        ...(log === undefined ? {} : { log }),
        ...(size === undefined ? {} : { size: Number(size) }),
      };
      return report(recoverAuthority(dir, { recovery, charter, key, device, ...past }, systemClock));
    }
    default:
      return usage("authority");
  }
}

/** SHA-256 of nothing: the root of a log without entries. */
const emptyRoot = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

function deviceRows(file: string): Parameters<typeof addDevices>[1] {
  const rows = readFileSync(file, "utf8")
    .split("\n")
    .filter((row) => row.trim() !== "");
  return rows.map((row) => {
    const [request = "", ...addresses] = row.split("\t");
    return { request, addresses };
  });
}

function parse<O extends ParseArgsOptionsConfig>(args: readonly string[], options: O) {
  return parseArgs({ args: [...args], options, allowPositionals: true });
}

function report(
  result:
    | { readonly ok: true; readonly value: string | undefined }
    | { readonly ok: false; readonly error: string },
): number {
  if (!result.ok) return fail(result.error);
  if (result.value !== undefined) console.log(result.value);
  return 0;
}

function usage(command: string): number {
  return fail(`usage: holdfast ${commands[command]?.usage ?? ""}`);
}

function fail(sentence: string): number {
  console.error(`holdfast: ${sentence}`);
  return 1;
}

process.exitCode = await main(process.argv.slice(2));
