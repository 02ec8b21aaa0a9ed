import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import * as v from "valibot";
import { adviceBaseOf } from "../advice/region-base.ts";
import { isDeviceId, isName } from "../basics/name.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { minuteMs } from "../basics/time.ts";
import { type CaseId, isCaseId } from "../log/sealed.ts";
import { parseVkey, type Vkey } from "../log/vkey.ts";
import { systemClock } from "./clock.ts";
import { readConfig, readRegionData } from "./config.ts";
import { nodeCrypto } from "./crypto-node.ts";
import { type Errand, runErrand } from "./errand.ts";
import { askAnchor } from "./errand-box.ts";
import type { AdviceFiles } from "./explain/explain.ts";
import { roadsInThread } from "./explain/roads-then.ts";
import { verifyText } from "./proofs/verify.ts";
import { loadRoads } from "./roads/road-table.ts";
import { copyStore, restoreStore } from "./store/store-backup.ts";
import { openStore } from "./store/store-sqlite.ts";

/*
 * The commands that read a store or bring something to it. DIR is the folder of a process or of an authority; an
 * anchor that is running there does the errand itself.
 */

export const storeCommandUsages = {
  prove: "prove DIR LOG#INDEX > X.tlog-proof         that a fact stands in a log, and who held it",
  keys: "keys DIR > KEYS                          the charter's keys, for verify",
  verify: "verify X.tlog-proof --keys KEYS [--entry FILE]   needs no server and no store",
  export: "export DIR LOG OUT                       one log as C2SP tlog-tiles files",
  carry: [
    "carry out DIR FILE [--to SITE/DEVICE] [--site S]... [--minutes N]   packets for a stick",
    "carry show DIR FILE.html [as for out]     the same as QR codes, on a page of their own",
    "          ... --case C --by ROLE#N       with the key of one case, for the device that --to names",
    "carry in DIR FILE...                     takes packets, or codes as zbarcam prints them; the anchor is running",
  ].join("\n  "),
  backup: "backup DIR FILE                          the store as it is now, also while its process runs",
  restore: "restore FILE DIR                         puts a backup in the place of a store that nobody uses",
  explain:
    "explain DIR MISSION [--json] [--language de|en]   the advice that was acted on, anew from what was known then",
  announce: "announce DIR --back-in MINUTES | --withdrawn   a planned restart, told to all peers",
} as const;

/** A longer absence is no restart. */
const announcedMinutesMax = 240;

export type StoreCommand = keyof typeof storeCommandUsages;

/** @returns what is printed; an error is a sentence. */
export async function runStoreCommand(
  command: StoreCommand,
  args: readonly string[],
): Promise<Result<string, string>> {
  try {
    return await handlers[command](args);
  } catch (error) {
    // parseArgs throws a sentence about the option that it does not know.
    return err(error instanceof Error ? error.message : String(error));
  }
}

type Handler = (args: readonly string[]) => Promise<Result<string, string>> | Result<string, string>;

const handlers: { readonly [Command in StoreCommand]: Handler } = {
  prove: (args) => {
    const [dir, fact] = positionalsOf(args);
    return dir === undefined || fact === undefined ? usage("prove") : atStore(dir, { verb: "prove", fact });
  },
  keys: (args) => {
    const [dir] = positionalsOf(args);
    return dir === undefined ? usage("keys") : atStore(dir, { verb: "keys" });
  },
  export: (args) => {
    const [dir, log, out] = positionalsOf(args);
    if (dir === undefined || log === undefined || out === undefined) return usage("export");
    return atStore(dir, { verb: "export", log, dir: resolve(out) });
  },
  verify,
  carry,
  backup: (args) => {
    const [dir, file] = positionalsOf(args);
    if (dir === undefined || file === undefined) return usage("backup");
    return atStore(dir, { verb: "backup", file: resolve(file) });
  },
  restore: (args) => {
    const [file, dir] = positionalsOf(args);
    return file === undefined || dir === undefined ? usage("restore") : restoreStore(file, dir);
  },
  explain,
  announce,
};

