import { assert } from "../basics/assert.ts";
import type { JsonObject } from "../basics/canonical-json.ts";
import { formatVkey } from "../log/vkey.ts";
import type { Effect, Input, LogAppend } from "../site/effects.ts";
import { newHouse, step } from "../site/house.ts";
import type { House } from "../site/state.ts";
import type { Keys } from "./keys.ts";
import { MemoryStore } from "./memory-store.ts";
import { type SimulatedDevice, simulatedRegion } from "./roster.ts";

/** A fact that the authority writes. */
export type CharterWord = { readonly kind: string; readonly body: JsonObject };

/** The authority's first word. Its own key stands in for a recovery key that nobody uses here. */
function startWord(authority: SimulatedDevice, recovery: string): CharterWord {
  const body = { previous: null, recovery, zone: "Europe/Berlin", name: authority.site };
  return { kind: "charter.start/1", body };
}

export function enrolmentOf(device: SimulatedDevice): readonly CharterWord[] {
  const { site, type, entriesPerSecondMax, recipient, relays } = device;
  const rate = entriesPerSecondMax === null ? {} : { entriesPerSecondMax };
  const ways = relays.length === 0 ? {} : { relays };
  const sealing = recipient === undefined ? {} : { recipient };
  const keys = { key: formatVkey(device.signer.vkey), holder: formatVkey(device.holder.vkey), ...sealing };
  return [
    { kind: "charter.site/1", body: { site, type } },
    {
      kind: "charter.device/1",
      body: { site, device: device.device, ...keys, roles: [device.role], ...rate, ...ways },
    },
  ];
}

/**
 * Writes the charter through a house of the authority's own, as a real region does, and returns its log as one run
 * for the other houses' stores.
 * @param recovery key text of a log key that lies in no house
 */
export function writeCharter(
  keys: Keys,
  authority: SimulatedDevice,
  devices: readonly SimulatedDevice[],
  recovery: string,
  wallMs: number,
): LogAppend {
  const store = new MemoryStore((write) => write());
  const desk = deskOf(keys, authority);
  const feed = (input: Input): void => {
    for (const effect of step(desk, input, { wallMs, monoMs: 0 })) carryOut(effect);
  };
  const carryOut = (effect: Effect): void => {
    assert(effect.type !== "answer" || effect.answer.ok, `the charter is written: ${JSON.stringify(effect)}`);
    if (effect.type === "commit")
      store.commit(effect.commit, () => feed({ type: "committed", id: effect.commit.id }));
  };
  for (const word of [startWord(authority, recovery), ...devices.flatMap(enrolmentOf)]) {
    const submission = { ...word, hosted: authority.id, by: "authority", token: 0 };
    feed({ type: "submit", submission });
  }
  return storedRun(store, authority);
}

function deskOf(keys: Keys, authority: SimulatedDevice): House {
  const { site, device, epoch, signer, holder } = authority;
  return newHouse({
    ports: { crypto: keys.crypto, randomBytes: (length) => new Uint8Array(length) },
    region: simulatedRegion,
    authority: signer.vkey,
    hosted: [{ site, device, epoch, signer, holder, boot: 1, mobile: false }],
    startMonoMs: 0,
  });
}

function storedRun(store: MemoryStore, authority: SimulatedDevice): LogAppend {
  const logs = store.storedLogs();
  const log = logs.ok ? logs.value.find((one) => one.origin === authority.origin) : undefined;
  const entries = store.readLeafBytes(authority.origin, 0, log?.checkpoint.size ?? 0);
  assert(log !== undefined && entries.ok, "the charter is stored");
  const { origin, checkpoint, range } = log;
  return { origin, from: 0, items: entries.value, checkpoint, range };
}

/** Gives a store the charter before its house starts; its disk has to finish at once. */
export function importRun(store: MemoryStore, append: LogAppend, storedMs: number): void {
  let isStored = false;
  store.commit({ id: 0, storedMs, appends: [append], cosignatures: [], forks: [] }, (result) => {
    isStored = result.ok;
  });
  assert(isStored, "an empty store takes the charter");
}
