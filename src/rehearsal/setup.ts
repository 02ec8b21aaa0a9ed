import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../anchor/clock.ts";
import { type AnchorConfig, charterFile, writeConfig } from "../anchor/config.ts";
import {
  addDevices,
  addSites,
  exportCharter,
  initAuthority,
  type NewDevice,
} from "../anchor/keys/authority.ts";
import { initDevice } from "../anchor/keys/enrol.ts";
import { exchangePath } from "../anchor/net/sockets.ts";
import { present } from "../basics/assert.ts";
import { type DeviceId, deviceIdOf } from "../basics/name.ts";
import { err, ok, type Result } from "../basics/result.ts";
import type { ProcessPlan, RehearsalPlan } from "./plan.ts";

export type RehearsalOptions = {
  /** Folder of the whole rehearsal; one folder a process inside. */
  readonly dir: string;
  readonly plan: RehearsalPlan;
  /** Port of each process on loopback, by its id. */
  readonly ports: ReadonlyMap<string, number>;
  /** Where one process dials another, by {@link doorOf}, if not at its own port: at a proxy that can be cut. */
  readonly doors?: ReadonlyMap<string, number>;
  readonly regionData: string;
  readonly zone: string;
  readonly name: string;
  readonly policy?: AnchorConfig["policy"];
  readonly clock: Clock;
};

/** Everything of a rehearsal listens here. */
export const host = "127.0.0.1";

/** The way from one process to another. */
export function doorOf(from: string, to: string): string {
  return `${from}>${to}`;
}

/**
 * Founds a region with a throw-away authority and enrols every process through the functions behind the commands
 * that a real region uses: keys are made where they stay, request lines travel, the charter comes back as a file.
 */
export function setUpRehearsal(options: RehearsalOptions): Result<undefined, string> {
  const { dir, plan, clock } = options;
  const authorityDir = join(dir, "authority");
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, markFile), "");
  const start = {
    region: plan.region,
    site: "authority",
    device: "desk",
    zone: options.zone,
    name: options.name,
  };
  const authority = initAuthority(authorityDir, start, clock);
  if (!authority.ok) return authority;
  const sites = addSites(authorityDir, plan.sites, clock);
  if (!sites.ok) return sites;
  const requests = requestLines(options);
  if (!requests.ok) return requests;
  const enrolled = addDevices(authorityDir, requests.value, clock);
  if (!enrolled.ok) return enrolled;
  const charter = join(dir, charterFile);
  const exported = exportCharter(authorityDir, charter, clock);
  if (!exported.ok) return exported;
  for (const process of plan.processes) {
    writeFileSync(join(dir, process.id, charterFile), readFileSync(charter));
    writeConfig(join(dir, process.id), configOf(options, process, authority.value));
  }
  writeFileSync(join(dir, planFile), planText(options));
  return ok(undefined);
}

const planFile = "plan.json";
/** Lies in every folder that a rehearsal has begun to fill: only such a folder is ever emptied. */
const markFile = "rehearsal.mark";

/**
 * Takes away an earlier rehearsal, so that a new one can be founded there. A folder that holds anything else is left
 * as it is, with a sentence.
 */
export function emptyRehearsal(dir: string): Result<undefined, string> {
  const isOurs = [planFile, markFile].some((file) => existsSync(join(dir, file)));
  if (existsSync(dir) && !isOurs && readdirSync(dir).length > 0)
    return err(
      `${dir} holds something that is no rehearsal. Name an empty folder or one that does not exist yet.`,
    );
  rmSync(dir, { recursive: true, force: true });
  return ok(undefined);
}

/** Whether this folder holds exactly this rehearsal, set up to its end. */
export function isSetUp(options: RehearsalOptions): boolean {
  try {
    return readFileSync(join(options.dir, planFile), "utf8") === planText(options);
  } catch {
    return false;
  }
}

function planText({ plan, ports, doors, regionData, policy }: RehearsalOptions): string {
  return JSON.stringify({ plan, ports: [...ports], doors: [...(doors ?? [])], regionData, policy });
}

function requestLines({ dir, plan, ports }: RehearsalOptions): Result<readonly NewDevice[], string> {
  const requests: NewDevice[] = [];
  for (const process of plan.processes) {
    const processDir = join(dir, process.id);
    mkdirSync(processDir, { recursive: true, mode: 0o700 });
    for (const { site, device, mobile } of process.hosted) {
      const roles = [mobile ? ("mobile" as const) : ("anchor" as const)];
      const request = initDevice(processDir, { region: plan.region, site, device, roles });
      if (!request.ok) return request;
      requests.push({ request: request.value, addresses: mobile ? [] : [urlOf(portOf(ports, process.id))] });
    }
  }
  return ok(requests);
}

function configOf(options: RehearsalOptions, process: ProcessPlan, authority: string): AnchorConfig {
  const { plan, ports, regionData, policy = {} } = options;
  const homes = new Map<DeviceId, string>();
  for (const { id, hosted } of plan.processes) for (const device of hosted) homes.set(deviceIdOf(device), id);
  return {
    region: plan.region,
    authority,
    listen: { host, port: portOf(ports, process.id) },
    regionData,
    hosted: process.hosted.map((device) => ({ ...device })),
    dials: process.dials.map(({ hosted, peer }) => ({
      hosted,
      peer,
      url: urlOf(portTo(options, process.id, present(homes.get(peer), "a peer lives in a process"))),
    })),
    policy,
    faults: true,
  };
}

function portOf(ports: ReadonlyMap<string, number>, process: string): number {
  return present(ports.get(process), `process ${process} has a port`);
}

function portTo({ ports, doors }: RehearsalOptions, from: string, to: string): number {
  return doors?.get(doorOf(from, to)) ?? portOf(ports, to);
}

function urlOf(port: number): string {
  return `ws://${host}:${port}${exchangePath}`;
}