function explain(args: readonly string[]): ReturnType<Handler> {
  const options = { json: { type: "boolean" }, language: { type: "string" } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [dir, mission] = positionals;
  const { json = false, language = "de" } = values;
  if (dir === undefined || mission === undefined) return usage("explain");
  if (language !== "de" && language !== "en") return err("--language is de or en.");
  return atStore(dir, { verb: "explain", mission, json, language });
}

function announce(args: readonly string[]): ReturnType<Handler> {
  const options = { "back-in": { type: "string" }, withdrawn: { type: "boolean" } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [dir] = positionals;
  const backIn = values["back-in"];
  if (dir === undefined || (backIn === undefined) !== (values.withdrawn === true)) return usage("announce");
  if (backIn === undefined) return atStore(dir, { verb: "announce", backByMs: null });
  const minutes = Number(backIn);
  if (!(minutes > 0 && minutes <= announcedMinutesMax))
    return err(`--back-in is above 0 and at most ${announcedMinutesMax} minutes.`);
  return atStore(dir, { verb: "announce", backByMs: Math.round(systemClock().wallMs + minutes * minuteMs) });
}

function verify(args: readonly string[]): Result<string, string> {
  const options = { keys: { type: "string" }, entry: { type: "string" } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [file] = positionals;
  if (file === undefined || values.keys === undefined) return usage("verify");
  const [proof, keys] = [textOf(file), textOf(values.keys)];
  if (!proof.ok) return proof;
  if (!keys.ok) return keys;
  if (values.entry === undefined) return verifyText(proof.value, keys.value);
  try {
    return verifyText(proof.value, keys.value, readFileSync(values.entry));
  } catch {
    return err(`${values.entry} cannot be read.`);
  }
}

async function carry([verb, ...args]: readonly string[]): Promise<Result<string, string>> {
  const options = {
    to: { type: "string" },
    site: { type: "string", multiple: true },
    minutes: { type: "string" },
    case: { type: "string" },
    by: { type: "string" },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [dir, file, ...more] = positionals;
  if (dir === undefined || file === undefined) return usage("carry");
  if (verb === "in") return carryIn(dir, [file, ...more]);
  if ((verb !== "out" && verb !== "show") || more.length > 0) return usage("carry");
  const { to = null, site: sites = [], minutes } = values;
  const ageMs = minutes === undefined ? null : Number(minutes) * minuteMs;
  if (to !== null && !isDeviceId(to)) return err(`"${to}" is no device, as ukd/box is one.`);
  if (!sites.every(isName)) return err("A site is named with a-z, 0-9 and -.");
  if (ageMs !== null && !(ageMs > 0)) return err("--minutes is a number above 0.");
  const sinceMs = ageMs === null ? null : systemClock().wallMs - ageMs;
  const key = keyOf(values.case, values.by);
  if (!key.ok) return key;
  return atStore(dir, { verb: `carry-${verb}`, file: resolve(file), to, sites, sinceMs, key: key.value });
}

/** Null: no key of a case is carried. */
function keyOf(id: string | undefined, by = ""): Result<{ case: CaseId; by: string } | null, string> {
  if (id === undefined) return ok(null);
  return isCaseId(id) ? ok({ case: id, by }) : err(`"${id}" is no case, as \`case list\` prints them.`);
}

/** One file after the other: a file that is refused leaves the others as they are. */
async function carryIn(dir: string, files: readonly string[]): Promise<Result<string, string>> {
  const said: string[] = [];
  for (const file of files) {
    const taken = await atStore(dir, { verb: "carry-in", file: resolve(file) });
    if (!taken.ok) return err([...said, taken.error].join("\n"));
    said.push(`${file}: ${taken.value}`);
  }
  return ok(said.join("\n"));
}

/** Lets the anchor do the errand that holds the store in `dir`; where none does, it is done here. */
export async function atStore(dir: string, errand: Errand): Promise<Result<string, string>> {
  const keys = regionOf(dir);
  if (!keys.ok) return keys;
  const path = join(dir, "store.db");
  if (!existsSync(path)) return err(`There is no store in ${dir}.`);
  const answer = await askAnchor(dir, errand, "soon");
  if (answer !== null) return answer;
  const store = openStore(path);
  if (!store.ok && store.error.code === "in-use")
    return (await askAnchor(dir, errand, "busy")) ?? err(`The process that holds ${path} takes no errands.`);
  if (!store.ok) return err(store.error.detail);
  try {
    const backup = (file: string) => copyStore(store.value.database, file);
    return await runErrand(errand, {
      ...{ ...keys.value, reads: store.value, backup },
      ...{ taker: null, takers: null, keys: null, roads: null, advice: () => adviceFilesOf(dir) },
    });
  } finally {
    store.value.close();
  }
}

/** The region's files and road table as the settings in `dir` name them. */
function adviceFilesOf(dir: string): Result<AdviceFiles, string> {
  const config = readConfig(dir);
  if (!config.ok) return config;
  const data = readRegionData(config.value.regionData);
  if (!data.ok) return data;
  const { table } = loadRoads(config.value.roads?.table, data.value, () => undefined);
  return ok({ data: data.value, base: adviceBaseOf(data.value, table), roadsWith: roadsInThread });
}

const anchorSettings = v.object({ region: v.pipe(v.string(), v.check(isName)), authority: v.string() });
const authoritySettings = v.object({ region: v.pipe(v.string(), v.check(isName)), vkey: v.string() });

/** The region and the authority's key, as the settings in `dir` name them. */
function regionOf(dir: string): Result<{ readonly region: string; readonly authority: Vkey }, string> {
  const anchor = v.safeParse(anchorSettings, jsonOf(join(dir, "anchor.json")));
  const desk = v.safeParse(authoritySettings, jsonOf(join(dir, "authority.json")));
  const found = anchor.success
    ? anchor.output
    : desk.success
      ? { region: desk.output.region, authority: desk.output.vkey }
      : null;
  if (found === null) return err(`${dir} is the folder of no anchor and no authority.`);
  const authority = parseVkey(nodeCrypto.sha256, found.authority);
  if (!authority.ok) return err("The authority's key in the settings cannot be read.");
  return ok({ region: found.region, authority: authority.value });
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function textOf(file: string): Result<string, string> {
  try {
    return ok(readFileSync(file, "utf8"));
  } catch {
    return err(`${file} cannot be read.`);
  }
}

function positionalsOf(args: readonly string[]): readonly string[] {
  return parseArgs({ args: [...args], allowPositionals: true }).positionals;
}

function usage(command: StoreCommand): Result<never, string> {
  return err(`usage: holdfast ${storeCommandUsages[command]}`);
}
