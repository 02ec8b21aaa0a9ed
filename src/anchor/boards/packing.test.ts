import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, constants, createGunzip, gunzipSync } from "node:zlib";
import { Hono } from "hono";
import { afterAll, describe, expect, test } from "vitest";
import { pushStream } from "./board-stream.ts";
import { gzipPacker, packedJson, packedPage, packingOf } from "./packing.ts";

const folder = mkdtempSync(join(tmpdir(), "holdfast-packing-"));
afterAll(() => rmSync(folder, { recursive: true }));
const page = join(folder, "index.html");
writeFileSync(page, "<title>plain</title>");

const value = { names: Array.from({ length: 50 }, (_, i) => `RTW Düsseldorf ${i}`) };

function ask(path: string, accepted?: string): Promise<Response> {
  const app = new Hono();
  app.get("/json", (context) => packedJson(context, value));
  app.get("/page", (context) => packedPage(context, page));
  const headers = accepted === undefined ? {} : { "accept-encoding": accepted };
  return Promise.resolve(app.request(path, { headers }));
}

describe("[DOOR6] what a board is sent is packed as its browser takes it", () => {
  test.each([
    [undefined, null],
    ["", null],
    ["identity", null],
    ["gzip, deflate", "gzip"],
    ["gzip, deflate, br, zstd", "br"],
    ["GZIP;q=0.5", "gzip"],
    ["br;q=0, gzip", "gzip"],
    ["br; q=0.0", null],
  ])("%j: %s", (accepted, packing) => {
    expect(packingOf(accepted)).toBe(packing);
  });

  test.each([
    ["br", brotliDecompressSync],
    ["gzip", gunzipSync],
  ])("an answer in %s is the same answer", async (packing, unpack) => {
    const response = await ask("/json", packing);
    expect(response.headers.get("content-encoding")).toBe(packing);
    expect(response.headers.get("vary")).toBe("Accept-Encoding");
    expect(JSON.parse(unpack(await response.arrayBuffer()).toString())).toEqual(value);
  });

  test("who takes no packing gets none", async () => {
    const response = await ask("/json");
    expect(response.headers.get("content-encoding")).toBeNull();
    expect(await response.json()).toEqual(value);
    expect(await (await ask("/page")).text()).toBe("<title>plain</title>");
  });

  test("[DOOR6] of scripts in a page only the build's own may run, named by their hash", async () => {
    const policy = async (html: string) => {
      const file = join(folder, "scripted.html");
      writeFileSync(file, html);
      const app = new Hono().get("/", (context) => packedPage(context, file));
      return (await app.request("/")).headers.get("content-security-policy") ?? "";
    };
    // The hash of one well-known script, as the policy's specification gives it.
    expect(await policy("<script>alert('Hello, world.');</script>")).toContain(
      "script-src 'self' 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='",
    );
    expect(await policy("<title>plain</title>")).not.toContain("script-src");
  });

  test("[BOARD35] the script that all boards share is named in the page's header, and where a page names none there is no such header", async () => {
    const link = async (html: string) => {
      const file = join(folder, "linking.html");
      writeFileSync(file, html);
      const app = new Hono().get("/", (context) => packedPage(context, file));
      return (await app.request("/")).headers.get("link");
    };
    const early = ["shell-a1", "site-b2"].map(
      (name) => `<link rel="modulepreload" href="/assets/${name}.js">`,
    );
    expect(await link(`<script type="module" src="/assets/crew-c3.js"></script>${early.join("")}`)).toBe(
      "</assets/shell-a1.js>;rel=modulepreload",
    );
    expect(await link("<title>plain</title>")).toBeNull();
  });

  test("a page goes with its styles in it, and to a browser that has it as a word", async () => {
    mkdirSync(join(folder, "assets"));
    writeFileSync(join(folder, "assets", "a-1.css"), "b{color:red}\n");
    const file = join(folder, "styled.html");
    const links = ["a-1", "gone-1"].map((name) => `<link rel="stylesheet" href="/assets/${name}.css">`);
    writeFileSync(file, links.join(""));
    const app = new Hono().get("/", (context) => packedPage(context, file));
    const get = async (headers: Record<string, string>) => await app.request("/", { headers });
    for (const [packing, unpack] of [
      ["br", brotliDecompressSync],
      ["gzip", gunzipSync],
    ] as const) {
      const packed = await get({ "accept-encoding": packing });
      expect(packed.headers.get("content-type")).toContain("text/html");
      expect(packed.headers.get("content-encoding")).toBe(packing);
      expect(unpack(await packed.arrayBuffer()).toString()).toBe(
        `<style data-file="assets/a-1.css">b{color:red}</style>${links[1]}`,
      );
    }
    const tag = (await get({})).headers.get("etag") ?? "";
    expect((await get({ "if-none-match": tag })).status).toBe(304);
    writeFileSync(join(folder, "assets", "a-1.css"), "b{color:blue}");
    expect((await get({ "if-none-match": tag })).status).toBe(200);
  });
});

describe("[DOOR6] a packed stream of pushes", () => {
  test("gives each push whole, before the next is there", async () => {
    const app = new Hono();
    let push: (message: object) => void = () => undefined;
    let isOpen = true;
    app.get("/events", (context) =>
      pushStream<object>(context, (given) => {
        push = given;
        return () => {
          isOpen = false;
        };
      }),
    );
    const response = await app.request("/events", { headers: { "accept-encoding": "gzip, br" } });
    expect(response.headers.get("content-encoding")).toBe("gzip");
    const reader = response.body?.getReader();
    const unpacked = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
    let text = "";
    unpacked.on("data", (bytes: Buffer) => {
      text += bytes.toString();
    });
    for (const message of [value, { type: "alive" }, { type: "alive" }]) {
      push(message);
      const wanted = `data: ${JSON.stringify(message)}\n\n`;
      text = "";
      while (!text.endsWith(wanted)) {
        const { value: bytes } = (await reader?.read()) ?? {};
        await new Promise((resolve) => unpacked.write(bytes, resolve));
      }
      expect(text).toBe(wanted);
    }
    await reader?.cancel();
    expect(isOpen).toBe(false);
  });

  test("whoever does not take what is packed holds the writer up", async () => {
    const packer = gzipPacker(() => new Promise(() => undefined));
    let written = 0;
    const writing = (async () => {
      for (; written < 1_000; written += 1)
        await packer.write(crypto.getRandomValues(new Uint8Array(8_192)).join());
    })();
    await Promise.race([writing, new Promise((resolve) => setTimeout(resolve, 500))]);
    expect(written).toBeLessThan(100);
    packer.end();
  });
});
