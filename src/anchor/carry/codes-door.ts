import { existsSync } from "node:fs";
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import type { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import * as v from "valibot";
import type { Name } from "../../basics/name.ts";
import { qrCharactersMax, qrPartsMax } from "../../exchange/qr.ts";
import { packedPage } from "../boards/packing.ts";
import { cargoOfCodes, type Takers, takeCargo } from "./carry-in.ts";

export type CodesDoorOptions = {
  /** Asked at each post: what the charter names may have changed. */
  readonly takers: () => Promise<Takers>;
  /** Sites that this process serves. */
  readonly sites: ReadonlySet<Name>;
  /** The folder that the build of the camera page fills. */
  readonly pageDir: string;
};

const postSchema = v.object({
  codes: v.pipe(v.array(v.pipe(v.string(), v.maxLength(qrCharactersMax))), v.maxLength(qrPartsMax)),
});
const postBytesMax = 2 * qrPartsMax * qrCharactersMax;

/** The camera page and where it hands its codes in: what they hold proves itself, whoever brings it. */
export function addCodesDoor(app: Hono, { takers, sites, pageDir }: CodesDoorOptions): void {
  app.use(
    "/camera/assets/*",
    serveStatic({
      root: pageDir,
      rewriteRequestPath: (path) => path.slice("/camera".length),
      precompressed: true,
    }),
  );
  app.get("/camera/:site", (context) => {
    const page = join(pageDir, "index.html");
    if (!sites.has(context.req.param("site")) || !existsSync(page)) return context.notFound();
    return packedPage(context, page);
  });
  const refuse = (sentence: string) => ({ ok: false, sentence });
  const limit = bodyLimit({
    maxSize: postBytesMax,
    onError: (context) => context.json(refuse("These are more codes than a sequence has."), 400),
  });
  app.post("/api/:site/codes", limit, async (context) => {
    if (!sites.has(context.req.param("site"))) return context.notFound();
    const parsed = v.safeParse(postSchema, parseJson(await context.req.text()));
    if (!parsed.success) return context.json(refuse("These are no codes."), 400);
    const now = await takers();
    const cargo = cargoOfCodes(parsed.output.codes, now);
    const taken = cargo.ok ? await takeCargo(now, cargo.value) : cargo;
    return taken.ok
      ? context.json({ ok: true, sentence: taken.value })
      : context.json(refuse(taken.error), 422);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
