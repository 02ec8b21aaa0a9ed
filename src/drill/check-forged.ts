import { type DeviceId, deviceIdOf, parseOrigin } from "../basics/name.ts";
import { type Checker, CheckFailure } from "./checker.ts";

/** Nothing is stored under the name of a device that cannot have signed it. */
export function nothingForged(keyless: ReadonlySet<DeviceId>): Checker {
  return {
    name: "forged",
    durable: (process, { appends }) => {
      for (const { origin } of appends) {
        const parts = parseOrigin(origin);
        if (parts.ok && keyless.has(deviceIdOf(parts.value)))
          throw new CheckFailure("forged", `${process.name} stores ${origin}, which anybody may have signed`);
      }
    },
  };
}
