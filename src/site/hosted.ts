import { type DeviceId, deviceIdOf, type Name, originOf } from "../basics/name.ts";
import { newContact } from "../exchange/contact.ts";
import type { Signer } from "../log/crypto.ts";
import { newAsking } from "./exchange/asking.ts";
import { newGivenViews } from "./exchange/given-views.ts";
import { newShownViews } from "./exchange/shown-view.ts";
import { tickPartsMax } from "./limits.ts";
import type { Hosted } from "./state.ts";

export type HostedConfig = {
  readonly site: Name;
  readonly device: Name;
  readonly epoch: string;
  readonly signer: Signer;
  readonly holder: Signer;
  readonly boot: number;
  readonly mobile: boolean;
  /**
   * Peers that are asked at the start what they hold of its log, before the first append: those that it dials. Empty:
   * whoever comes in time. Left out: nobody, for a house without a network.
   */
  readonly asks?: readonly DeviceId[];
};

/** Of a whole process what each of its devices is made from. */
type HousePart = {
  readonly region: Name;
  readonly hosted: readonly HostedConfig[];
  readonly startMonoMs: number;
};

const beatSpread = 4;
const beatSpreadMs = 250;

/** @param place among all that are hosted, from 0 */
export function newHosted(config: HousePart, device: HostedConfig, place: number): Hosted {
  const id = deviceIdOf(device);
  return {
    id,
    site: device.site,
    signer: device.signer,
    holder: device.holder,
    origin: originOf(config.region, `${id}/${device.epoch}`),
    asking:
      device.asks === undefined ? null : newAsking(device.asks.filter((peer) => !isHosted(config, peer))),
    newLogWallMs: null,
    mobile: device.mobile,
    contact: newContact(id, [], device.boot, false),
    links: new Set(),
    begun: false,
    ungivenSinceMonoMs: null,
    // Devices of one process do not all speak in the same moment, nor do those that are ticked together.
    nextBeatMonoMs: config.startMonoMs + (Math.floor(place / tickPartsMax) % beatSpread) * beatSpreadMs,
    wroteMonoMs: null,
    backByMs: null,
    recorded: null,
    given: newGivenViews(),
    shown: newShownViews(),
  };
}

function isHosted({ hosted }: HousePart, id: DeviceId): boolean {
  return hosted.some((device) => deviceIdOf(device) === id);
}
