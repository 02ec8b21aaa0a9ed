import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Name } from "../basics/name.ts";
import { seededRandom } from "../basics/random.ts";
import { capabilityIds, type Hospital } from "../region/region-data.ts";
import { answerRefusals } from "../site/exchange/answering.ts";
import type { CapabilityRow } from "../site/views/board-site-view.ts";
import type { BoardPost } from "../site/views/board-view.ts";
import { Desk, scriptMark } from "./desk.ts";
import { Hospitals } from "./hospitals.ts";
import { Ledger } from "./ledger.ts";

/** Only what the people of a hospital look at: both have an emergency department and a CT. */
function hospital(id: Name): Hospital {
  const has = (capability: string) => capability === "ct" || capability === "emergency-department";
  const capabilities = Object.fromEntries(
    capabilityIds.map((capability) => [capability, { value: has(capability) ? "yes" : "no" }]),
  );
  return { id, capabilities } as unknown as Hospital;
}

const confirmEveryMs = 4_000;
const cells = 4;

let posts: { readonly site: string; readonly post: BoardPost }[] = [];
/** What each hospital's board shows of what it can take. */
let rows: readonly Pick<CapabilityRow, "capability" | "cell">[] = [];
let hospitals: Hospitals;
let left = new Set<Name>();
let personMs = new Map<Name, number>();

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  vi.stubGlobal("fetch", async (url: string, init?: RequestInit) => {
    const [, , site = "", what] = new URL(url).pathname.split("/");
    if (what === "facts") {
      posts.push({ site, post: JSON.parse(String(init?.body)) });
      return Response.json({ ok: true, ref: ["log", posts.length] });
    }
    const view = { capabilities: rows, inbound: [], requests: [] };
    return new Response(`data: ${JSON.stringify({ type: "all", view })}\n\n`);
  });
  posts = [];
  left = new Set();
  personMs = new Map();
  hospitals = new Hospitals({
    hospitals: [hospital("a"), hospital("b")],
    deskOf: (site) => new Desk(`http://x/api/${site}`, "nurse#1", new Ledger()),
    urlOf: (site) => `http://x/api/${site}`,
    // Everything is open.
    random: { ...seededRandom(1), oneIn: () => false },
    confirmEveryMs,
    isLeft: (site) => left.has(site),
    personMs: (site) => personMs.get(site),
  });
});

afterEach(() => {
  hospitals.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Everything is said again once. */
async function round(): Promise<readonly string[]> {
  posts = [];
  await vi.advanceTimersByTimeAsync(confirmEveryMs);
  return posts.map(
    ({ site, post }) => `${site} ${String(post.body["capability"])} ${String(post.body["state"])}`,
  );
}

test("what a desk writes and is refused is noted, but for a click that came a moment too late", async () => {
  const ledger = new Ledger();
  const desk = new Desk("http://x/api/a", "nurse#1", ledger);
  const refused = async (code: string) => {
    vi.stubGlobal("fetch", async () => Response.json({ ok: false, code, sentence: { de: code, en: code } }));
    expect(await desk.write("mission.answered/1", {})).toBeNull();
  };
  for (const code of answerRefusals) await refused(code);
  expect(ledger.refused).toEqual([]);
  await refused("unknown-kind");
  expect(ledger.refused).toEqual(["mission.answered/1 at http://x/api/a: unknown-kind"]);
});

describe("the people of hospitals", () => {
  test("say everything again in turn, as the script", async () => {
    hospitals.startConfirming();
    const said = await round();
    expect(said).toHaveLength(cells);
    expect(said).toContain("a ct open");
    expect(posts.every(({ post }) => post.request.startsWith(scriptMark))).toBe(true);
  });

  test("begin nothing any more once their night is over", async () => {
    hospitals.stop();
    hospitals.startConfirming();
    expect(await round()).toEqual([]);
  });

  test("[REHEARSAL7] say nothing after they fell silent, until they come back", async () => {
    hospitals.startConfirming();
    hospitals.leave("a");
    expect((await round()).filter((line) => line.startsWith("a "))).toEqual([]);
    expect(hospitals.left).toEqual(["a"]);
    hospitals.comeBack("a");
    expect((await round()).filter((line) => line.startsWith("a "))).toHaveLength(2);
  });

  test("[REHEARSAL3] say nothing where a person does, and then go on with the person's words", async () => {
    hospitals.startConfirming();
    left.add("a");
    expect((await round()).filter((line) => line.startsWith("a "))).toEqual([]);
    left.delete("a");
    personMs.set("a", Date.now());
    const said = { source: "clinician", saidMs: 1, untilMs: null, disputed: false } as const;
    rows = [
      { capability: "ct", cell: { ...said, state: "cannot", reason: "it-failure" } },
      { capability: "emergency-department", cell: { ...said, state: "unconfirmed", reason: null } },
    ];
    const after = (await round()).filter((line) => line.startsWith("a "));
    expect(after.sort()).toEqual(["a ct cannot", "a emergency-department open"]);
    expect(posts.find(({ post }) => post.body["state"] === "cannot")?.post.body["reason"]).toBe("it-failure");
  });
});
