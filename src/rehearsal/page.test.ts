import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { RehearsalOrder, RehearsalView } from "../site/views/rehearsal-view.ts";
import { Page, pageBackWithinMs } from "./page.ts";

// What the page shows matters to nobody here.
const view = { regionName: "R" } as RehearsalView;
const json = { "content-type": "application/json" };
const next: RehearsalOrder = { order: "next" };

let dir = "";
let page: Page;
let address = "";
let obeyed: RehearsalOrder[] = [];

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "holdfast-page-"));
  writeFileSync(join(dir, "index.html"), "<title>page</title>");
  writeFileSync(join(dir, "secret.txt"), "secret");
  obeyed = [];
  page = new Page({
    assetsDir: dir,
    view: () => view,
    obey: async (order) => {
      obeyed.push(order);
      return { ok: true };
    },
  });
  address = await page.listen(0);
});

afterEach(() => {
  vi.useRealTimers();
  page.close();
  rmSync(dir, { recursive: true });
});

/** As `fetch` would, but with any header: a browser sets `host` and `origin` itself. */
function ask(path: string, headers: Record<string, string>, body?: string): Promise<number> {
  const { host, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const method = body === undefined ? "GET" : "POST";
    const asked = request({ port, path, method, headers: { host, ...headers } }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode ?? 0));
    });
    asked.once("error", reject).end(body);
  });
}

describe("[REHEARSAL1] the page's door", () => {
  test("gives the page and nothing else of the disk", async () => {
    expect(await (await fetch(address)).text()).toBe("<title>page</title>");
    for (const path of ["/secret.txt", "/../secret.txt", "/%2e%2e/package.json", "/api/other"]) {
      expect([path, await ask(path, {})]).toEqual([path, 404]);
    }
  });

  test("takes an order of its own page", async () => {
    const { origin } = new URL(address);
    expect(await ask("/api/orders", { ...json, origin }, JSON.stringify(next))).toBe(200);
    expect(obeyed).toEqual([next]);
  });

  test.each([
    ["another host name", { ...json, host: "evil.example:4710" }],
    ["a page of another origin", { ...json, origin: "http://evil.example" }],
    ["a page of another port", { ...json, origin: "http://127.0.0.1:1" }],
    ["an opaque origin", { ...json, origin: "null" }],
    ["a form", { "content-type": "application/x-www-form-urlencoded" }],
    ["plain text", { "content-type": "text/plain" }],
  ])("refuses %s, and nothing happens", async (_name, headers) => {
    expect(await ask("/api/orders", headers, JSON.stringify(next))).toBe(403);
    expect(obeyed).toEqual([]);
  });

  test.each([
    "",
    "next",
    `{"order":"explode"}`,
    `{"order":"kill","process":7}`,
    `{"order":"start-over","openLivesMin":0}`,
    `{"order":"leave","hospital":"../x"}`,
    `{"order":"next","more":1}`,
    `{"order":"kill","process":"${"x".repeat(5_000)}"}`,
  ])("refuses what is no order: %.40s", async (text) => {
    expect(await ask("/api/orders", json, text)).toBe(422);
    expect(obeyed).toEqual([]);
  });

  test("the stream gives the whole, then a sign of life every second", async () => {
    const response = await fetch(`${address}api/events`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const types: string[] = [];
    while (types.length < 3) {
      const { value = "" } = (await reader?.read()) ?? {};
      for (const line of value.split("\n\n").filter((one) => one !== "")) {
        types.push(JSON.parse(line.replace("data: ", "")).type);
      }
    }
    expect([types[0], types.at(-1), page.isOpen]).toEqual(["all", "alive", true]);
    vi.useFakeTimers({ toFake: ["Date"] });
    await reader?.cancel();
    // A stream that broke is back in a moment: nobody has closed the page.
    expect(page.isOpen).toBe(true);
    const later = () => {
      vi.setSystemTime(Date.now() + pageBackWithinMs);
      return page.isOpen;
    };
    await expect.poll(later).toBe(false);
  });
});
