import { type DeviceId, deviceIdOf, deviceOf } from "../basics/name.ts";
import type { Entry } from "../log/entry.ts";
import { authorityNow, type Charter, charterState, deviceIn, siteTypeIn } from "./charter.ts";
import {
  authorityOf,
  deviceKeys,
  hasOtherRecipient,
  isSameKey,
  neighbourKey,
  neighboursMax,
  regionKey,
} from "./charter-derive.ts";
import { type FactNamed, factOf, knownKinds } from "./facts.ts";
import type { FactRefusal } from "./refusals.ts";

/** Refuses a charter fact that the charter would read as nothing. The body has been checked. */
export function charterRefusal(charter: Charter, device: DeviceId, entry: Entry): FactRefusal | null {
  const fact = factOf(knownKinds, entry);
  switch (fact?.kind) {
    case "charter.start/1":
      return regionKey(charter, fact.recovery, "log") === null
        ? { code: "key-not-of-device", detail: "recovery" }
        : null;
    case "charter.site/1":
      return siteRefusal(charter, fact);
    case "charter.device/1":
      return deviceRefusal(charter, fact);
    case "charter.device-ended/1":
      return endRefusal(charter, fact);
    case "charter.authority-next/1":
      return nextRefusal(charter, device, fact);
    case "charter.neighbour/1":
      return neighbourRefusal(charter, fact);
    case "charter.neighbour-ended/1":
      return charterState(charter).neighbours.has(fact.region)
        ? null
        : { code: "unknown-neighbour", detail: fact.region };
    default:
      return null;
  }
}

function siteRefusal(charter: Charter, fact: FactNamed<"charter.site/1">): FactRefusal | null {
  const known = siteTypeIn(charter, fact.site);
  return known === undefined || known === fact.type ? null : { code: "site-type-fixed", detail: fact.site };
}

function deviceRefusal(charter: Charter, fact: FactNamed<"charter.device/1">): FactRefusal | null {
  const keys = deviceKeys(charter, fact);
  if (keys === null) return { code: "key-not-of-device", detail: "key, holder" };
  const id = deviceIdOf(fact);
  const { authorities, recovery } = charterState(charter);
  const office = [...authorities, ...(recovery === null ? [] : [recovery])].find((one) => one.id === id);
  if (office !== undefined && !isSameKey(office.key, keys.key)) return { code: "key-fixed", detail: id };
  const known = deviceIn(charter, id);
  if (known === undefined) return null;
  if (known.end !== null) return { code: "device-ended", detail: id };
  const same =
    isSameKey(known.key, keys.key) && isSameKey(known.holder, keys.holder) && !hasOtherRecipient(known, fact);
  return same ? null : { code: "key-fixed", detail: id };
}

function endRefusal(charter: Charter, fact: FactNamed<"charter.device-ended/1">): FactRefusal | null {
  const id = deviceIdOf(fact);
  if (deviceIn(charter, id) === undefined) return { code: "unknown-device", detail: id };
  return fact.log === null || deviceOf(fact.log) === id ? null : { code: "log-not-of-device", detail: "log" };
}

function neighbourRefusal(charter: Charter, fact: FactNamed<"charter.neighbour/1">): FactRefusal | null {
  const key = neighbourKey(charter, fact);
  if (key === null) return { code: "key-not-of-neighbour", detail: fact.region };
  const { neighbours } = charterState(charter);
  const known = neighbours.get(fact.region);
  if (known !== undefined)
    return isSameKey(known.key, key) ? null : { code: "neighbour-key-fixed", detail: fact.region };
  return neighbours.size < neighboursMax
    ? null
    : { code: "too-many-neighbours", detail: String(neighboursMax) };
}

function nextRefusal(
  charter: Charter,
  device: DeviceId,
  fact: FactNamed<"charter.authority-next/1">,
): FactRefusal | null {
  const key = regionKey(charter, fact.key, "log");
  if (key === null) return { code: "key-not-of-device", detail: "key" };
  const { authorities, recovery } = charterState(charter);
  const ended = deviceOf(fact.last.log);
  const endsHolder = authorityNow(charter).id === ended;
  // The recovery key may also put right what a stolen authority key has passed on since.
  const endsEarlier = recovery?.id === device && authorities.some((authority) => authority.id === ended);
  if (!endsHolder && !endsEarlier) return { code: "log-not-of-device", detail: "last" };
  const next = authorityOf(key).id;
  const taken = authorities.some(({ id }) => id === next) || recovery?.id === next || deviceIn(charter, next);
  return taken ? { code: "authority-not-new", detail: next } : null;
}
