import { hash } from "node:crypto";

const policyHeader = "Content-Security-Policy";

/** What a page may load: the anchor's own files and, of scripts that stand in the page, those named by their hash. */
function policyOf(scripts: readonly string[]): string {
  return [
    "default-src 'self'",
    ...(scripts.length === 0 ? [] : [`script-src 'self' ${scripts.join(" ")}`]),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Guards a document; a page of the build has said already which of its own scripts may run. */
export function guard(headers: Headers): void {
  headers.set("Referrer-Policy", "no-referrer");
  if (!headers.has(policyHeader)) headers.set(policyHeader, policyOf([]));
}

/** The headers of a page that the build made: the scripts in it are the build's. */
export function pageHeaders(html: string): { readonly [header: string]: string } {
  const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(
    ([, script = ""]) => `'sha256-${hash("sha256", script, "base64")}'`,
  );
  return { [policyHeader]: policyOf(scripts) };
}
