import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { parseVisit, type Visit, visitLine, watchPages } from "./visits.ts";

const server = createServer((request, response) => {
  response.statusCode = request.url?.includes("nobody") === true ? 404 : 200;
  response.end();
});
afterEach(() => server.close());

test("[DOOR5] who opened a board is told, and nothing else that was asked for", async () => {
  const told: Visit[] = [];
  watchPages(server, (visit) => told.push(visit));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const paths = ["/", "/dispatch/duesseldorf", "/hospital/ukd?lang=en", "/crew/nobody", "/api/ukd/region"];
  for (const path of paths) await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  await fetch(`http://127.0.0.1:${port}/dispatch/duesseldorf`, { method: "POST" });
  expect(told).toEqual([
    { what: "opened", site: "duesseldorf" },
    { what: "opened", site: "ukd" },
  ]);
});

test("[DOOR5] a visit is one line, and other lines are none", () => {
  const visits: readonly Visit[] = [
    { what: "opened", site: "ukd" },
    { what: "began-shift", site: "rtw-wuppertal-3" },
    { what: "wrote", site: "ukd", kind: "hospital.status/1", request: "a-request" },
  ];
  expect(visits.map((visit) => parseVisit(visitLine(visit)))).toEqual(visits);
  for (const line of ["listening on http://127.0.0.1:1/", "visit", "visit left ukd", "visit wrote ukd"]) {
    expect(parseVisit(line)).toBeNull();
  }
});
