// What a browser receives until a board's rows show, as the browser itself counts it: headers and bodies, packed.

import { get } from "node:http";
import { createGunzip } from "node:zlib";
import type { Browser, CDPSession } from "playwright-core";

/** A slow link and a slow machine. */
export type Throttle = { readonly bitsPerS: number; readonly latencyMs: number; readonly cpuTimes: number };

/** GPRS as design §7 draws it. */
export const gprs: Throttle = { bitsPerS: 50_000, latencyMs: 500, cpuTimes: 6 };

export type Load = {
  /** From the first request until the frame in which the rows are drawn. */
  readonly rowsMs: number;
  readonly wireBytes: number;
  /** By address, in the order of their first byte. */
  readonly parts: readonly { readonly path: string; readonly bytes: number }[];
};

/** Opens a page in a context of its own; `rows` selects what has to be there. Nothing is cached. */
export async function loadBoard(
  browser: Browser,
  url: string,
  rows: string,
  throttle: Throttle | null = gprs,
): Promise<Load> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  try {
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await page.addInitScript(noteRows, rows);
    const received = await watchWire(cdp);
    if (throttle !== null) await slowDown(cdp, throttle);
    await page.goto(url, { waitUntil: "commit", timeout: 60_000 });
    await page.locator("html[data-rows-at]").waitFor({ state: "attached", timeout: 60_000 });
    const rowsAtS = Number(await page.locator("html").getAttribute("data-rows-at")) / 1_000;
    const before = received().filter(({ atS }) => atS <= rowsAtS);
    const parts = new Map<string, number>();
    for (const { path, bytes } of before) parts.set(path, (parts.get(path) ?? 0) + bytes);
    const stream = [...parts.keys()].find((path) => path.endsWith("/events"));
    // Signs of life that come meanwhile, 40 bytes a second, are left out: how many depends on the machine.
    if (stream !== undefined)
      parts.set(stream, await firstPushBytes(new URL(`${stream}?first=measured`, url)));
    const first = Math.min(...received().map(({ askedAtS }) => askedAtS));
    return {
      rowsMs: Math.round((rowsAtS - first) * 1_000),
      wireBytes: [...parts.values()].reduce((sum, bytes) => sum + bytes, 0),
      parts: [...parts].map(([path, bytes]) => ({ path, bytes })),
    };
  } finally {
    await context.close();
  }
}

/**
 * Headers and the first push of a stream as a browser is sent it. Asked for again, because Chromium counts the bytes of
 * a stream only with its next ones.
 */
export function firstPushBytes(url: URL): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers: { "accept-encoding": "gzip" } }, (response) => {
      const unpacked = createGunzip();
      let text = "";
      unpacked.on("data", (bytes: Buffer) => {
        text += bytes.toString();
      });
      let bytes = response.rawHeaders.reduce(
        (sum, header) => sum + header.length + 2,
        "HTTP/1.1 200 OK".length + 4,
      );
      void (async () => {
        for await (const chunk of response as AsyncIterable<Buffer>) {
          bytes += chunk.length;
          await new Promise((written) => unpacked.write(chunk, written));
          if (text.includes("\n\n")) break;
        }
        request.destroy();
        resolve(bytes);
      })().catch(reject);
    });
    request.on("error", reject);
  });
}

/** Runs in the page: notes the wall clock of the first frame that has the rows. */
function noteRows(rows: string): void {
  const look = (): void => {
    if (document.querySelector(rows) === null) return;
    observer.disconnect();
    requestAnimationFrame(() =>
      setTimeout(() => {
        document.documentElement.dataset["rowsAt"] = String(performance.timeOrigin + performance.now());
      }),
    );
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
}

async function slowDown(cdp: CDPSession, { bitsPerS, latencyMs, cpuTimes }: Throttle): Promise<void> {
  const bytesPerS = bitsPerS / 8;
  await cdp.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: latencyMs,
    downloadThroughput: bytesPerS,
    uploadThroughput: bytesPerS,
  });
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: cpuTimes });
}

type Received = {
  readonly path: string;
  readonly bytes: number;
  /** Wall clock in seconds. */
  readonly atS: number;
  readonly askedAtS: number;
};

/** Every arrival of bytes: headers with the response, bodies as they come, and what the end of a request adds. */
async function watchWire(cdp: CDPSession): Promise<() => readonly Received[]> {
  const received: Received[] = [];
  const asked = new Map<
    string,
    { readonly path: string; readonly askedAtS: number; readonly offS: number; sum: number }
  >();
  const take = (id: string, bytes: number, monoS: number): void => {
    const request = asked.get(id);
    if (request === undefined || bytes <= 0) return;
    request.sum += bytes;
    const { path, askedAtS, offS } = request;
    received.push({ path, askedAtS, bytes, atS: monoS + offS });
  };
  cdp.on("Network.requestWillBeSent", ({ requestId, request, timestamp, wallTime }) => {
    const path = new URL(request.url).pathname;
    asked.set(requestId, { path, askedAtS: wallTime, offS: wallTime - timestamp, sum: 0 });
  });
  cdp.on("Network.responseReceived", ({ requestId, response, timestamp }) =>
    take(requestId, response.encodedDataLength, timestamp),
  );
  cdp.on("Network.dataReceived", ({ requestId, encodedDataLength, timestamp }) =>
    take(requestId, encodedDataLength, timestamp),
  );
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength, timestamp }) =>
    take(requestId, encodedDataLength - (asked.get(requestId)?.sum ?? 0), timestamp),
  );
  await cdp.send("Network.enable");
  return () => received;
}
