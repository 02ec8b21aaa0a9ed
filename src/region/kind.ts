import * as v from "valibot";
import type { Entry } from "../log/entry.ts";
import type { SiteType } from "./choices.ts";
import type { Field, FieldRefusal, Fields } from "./fields.ts";
import type { Words } from "./words.ts";

/** One kind of fact: what it means, who may say it, what its body holds. A published field never changes meaning. */
export type FactKind<K extends string = string, F extends Fields = Fields> = {
  /** Name and version: `hospital.status/1`. */
  readonly kind: K;
  /** Types of the sites that may say it; `any-site` only where a device speaks of its own log. */
  readonly saidBy: readonly SiteType[] | "any-site";
  readonly meaning: Words;
  readonly fields: F;
  /** The fields as a list: this is walked for every fact that is folded. */
  readonly fieldList: readonly (readonly [name: string, field: Field])[];
};

type ValueOf<F> = F extends Field<infer T> ? T : never;
type NamesWhere<F extends Fields, Optional extends boolean> = {
  [N in keyof F]: F[N] extends Field<unknown, Optional> ? N : never;
}[keyof F];

/** The body that a list of fields describes. */
export type BodyOf<F extends Fields> = {
  readonly [N in NamesWhere<F, false>]: ValueOf<F[N]>;
} & { readonly [N in NamesWhere<F, true>]?: ValueOf<F[N]> };

/** A fact of one kind whose body was checked. */
export type FactOf<Kind> =
  Kind extends FactKind<infer K, infer F>
    ? { readonly at: number; readonly kind: K; readonly by: string; readonly request?: string } & BodyOf<F>
    : never;

export function defineKind<const K extends string, const F extends Fields>(
  kind: K,
  saidBy: readonly SiteType[] | "any-site",
  meaning: Words,
  fields: F,
): FactKind<K, F> {
  return { kind, saidBy, meaning, fields, fieldList: Object.entries(fields) };
}

export type FieldFault = {
  readonly code: "missing-field" | "bad-field" | "unknown-field" | FieldRefusal;
  readonly field: string;
};

/** The first known field that is missing or has a value outside its range; null when the body can be used. */
export function faultOfBody(kind: FactKind, entry: Entry): FieldFault | null {
  for (const [field, spec] of kind.fieldList) {
    const value = entry[field];
    if (value === undefined) {
      if (!spec.optional) return { code: "missing-field", field };
    } else if (!v.is(spec.schema, value)) {
      return { code: spec.refusal ?? "bad-field", field };
    }
  }
  return null;
}

const entryMembers: ReadonlySet<string> = new Set(["at", "kind", "by", "request", "again"]);

/** The first field that this version does not know: a slip of ours on local input, a newer writer's in a log. */
export function strangeField(kind: FactKind, entry: Entry): FieldFault | null {
  for (const field of Object.keys(entry)) {
    if (!entryMembers.has(field) && !Object.hasOwn(kind.fields, field))
      return { code: "unknown-field", field };
  }
  return null;
}
