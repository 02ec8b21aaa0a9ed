import { setTimeout as pause } from "node:timers/promises";
import { WebSocket } from "ws";

/* Where a process of the bench spends its time: a CPU profile of a while, by way of its debugger's port. */

type Frame = { readonly functionName: string; readonly url: string; readonly lineNumber: number };
type ProfileNode = {
  readonly id: number;
  readonly callFrame: Frame;
  readonly children?: readonly number[];
};
type Profile = {
  readonly nodes: readonly ProfileNode[];
  readonly startTime: number;
  readonly endTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
};

const samplingUs = 1_000;
const shownMax = 40;

/** Profiles the process whose debugger listens at this port, and says in lines where its time went. */
export async function profileOf(name: string, port: number, forMs: number): Promise<string> {
  const listed = await fetch(`http://127.0.0.1:${port}/json/list`);
  const [target] = (await listed.json()) as { readonly webSocketDebuggerUrl: string }[];
  if (target === undefined) throw new Error(`no debugger at ${port}`);
  const socket = new WebSocket(target.webSocketDebuggerUrl, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  let lastId = 0;
  const ask = (method: string, params: object = {}): Promise<unknown> =>
    new Promise((resolve) => {
      lastId += 1;
      const id = lastId;
      socket.on("message", (data: Buffer) => {
        const said = JSON.parse(data.toString("utf8")) as { readonly id?: number; readonly result: unknown };
        if (said.id === id) resolve(said.result);
      });
      socket.send(JSON.stringify({ id, method, params }));
    });
  await ask("Profiler.enable");
  await ask("Profiler.setSamplingInterval", { interval: samplingUs });
  await ask("Profiler.start");
  await pause(forMs);
  const { profile } = (await ask("Profiler.stop")) as { readonly profile: Profile };
  socket.close();
  return summaryOf(name, profile);
}

/** Shares of the time by function: in it alone, and in it and all that it calls. */
function summaryOf(name: string, profile: Profile): string {
  const selfUs = selfTimes(profile);
  const self = new Map<string, number>();
  const whole = new Map<string, number>();
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const walk = (node: ProfileNode, above: ReadonlySet<string>): void => {
    const label = labelOf(node.callFrame);
    const us = selfUs.get(node.id) ?? 0;
    add(self, label, us);
    const path = new Set(above).add(label);
    for (const one of path) add(whole, one, us);
    for (const id of node.children ?? []) {
      const child = nodes.get(id);
      if (child !== undefined) walk(child, path);
    }
  };
  const [root] = profile.nodes;
  if (root !== undefined) walk(root, new Set());
  const allUs = profile.endTime - profile.startTime;
  return [
    `== ${name}: in the function alone`,
    ...top(self, allUs),
    `== ${name}: with what it calls`,
    ...top(whole, allUs),
  ].join("\n");
}

function selfTimes({ samples, timeDeltas }: Profile): ReadonlyMap<number, number> {
  const times = new Map<number, number>();
  for (const [i, id] of samples.entries()) times.set(id, (times.get(id) ?? 0) + (timeDeltas[i + 1] ?? 0));
  return times;
}

function add(times: Map<string, number>, label: string, us: number): void {
  times.set(label, (times.get(label) ?? 0) + us);
}

function top(times: ReadonlyMap<string, number>, allUs: number): readonly string[] {
  const sorted = [...times].sort(([, a], [, b]) => b - a).slice(0, shownMax);
  return sorted.map(([label, us]) => `${((100 * us) / allUs).toFixed(1).padStart(6)} %  ${label}`);
}

function labelOf({ functionName, url, lineNumber }: Frame): string {
  const file = url.replace(/^.*\/(src|bench|node_modules)\//, "$1/");
  return `${functionName === "" ? "(unnamed)" : functionName} ${file}${url === "" ? "" : `:${lineNumber + 1}`}`;
}
