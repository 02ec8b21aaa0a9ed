import { present } from "../basics/assert.ts";
import { type LogId, type Origin, originOf, refKey } from "../basics/name.ts";
import { hourMs } from "../basics/time.ts";
import type { Fold, FoldedLog } from "../region/fold.ts";
import { missionOfTask } from "../region/task.ts";
import { regionView } from "../region/view.ts";
import type { Commit } from "../site/effects.ts";
import { needsRefold } from "../site/folding.ts";
import { commonSize } from "../site/forks/fork-proof.ts";
import type { House } from "../site/state.ts";
import { type Checker, CheckFailure } from "./checker.ts";
import type { SimulatedProcess } from "./process.ts";
import type { StoreBooks } from "./store-books.ts";

/** What a house says it holds is what its store holds: log by log after each commit, all of it at start and end. */
export function vectorIsStore(books: StoreBooks): Checker {
  const check = (process: SimulatedProcess): void => {
    const { vector } = books.of(process);
    if (process.house !== null && process.house.vector.digest() !== vector.digest())
      throw new CheckFailure("vector", `${process.name} has another vector than its store`);
  };
  const last = new WeakMap<SimulatedProcess, Commit>();
  return {
    name: "vector",
    started: check,
    durable: (process, commit) => {
      last.set(process, commit);
    },
    stepped: (process, input) => {
      if (input.type !== "committed") return;
      const { appends = [], forks = [] } = last.get(process) ?? {};
      for (const { origin } of [...appends, ...forks.map(({ ours }) => ours)])
        compareLog(books, process, origin);
    },
    ended: (processes) => processes.forEach(check),
  };
}

function compareLog(books: StoreBooks, process: SimulatedProcess, origin: Origin): void {
  const [said, stored] = [process.house?.vector.get(origin), books.of(process).vector.get(origin)];
  if (said?.size !== stored?.size || said?.root !== stored?.root)
    throw new CheckFailure("vector", `${process.name} has ${origin} otherwise than its store`);
}

/**
 * The same facts make the same fold, whatever their order of arrival: in every house, and when folded anew from the
 * store; and the same fold makes the same view.
 */
export function foldIsOrderless(foldedAnew: (process: SimulatedProcess) => House): Checker {
  return {
    name: "fold",
    ended: (processes) => {
      let expected: string | null = null;
      for (const process of processes) {
        const house = present(process.house, "every process runs at the end");
        const [found, anew] = [house, foldedAnew(process)];
        expected ??= foldText(found);
        compare(expected, foldText(found), `${process.name} and the first`);
        compare(expected, foldText(anew), `${process.name} folded anew and the first`);
        compare(viewText(process, found), viewText(process, anew), `the view of ${process.name} folded anew`);
      }
    },
  };
}

function compare(expected: string, found: string, between: string): void {
  if (expected === found) return;
  const at = [...expected].findIndex((character, i) => character !== found[i]);
  const from = Math.max(0, at - 200);
  throw new CheckFailure(
    "fold",
    `${between}: …${expected.slice(from, at + 100)}… and …${found.slice(from, at + 100)}…`,
  );
}

/** What the house has folded, as text that is the same for the same facts. Throws when it is stale. */
export function foldText(house: House): string {
  if (needsRefold(house)) throw new CheckFailure("fold", "stale at the end");
  return canonical({ ...openedOnly(house.fold), logs: comparableLogs(house) }, ownMatters);
}

/** The same with all that only this store knows, so that two folds of one store can be compared: its own requests, and when it stored what. */
export function ownFoldText({ fold }: House): string {
  return canonical(fold, pathMatters);
}

/** Who holds another history of a forked log perhaps waits for an opening that others know to be none. */
function openedOnly(fold: Fold): Fold {
  const missions = new Map([...fold.missions].filter(([, { opened }]) => opened !== null));
  const tasks = new Map(
    [...fold.tasks].filter(([task]) => {
      const mission = missionOfTask(task);
      return mission === null || missions.has(refKey(mission));
    }),
  );
  return { ...fold, missions, tasks, awaited: new Map() };
}

/** Of a forked log houses hold different histories: only what they share can be compared. */
function comparableLogs({ fold, forks, region }: House): ReadonlyMap<LogId, FoldedLog> {
  const logs = new Map(fold.logs);
  for (const [origin, fork] of forks) {
    const id = origin.slice(originOf(region, "").length);
    const folded = logs.get(id);
    if (folded !== undefined) logs.set(id, { ...folded, size: Math.min(folded.size, commonSize(fork)) });
  }
  // Where histories share nothing, who came later has not taken a single entry of either.
  return new Map([...logs].filter(([, { size }]) => size > 0));
}

function viewText(process: SimulatedProcess, { fold, charter }: House): string {
  const runOut = { openRunsOutMs: 8 * hourMs, voiceRunsOutMs: hourMs };
  const { wallMs } = process.now();
  return JSON.stringify(regionView({ fold, charter, nowMs: wallMs, runOut, clockOffsetMs: () => 0 }));
}

/** What differs rightly: when it was stored, whose own requests it remembers, how it got here. */
const ownMatters: ReadonlySet<string> = new Set([
  "storedMs",
  "requests",
  "replaced",
  "charterRevision",
  "closedStoredMs",
  "endedStoredMs",
  "endedLately",
  "leftMs",
  "kinds",
]);

/** What differs even in one store, by the order in which it was folded and how long ago. */
const pathMatters: ReadonlySet<string> = new Set(["charterRevision", "replaced", "leftMs"]);

/**
 * Text that is the same for the same value, whatever the order of its maps, sets, lists and members.
 * @param without keys and members of these names are left out
 */
function canonical(value: unknown, without: ReadonlySet<string>): string {
  const textOf = (member: unknown): string => canonical(member, without);
  if (value instanceof Map) {
    const pairs = [...value].filter(([key]) => !without.has(String(key)));
    return ordered(pairs.map(([key, member]) => `${textOf(key)}: ${textOf(member)}`));
  }
  if (value instanceof Set) return ordered([...value].map(textOf));
  if (Array.isArray(value)) return value.every(isScalar) ? JSON.stringify(value) : ordered(value.map(textOf));
  if (isScalar(value)) return JSON.stringify(value) ?? "nothing";
  const members = Object.entries(value as object).filter(
    ([key, member]) => member !== undefined && !without.has(key),
  );
  return ordered(members.map(([key, member]) => `${key}: ${textOf(member)}`));
}

function ordered(texts: readonly string[]): string {
  return `[${[...texts].sort().join(", ")}]`;
}

function isScalar(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}
