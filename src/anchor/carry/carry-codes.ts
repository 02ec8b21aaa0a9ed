import { deflateRawSync, inflateRawSync } from "node:zlib";
import { encodeQR } from "qr";
import { err, type Result } from "../../basics/result.ts";
import { packBundle, unpackBundle } from "../../exchange/bundle.ts";
import { newQrReader, qrPartsMax, qrTexts } from "../../exchange/qr.ts";
import { nodeCrypto } from "../crypto-node.ts";

/** A bundle never grows larger than this: a few codes could otherwise unfold into a whole memory. */
const bundleBytesMax = 4_194_304;
/** Each code is shown so long: a camera takes several pictures of it. */
const shownMs = 500;

/** The codes of these packets; a sentence where they would be too many. */
export function codesOf(packets: readonly Uint8Array[]): Result<readonly string[], string> {
  const bundle = packBundle(packets);
  const texts = qrTexts(nodeCrypto.sha256, deflateRawSync(bundle, { level: 9 }));
  if (texts.ok && bundle.length <= bundleBytesMax) return texts;
  return err(
    `That would be more than ${qrPartsMax} codes: leave something out (--to, --site, --minutes) or use a stick.`,
  );
}

/** The packets of a complete sequence, its codes in any order; lines that are no codes of ours are left aside. */
export function packetsOfCodes(texts: readonly string[]): Result<readonly Uint8Array[], string> {
  const reader = newQrReader(nodeCrypto.sha256);
  let damaged = 0;
  for (const text of texts) {
    const taken = reader.take(text);
    if (taken.ok || taken.error === "not-ours") continue;
    if (taken.error === "another-sequence")
      return err("The codes belong to two sequences: read one at a time.");
    damaged += 1;
  }
  const missing = reader.missing();
  if (missing === null)
    return err(damaged > 0 ? "Every code was misread: read them again." : "There is no code of Holdfast.");
  const whole = reader.whole();
  if (whole === null) return err(`Still missing: code ${missing.join(", ")}.`);
  const bundle = inflate(whole);
  const packets = bundle === null ? err("not-a-bundle") : unpackBundle(bundle);
  return packets.ok ? packets : err("The codes were read, but hold nothing that Holdfast wrote.");
}

function inflate(bytes: Uint8Array): Uint8Array | null {
  try {
    const { buffer, byteOffset, length } = inflateRawSync(bytes, { maxOutputLength: bundleBytesMax });
    return new Uint8Array(buffer, byteOffset, length);
  } catch {
    return null;
  }
}

/** A page that needs nothing else: shows one code after the other, and all of them where it is printed. */
export function codesPage(texts: readonly string[], region: string): string {
  const codes = texts.map((text, at) => {
    const svg = encodeQR(text, "svg", { ecc: "medium", encoding: "alphanumeric", border: 4 });
    return `<figure>${svg}<figcaption>${region} · ${at + 1} / ${texts.length}</figcaption></figure>`;
  });
  return page.replace("CODES", () => codes.join("\n"));
}

const page = `<!doctype html>
<html lang="de">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Holdfast: Codes</title>
<style>
body { font: 16px system-ui, sans-serif; margin: 1rem; background: #fff; color: #000 }
figure { margin: 0 0 2rem; break-inside: avoid; text-align: center }
svg { width: min(92vw, 82vh); height: auto }
.one figure { display: none }
.one figure.now { display: block }
@media print { .one figure { display: block } p { display: none } svg { width: 16cm } }
</style>
<p>Mit der Kamera der anderen Seite lesen, in beliebiger Reihenfolge. Leertaste: anhalten.
<span lang="en">Read with the other side's camera, in any order. Space: hold.</span></p>
CODES
<script>
const all = [...document.querySelectorAll("figure")];
let now = 0, held = false;
const show = (to) => { all[now].classList.remove("now"); now = (to + all.length) % all.length; all[now].classList.add("now") };
document.body.classList.add("one");
show(0);
setInterval(() => held || show(now + 1), ${shownMs});
addEventListener("keydown", ({ key }) => {
  if (key === " ") held = !held;
  if (key === "ArrowRight" || key === "ArrowLeft") { held = true; show(now + (key === "ArrowRight" ? 1 : -1)) }
});
addEventListener("click", () => { held = !held });
</script>
</html>
`;
