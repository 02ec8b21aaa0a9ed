import type { Name, Origin } from "../basics/name.ts";
import type { Now } from "../basics/time.ts";
import { deviceVersions } from "../exchange/device-versions.ts";
import { vectorParts } from "../exchange/vector.ts";
import { sendPacket, speaks } from "./exchange/link.ts";
import { siteLogsEveryMs, sitesAskedMax } from "./limits.ts";
import type { House, Link, Out } from "./state.ts";

/** The version of packets that brought a digest for ended epochs, and the question for the logs behind it. */
const devicesVersion = 3;

/**
 * Tells a peer how far we hold the logs of a site, at most once a second. Where a device has earlier epochs, a peer
 * that knows the form is told one digest of them.
 */
export function sendSiteLogs(house: House, link: Link, site: Name, now: Now, out: Out): void {
  if (!speaks(link, devicesVersion)) return sendEachLog(house, link, site, now, out);
  const devices = deviceVersions(house.ports.crypto.sha256, house.vector.siteLogs(site));
  if (![...devices.values()].some(({ ended }) => ended !== undefined))
    return sendEachLog(house, link, site, now, out);
  if (!mayTell(link, `devices ${site}`, now)) return;
  for (const { range, members } of vectorParts(devices))
    sendPacket(link, { type: "vector", head: { level: "devices", site, devices: members, ...range } }, out);
}

/** The same log by log, ended epochs too. */
export function sendEachLog(house: House, link: Link, site: Name, now: Now, out: Out): void {
  if (!mayTell(link, `logs ${site}`, now)) return;
  for (const { range, members } of vectorParts(house.vector.siteLogs(site))) {
    const logs: Record<Origin, [number, string]> = {};
    for (const [origin, { size, root }] of Object.entries(members)) logs[origin] = [size, root];
    sendPacket(link, { type: "vector", head: { level: "logs", site, logs, ...range } }, out);
  }
}

/** "Which of your logs of this site are behind those digests?" */
export function askForLogs(link: Link, site: Name, now: Now, out: Out): void {
  if (mayTell(link, `ask ${site}`, now))
    sendPacket(link, { type: "vector", head: { level: "ask", site } }, out);
}

function mayTell(link: Link, what: string, now: Now): boolean {
  const last = link.toldMonoMs.get(what) ?? Number.NEGATIVE_INFINITY;
  if (now.monoMs - last < siteLogsEveryMs) return false;
  // A peer can make up as many names as it likes.
  if (!link.toldMonoMs.has(what) && link.toldMonoMs.size >= sitesAskedMax) return false;
  link.toldMonoMs.set(what, now.monoMs);
  return true;
}
