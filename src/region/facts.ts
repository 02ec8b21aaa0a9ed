import type { Entry } from "../log/entry.ts";
import { caseKinds } from "./facts-case.ts";
import { charterKinds } from "./facts-charter.ts";
import { contactKinds } from "./facts-contact.ts";
import { decisionKinds } from "./facts-decision.ts";
import { deskKinds } from "./facts-desk.ts";
import { flightKinds } from "./facts-flight.ts";
import { hospitalKinds } from "./facts-hospital.ts";
import { logKinds } from "./facts-log.ts";
import { missionKinds } from "./facts-mission.ts";
import { roadKinds } from "./facts-roads.ts";
import { transferKinds } from "./facts-transfer.ts";
import { type FactKind, type FactOf, faultOfBody } from "./kind.ts";

/** The only list of facts. docs/facts.md is made from it. */
export const factKinds = [
  ...logKinds,
  ...charterKinds,
  ...hospitalKinds,
  ...contactKinds,
  ...missionKinds,
  ...flightKinds,
  ...transferKinds,
  ...decisionKinds,
  ...deskKinds,
  ...roadKinds,
  ...caseKinds,
] as const;

/** A fact of a known kind whose body was checked; told apart by `kind`. */
export type Fact = FactOf<(typeof factKinds)[number]>;
export type KindName = Fact["kind"];
/** A fact of one kind: `FactNamed<"hospital.status/1">`. */
export type FactNamed<K extends KindName> = Extract<Fact, { readonly kind: K }>;

/** The facts that one version of the program knows. */
export type Kinds = ReadonlyMap<string, FactKind>;

export function kindsOf(list: readonly FactKind[]): Kinds {
  return new Map(list.map((kind) => [kind.kind, kind]));
}

export const knownKinds: Kinds = kindsOf(factKinds);

/**
 * What is read of another region: its charter, what its hospitals can take, and whether its centres hear them. Its
 * missions, tasks, roads and cases are stored like everything else, and mean nothing here.
 */
export const neighbourKinds: Kinds = kindsOf([
  ...logKinds,
  ...charterKinds,
  ...hospitalKinds,
  ...contactKinds,
]);

/** The entry as a fact, when its kind is among `kinds` and its body can be used; who says it is not looked at. */
export function factOf(kinds: Kinds, entry: Entry): Fact | undefined {
  const kind = kinds.get(entry.kind);
  if (kind === undefined || faultOfBody(kind, entry) !== null) return undefined;
  // The body was just checked field by field against the schemas that the type is made of.
  return entry as unknown as Fact;
}
