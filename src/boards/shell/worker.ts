// Runs in the browser beside the pages, once for all boards of an anchor: a board whose files were kept (kept.ts) opens
// again while its anchor is gone. It keeps nothing itself, and answers for pages and their files alone.

type AskedEvent = Event & {
  readonly request: Request;
  readonly respondWith: (answer: Promise<Response>) => void;
};

/** A page that takes longer is opened as it was kept: a cut line often swallows what is sent. */
const pageWithinMs = 4_000;

addEventListener("fetch", (event) => {
  const { request } = event as AskedEvent;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (pathname.startsWith("/assets/")) (event as AskedEvent).respondWith(asset(request));
  else if (request.mode === "navigate") (event as AskedEvent).respondWith(page(request, pathname));
});

/** Their names carry a hash of what is in them. */
async function asset(request: Request): Promise<Response> {
  return (await kept(request)) ?? fetch(request);
}

/** The anchor's own answer where it gives one in time. */
async function page(request: Request, path: string): Promise<Response> {
  const fresh = fetch(request);
  const late = new Promise<null>((done) => setTimeout(done, pageWithinMs, null));
  const answer = await Promise.race([fresh, late]).catch(() => null);
  if (answer !== null && answer.status < 500) return answer;
  return (await kept(path)) ?? fresh;
}

function kept(asked: Request | string): Promise<Response | undefined> {
  return caches.match(asked, { ignoreVary: true });
}
