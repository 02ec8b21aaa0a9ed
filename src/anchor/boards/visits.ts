import type { Server } from "node:http";
import type { Name } from "../../basics/name.ts";

/** Somebody opened a site's board, or wrote at it. Never what was written. */
export type Visit =
  | { readonly what: "opened"; readonly site: Name }
  | { readonly what: "wrote"; readonly site: Name; readonly kind: string; readonly request: string }
  | { readonly what: "began-shift"; readonly site: Name };

const word = "visit";
/** As a whole, or as the page that the browser has already. */
const pageGiven: ReadonlySet<number> = new Set([200, 304]);
const boardPath = /^\/(?:dispatch|hospital|crew)\/([a-z0-9-]{1,32})(?:\?|$)/;

/** Tells of each page of a board that was asked for and given. */
export function watchPages(server: Server, tell: (visit: Visit) => void): void {
  server.on("request", (request, response) => {
    const [, site] = boardPath.exec(request.url ?? "") ?? [];
    if (request.method !== "GET" || site === undefined) return;
    response.once("finish", () => {
      if (pageGiven.has(response.statusCode)) tell({ what: "opened", site });
    });
  });
}

/** One line, for the process that started this one. */
export function visitLine(visit: Visit): string {
  const { what, site } = visit;
  return visit.what === "wrote"
    ? `${word} ${what} ${site} ${visit.kind} ${visit.request}`
    : `${word} ${what} ${site}`;
}

/** Null: the line tells of something else. */
export function parseVisit(line: string): Visit | null {
  const [first, what, site, kind, request] = line.split(" ");
  if (first !== word || site === undefined) return null;
  if (what === "opened" || what === "began-shift") return { what, site };
  return what === "wrote" && kind !== undefined && request !== undefined
    ? { what, site, kind, request }
    : null;
}
