import type { DeviceId } from "../basics/name.ts";
import type { Random } from "../basics/random.ts";
import type { Keys } from "./keys.ts";
import { Liar, type LiarPorts, type LieKind, lieKinds, smallOrderSigner } from "./liar.ts";
import { devicesOf, newDevice, type Roster, type SimulatedDevice } from "./roster.ts";

/** The devices in the wrong hands of one world. */
export type Liars = {
  /** All of them, for the charter. */
  readonly devices: readonly SimulatedDevice[];
  /** Those whose key is nobody's: nothing of theirs may ever be stored. */
  readonly keyless: ReadonlySet<DeviceId>;
  readonly lies: readonly LieKind[];
  readonly begin: (ports: LiarPorts) => void;
  readonly end: () => void;
};

/** One hospital's device that tells some of the lies, and one whose key is of small order. */
export function drawLiars(random: Random, keys: Keys, roster: Roster): Liars {
  const lies = lieKinds.filter(() => !random.oneIn(4));
  const dials = devicesOf(roster)
    .filter(
      ({ role, type, late, device }) =>
        role === "anchor" && type !== "authority" && !late && device !== "reserve",
    )
    .map(({ id }) => id)
    .slice(0, 4);
  const liar = newDevice(random, keys, { site: "liar", type: "hospital", dials });
  const [site, device] = ["weak", "lifeboat"];
  const signer = smallOrderSigner(keys.crypto.sha256, site, device);
  const weak = { ...newDevice(random, keys, { site, device, type: "hospital", dials }), signer };
  const running: Liar[] = [];
  return {
    devices: [liar, weak],
    keyless: new Set([weak.id]),
    lies: [...lies, "small-order-key"],
    begin: (ports) => {
      running.push(new Liar(liar, lies, weak, ports), new Liar(weak, [], null, ports));
      for (const one of running) one.begin();
    },
    end: () => {
      for (const one of running) one.end();
    },
  };
}
