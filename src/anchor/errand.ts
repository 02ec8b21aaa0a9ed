import { statSync, writeFileSync } from "node:fs";
import * as v from "valibot";
import { isDeviceId, isName, type Name } from "../basics/name.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { isCaseId } from "../log/sealed.ts";
import type { Vkey } from "../log/vkey.ts";
import type { Charter } from "../region/charter.ts";
import { closureReasonIds } from "../region/desk-choices.ts";
import type { StoreResult } from "../site/store-port.ts";
import { codesOf, codesPage } from "./carry/carry-codes.ts";
import { writeCarryFile } from "./carry/carry-file.ts";
import { openCargo, type Taker, type Takers, takeCargo, waitingIsDurable } from "./carry/carry-in.ts";
import { type KeyDesk, keyPacket } from "./carry/carry-key.ts";
import { cargoPackets } from "./carry/carry-out.ts";
import { type AdviceFiles, explainMission } from "./explain/explain.ts";
import { exportLog } from "./proofs/export-log.ts";
import { keyList, parseFactRef, proveFact } from "./proofs/prove.ts";
import { closedRoads, closeRoad, openRoad, type RoadDesk } from "./roads/road-errands.ts";
import { readCharter, type StoreReads } from "./store/store-reads.ts";

const cargoFields = {
  to: v.nullable(v.pipe(v.string(), v.check(isDeviceId))),
  sites: v.array(v.pipe(v.string(), v.check(isName))),
  sinceMs: v.nullable(v.number()),
  key: v.nullable(v.object({ case: v.pipe(v.string(), v.check(isCaseId)), by: v.string() })),
};

