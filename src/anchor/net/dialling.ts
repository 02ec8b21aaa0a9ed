import type { DeviceId } from "../../basics/name.ts";
import type { Charter } from "../../region/charter.ts";
import { type Way, waysTo, waysToRelays } from "../../region/ways.ts";
import { type AnchorConfig, isSocketUrl } from "../config.ts";
import type { DialTarget } from "./sockets.ts";

export type DiallingPorts = {
  readonly charter: Charter;
  readonly dials: AnchorConfig["dials"];
  readonly hosted: ReadonlySet<DeviceId>;
  readonly sockets: {
    /** Dials a peer, or gives one that is dialed already its addresses for the next try. */
    readonly dial: (target: DialTarget) => void;
    /** Does not cut what stands. */
    readonly undial: (target: DialTarget) => void;
  };
  readonly note: (code: string, about: string) => void;
};

/**
 * Whom the devices of this process dial: those of the settings, at the address written there or at those of the charter,
 * and the relays that the charter names for them. Follows the charter as it changes; what stands is never cut for that.
 */
export class Dialling {
  readonly #ports: DiallingPorts;
  #targets: ReadonlyMap<string, DialTarget> = new Map();
  #revision = -1;

  constructor(ports: DiallingPorts) {
    this.#ports = ports;
  }

  /** Cheap where the charter is the one of the last look. */
  look(): void {
    const { charter, sockets } = this.#ports;
    if (charter.revision === this.#revision) return;
    this.#revision = charter.revision;
    const wanted = this.#plan();
    for (const [key, target] of this.#targets) if (!wanted.has(key)) sockets.undial(target);
    for (const target of wanted.values()) sockets.dial(target);
    this.#targets = wanted;
  }

  /** Each peer once for each device of ours: what the settings say of it goes before what the charter says. */
  #plan(): ReadonlyMap<string, DialTarget> {
    const targets = new Map<string, DialTarget>();
    const add = (hosted: DeviceId, way: Way): void => {
      const key = `${hosted} ${way.peer}`;
      if (this.#ports.hosted.has(way.peer) || targets.has(key) || !canBeDialed(way)) return;
      targets.set(key, { hosted, peer: way.peer, urls: way.urls.filter(isSocketUrl) });
    };
    const { charter, dials, hosted, note } = this.#ports;
    for (const { hosted: from, peer, url } of dials)
      if (url !== undefined) targets.set(`${from} ${peer}`, { hosted: from, peer, urls: [url] });
    for (const { hosted: from, peer, url } of dials) {
      if (url !== undefined) continue;
      const ways = waysTo(charter, peer).filter(canBeDialed);
      if (ways.length === 0) note("no-way-to", peer);
      for (const way of ways) add(from, way);
    }
    for (const device of hosted) for (const way of waysToRelays(charter, device)) add(device, way);
    return targets;
  }
}

/** What the authority wrote as an address may be none. */
function canBeDialed({ urls }: Way): boolean {
  return urls.some(isSocketUrl);
}
