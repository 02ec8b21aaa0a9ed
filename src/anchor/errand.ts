import { statSync } from "node:fs";
import * as v from "valibot";
import { isDeviceId, isName, type Name } from "../basics/name.ts";
import { err, type Result } from "../basics/result.ts";
import type { Vkey } from "../log/vkey.ts";
import { writeCarryFile } from "./carry-file.ts";
import { openCargo, type Taker, takeCargo } from "./carry-in.ts";
import { cargoPackets } from "./carry-out.ts";
import { exportLog } from "./export-log.ts";
import { keyList, parseFactRef, proveFact } from "./prove.ts";
import { readCharter, type StoreReads } from "./store-reads.ts";

const cargoFields = {
  to: v.nullable(v.pipe(v.string(), v.check(isDeviceId))),
  sites: v.array(v.pipe(v.string(), v.check(isName))),
  sinceMs: v.nullable(v.number()),
};

/**
 * What a person at the machine wants of a store: done by the command itself while no anchor holds the store, and by
 * the anchor where one does. File names are absolute.
 */
export const errandSchema = v.variant("verb", [
  v.object({ verb: v.literal("prove"), fact: v.string() }),
  v.object({ verb: v.literal("keys") }),
  v.object({ verb: v.literal("export"), log: v.string(), dir: v.string() }),
  v.object({ verb: v.literal("carry-out"), file: v.string(), ...cargoFields }),
  v.object({ verb: v.literal("carry-in"), file: v.string() }),
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
  /** Null while no anchor runs: then nothing can be taken in. */
  readonly taker: Taker | null;
};

/** Resolves with what is to be printed; an error is a sentence. */
export async function runErrand(errand: Errand, place: Workplace): Promise<Result<string, string>> {
  if (errand.verb === "carry-in") return carryIn(errand.file, place);
  if (errand.verb === "announce") return announce(errand.backByMs, place);
  const charter = await readCharter(place.reads, place.region, place.authority);
  if (!charter.ok) return charter;
  switch (errand.verb) {
    case "prove": {
      const ref = parseFactRef(errand.fact);
      return ref.ok ? proveFact(place.reads, charter.value, ref.value) : ref;
    }
    case "keys":
      return { ok: true, value: keyList(charter.value) };
    case "export":
      return exportLog(place.reads, charter.value, errand.log, errand.dir);
    case "carry-out": {
      const written = await writeCarryFile(errand.file, cargoPackets(place.reads, charter.value, errand));
      if (!written.ok) return written;
      const kib = Math.ceil(statSync(errand.file).size / 1_024);
      return { ok: true, value: `${written.value} packets, ${kib} KiB, are in ${errand.file}` };
    }
  }
}

function announce(backByMs: number | null, { taker }: Workplace): Result<string, string> {
  if (taker === null) return err("No anchor is running there: nobody can be told.");
  taker.feed({ type: "announce", backByMs });
  return {
    ok: true,
    value: backByMs === null ? "The announcement is withdrawn." : "Announced to all peers.",
  };
}

async function carryIn(file: string, { region, taker }: Workplace): Promise<Result<string, string>> {
  if (taker === null) return err("Packets are taken in by a running anchor: start it first.");
  const cargo = await openCargo(file, region);
  return cargo.ok ? takeCargo(taker, cargo.value) : cargo;
}