const whole = v.pipe(v.number(), v.safeInteger());
/** Whoever is at the machine of a control centre speaks under the number of a desk, as at its boards. */
const desk = v.pipe(v.string(), v.regex(/^(dispatcher|shift-leader)#[0-9]{1,6}$/));

/**
 * What a person at the machine wants of a store: done by the command itself while no anchor holds the store, and by
 * the anchor where one does. File names are absolute.
 */
export const errandSchema = v.variant("verb", [
  v.object({ verb: v.literal("prove"), fact: v.string() }),
  v.object({ verb: v.literal("keys") }),
  v.object({ verb: v.literal("export"), log: v.string(), dir: v.string() }),
  v.object({ verb: v.literal("carry-out"), file: v.string(), ...cargoFields }),
  v.object({ verb: v.literal("carry-show"), file: v.string(), ...cargoFields }),
  v.object({ verb: v.literal("carry-in"), file: v.string() }),
  v.object({ verb: v.literal("backup"), file: v.string() }),
  v.object({
    verb: v.literal("close-road"),
    by: desk,
    latE3: whole,
    lonE3: whole,
    radiusM: whole,
    reason: v.picklist(closureReasonIds),
    endsMs: whole,
  }),
  v.object({ verb: v.literal("open-road"), by: desk, closed: v.string() }),
  v.object({ verb: v.literal("closed-roads") }),
  v.object({
    verb: v.literal("explain"),
    mission: v.string(),
    json: v.boolean(),
    language: v.picklist(["de", "en"]),
  }),
  v.object({
    verb: v.literal("announce"),
    backByMs: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  }),
]);
export type Errand = v.InferOutput<typeof errandSchema>;

/** Where an errand is run. */
export type Workplace = {
  readonly region: Name;
  readonly authority: Vkey;
  readonly reads: StoreReads;
  /** Copies the store as it is to a file. */
  readonly backup: (file: string) => StoreResult<undefined> | Promise<StoreResult<undefined>>;
  /** Null while no anchor runs: then nothing can be taken in. */
  readonly taker: Taker | null;
  /** With the houses of named regions; null while no anchor runs. */
  readonly takers: (() => Promise<Takers>) | null;
  /** Null while no anchor runs: then nothing can be written, and no key of a case leaves. */
  readonly keys: KeyDesk | null;
  /** Null while no anchor runs: then nothing can be said of roads. */
  readonly roads: RoadDesk | null;
  /** An error is a sentence: this is no folder of an anchor, or the region's files cannot be read. */
  readonly advice: () => Result<AdviceFiles, string>;
};

/** Resolves with what is to be printed; an error is a sentence. */
export async function runErrand(errand: Errand, place: Workplace): Promise<Result<string, string>> {
  if (errand.verb === "carry-in") return carryIn(errand.file, place);
  if (errand.verb === "announce") return announce(errand.backByMs, place);
  if (errand.verb === "backup") return backUp(errand.file, place);
  if (errand.verb === "close-road" || errand.verb === "open-road" || errand.verb === "closed-roads") {
    return place.roads === null ? err("No anchor is running there.") : roadErrand(errand, place.roads);
  }
  if (errand.verb === "explain") return explain(errand, place);
  // Receipts lie in a running anchor's store a moment after they count: what is read now has them.
  if (place.taker !== null) await waitingIsDurable(place.taker.house);
  const charter = await readCharter(place.reads, place.region, place.authority);
  if (!charter.ok) return charter;
  switch (errand.verb) {
    case "prove": {
      const ref = parseFactRef(errand.fact);
      return ref.ok ? proveFact(place.reads, charter.value, ref.value) : ref;
    }
    case "keys":
      return ok(keyList(charter.value));
    case "export":
      return exportLog(place.reads, charter.value, errand.log, errand.dir);
    case "carry-out":
      return carryOut(errand.file, packetsOf(errand, place, charter.value));
    case "carry-show":
      return carryShow(errand.file, packetsOf(errand, place, charter.value), place.region);
  }
}

type RoadErrand = Extract<Errand, { readonly verb: "close-road" | "open-road" | "closed-roads" }>;

async function roadErrand(errand: RoadErrand, roads: RoadDesk): Promise<Result<string, string>> {
  if (errand.verb === "closed-roads") return ok(closedRoads(roads));
  if (errand.verb === "open-road") return openRoad(roads, errand.by, errand.closed);
  const { verb: _verb, by, ...place } = errand;
  return closeRoad(roads, by, place);
}

async function explain(
  { mission, json, language }: Extract<Errand, { readonly verb: "explain" }>,
  place: Workplace,
): Promise<Result<string, string>> {
  const ref = parseFactRef(mission);
  if (!ref.ok) return ref;
  const files = place.advice();
  return files.ok ? explainMission(place, files.value, { mission: ref.value, json, language }) : files;
}

function announce(backByMs: number | null, { taker }: Workplace): Result<string, string> {
  if (taker === null) return err("No anchor is running there: nobody can be told.");
  taker.feed({ type: "announce", backByMs });
  return ok(backByMs === null ? "The announcement is withdrawn." : "Announced to all peers.");
}

type Packets = AsyncGenerator<Result<Uint8Array, string>>;

/** A key that goes with the others comes last: the facts by which it is taken are before it. */
async function* packetsOf(errand: CarryErrand, place: Workplace, charter: Charter): Packets {
  const { key, to } = errand;
  const packet = key === null ? null : await keyOf(key, to, place);
  if (packet !== null && !packet.ok) return yield packet;
  yield* cargoPackets(place.reads, charter, errand);
  if (packet !== null) yield packet;
}

type CarryErrand = Extract<Errand, { readonly verb: "carry-out" | "carry-show" }>;

function keyOf(
  key: NonNullable<CarryErrand["key"]>,
  to: CarryErrand["to"],
  { keys }: Workplace,
): Promise<Result<Uint8Array, string>> | Result<never, string> {
  if (to === null) return err("A key is carried to one device: name it with --to.");
  if (keys === null) return err("That a key leaves is written down by a running anchor: start it first.");
  return keyPacket(keys, { ...key, to });
}

async function carryOut(
  file: string,
  packets: AsyncIterable<Result<Uint8Array, string>>,
): Promise<Result<string, string>> {
  const written = await writeCarryFile(file, packets);
  if (!written.ok) return written;
  const kib = Math.ceil(statSync(file).size / 1_024);
  return ok(`${written.value} packets, ${kib} KiB, are in ${file}`);
}

async function carryShow(file: string, brought: Packets, region: Name): Promise<Result<string, string>> {
  const packets: Uint8Array[] = [];
  for await (const packet of brought) {
    if (!packet.ok) return packet;
    packets.push(packet.value);
  }
  const texts = codesOf(packets);
  if (!texts.ok) return texts;
  try {
    writeFileSync(file, codesPage(texts.value, region));
  } catch (error) {
    return err(`${file} cannot be written: ${String(error)}`);
  }
  return ok(`${packets.length} packets are ${texts.value.length} codes in ${file}: open it in a browser`);
}

async function backUp(file: string, place: Workplace): Promise<Result<string, string>> {
  const done = await place.backup(file);
  if (!done.ok) return err(done.error.detail);
  const kib = Math.ceil(statSync(file).size / 1_024);
  return ok(`The store is in ${file}, ${kib} KiB: all facts and receipts; no keys and no names of people.`);
}

async function carryIn(file: string, { takers }: Workplace): Promise<Result<string, string>> {
  if (takers === null) return err("Packets are taken in by a running anchor: start it first.");
  const now = await takers();
  const cargo = await openCargo(file, now);
  return cargo.ok ? takeCargo(now, cargo.value) : cargo;
}
