import { randomUUID } from "node:crypto";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { parseArgs } from "node:util";
import * as v from "valibot";
import { isName } from "../../basics/name.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import { readConfig } from "../config.ts";
import { isLoopback } from "../net/listener.ts";
import { parseFactRef } from "../proofs/prove.ts";

/*
 * Cases from a command line: the anchor of DIR is asked over its own port, which answers this to its own machine alone. What
 * is sealed comes on standard input and goes to standard output, never through a file or an argument.
 */

export const caseUsage = [
  "case seal DIR --site S --by ROLE#N [--case C | --mission LOG#INDEX] < BODY.json   seals a JSON object",
  "case open DIR --site S C                 prints what a case holds, a line each",
  "case share DIR --site S --by ROLE#N --to SITE C   opens the case to another site",
  "case erase DIR --site S --by ROLE#N C    deletes its key everywhere, for ever; names who has yet to confirm",
  "case list DIR --site S                   the cases of this site and those that it can read",
].join("\n  ");

const options = {
  site: { type: "string" },
  by: { type: "string" },
  case: { type: "string" },
  mission: { type: "string" },
  to: { type: "string" },
} as const;

const devices = v.array(v.string());
const standing = v.nullable(
  v.object({
    confirmed: devices,
    waiting: devices,
    ended: v.optional(devices, []),
    carriedTo: v.optional(devices, []),
  }),
);
const refused = v.object({ ok: v.literal(false), sentence: v.object({ en: v.string() }) });
const sealed = v.object({ ok: v.literal(true), case: v.string(), ref: v.tuple([v.string(), v.number()]) });
const said = v.object({ ok: v.literal(true), erased: standing });
const opened = v.object({
  ok: v.literal(true),
  erased: standing,
  facts: v.optional(v.array(v.record(v.string(), v.unknown())), []),
});
const listed = v.object({
  ok: v.literal(true),
  cases: v.array(v.object({ case: v.string(), notes: v.number(), hasKey: v.boolean(), erased: standing })),
});

/**
 * @param readBody what stands on standard input
 * @returns what is printed; an error is a sentence
 */
export async function runCaseCommand(
  args: readonly string[],
  readBody: () => string,
): Promise<Result<string, string>> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [verb, dir, id] = positionals;
  const { site, by, to } = values;
  if (dir === undefined || site === undefined || !isName(site)) return usage();
  const asking = (path: string, post: object | null) => ask(dir, `/api/${site}/cases${path}`, post);
  const request = randomUUID();
  switch (verb) {
    case "seal": {
      const body = parseObject(readBody());
      const mission = values.mission === undefined ? ok(null) : parseFactRef(values.mission);
      if (!mission.ok) return mission;
      if (by === undefined) return usage();
      if (body === null) return err("What is to be sealed is one JSON object on standard input.");
      const post = { request, by, case: values.case ?? null, mission: mission.value, body };
      return printed(
        await asking("/seal", post),
        sealed,
        (answer) => `${answer.case} ${answer.ref.join("#")}`,
      );
    }
    case "open":
      if (id === undefined) return usage();
      return printed(await asking("/open", { case: id }), opened, ({ erased, facts }) =>
        erased === null ? facts.map((fact) => `${JSON.stringify(fact)}\n`).join("") : erasedWords(erased),
      );
    case "share":
      if (id === undefined || by === undefined || to === undefined) return usage();
      return printed(await asking("/share", { request, by, case: id, to }), said, () => `${to} may read it.`);
    case "erase":
      if (id === undefined || by === undefined) return usage();
      return printed(await asking("/erase", { request, by, case: id }), said, ({ erased }) =>
        erasedWords(erased),
      );
    case "list":
      return printed(await asking("", null), listed, ({ cases }) => cases.map(listWords).join(""));
    default:
      return usage();
  }
}

function listWords({
  case: id,
  notes,
  hasKey,
  erased,
}: v.InferOutput<typeof listed>["cases"][number]): string {
  const state = erased === null ? (hasKey ? "readable" : "no key here") : erasedWords(erased);
  return `${id} ${notes} sealed: ${state}\n`;
}

/** What the command says of an erasure; null: it is not known there yet. */
export function erasedWords(erased: v.InferOutput<typeof standing>): string {
  if (erased === null) return "The erasure is not known here yet.";
  const done = `Erased. Confirmed by ${erased.confirmed.join(", ") || "nobody yet"}.`;
  const carried = erased.carriedTo.join(", ");
  const stick = carried === "" ? "" : ` Destroy the stick or codes on which it was carried to ${carried}.`;
  const ended = erased.ended.join(", ");
  const lost = ended === "" ? "" : ` Ended, so that none can confirm; the key may still be on: ${ended}.`;
  if (erased.waiting.length > 0)
    return `${done} Not yet confirmed, perhaps still with the key: ${erased.waiting.join(", ")}.${lost}${stick}`;
  return `${done}${lost === "" ? " No device has the key any more." : lost}${stick}`;
}

function printed<T extends v.GenericSchema>(
  answer: Result<unknown, string>,
  schema: T,
  words: (answer: v.InferOutput<T>) => string,
): Result<string, string> {
  if (!answer.ok) return answer;
  const refusal = v.safeParse(refused, answer.value);
  if (refusal.success) return err(refusal.output.sentence.en);
  const parsed = v.safeParse(schema, answer.value);
  return parsed.success
    ? ok(words(parsed.output))
    : err("The anchor's answer cannot be read: is it this version?");
}

function ask(dir: string, path: string, post: object | null): Promise<Result<unknown, string>> {
  const config = readConfig(dir);
  if (!config.ok) return Promise.resolve(config);
  const { host: listening, port, tls } = config.value.listen;
  const isEverywhere = isLoopback(listening) || listening === "0.0.0.0" || listening === "::";
  const host = isEverywhere ? (listening.includes(":") ? "::1" : "127.0.0.1") : listening;
  const method = post === null ? "GET" : "POST";
  const headers = { "Content-Type": "application/json" };
  // Our own machine: what the certificate says of a name matters to others.
  const options = { host, port, path, method, headers, rejectUnauthorized: false };
  return new Promise((resolve) => {
    const asked = (tls === undefined ? httpRequest : httpsRequest)(options, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => resolve(answerIn(Buffer.concat(parts).toString("utf8"))));
    });
    asked.on("error", () => resolve(err(`No anchor answers at ${host}:${port}: start it first.`)));
    asked.end(post === null ? undefined : JSON.stringify(post));
  });
}

function answerIn(text: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(text));
  } catch {
    return err(`The anchor answers: ${text.slice(0, 80)}`);
  }
}

function parseObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function usage(): Result<never, string> {
  return err(`usage: holdfast ${caseUsage}`);
}
