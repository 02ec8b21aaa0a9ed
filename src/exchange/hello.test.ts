import { describe, expect, test } from "vitest";
import { present } from "../basics/assert.ts";
import { fromHex, toBase64, toHex, utf8Decode, utf8Encode } from "../basics/bytes.ts";
import { nobleCrypto, nobleSigner } from "../log/ed25519-noble.ts";
import { logKeyName, makeVkey, type Vkey } from "../log/vkey.ts";
import {
  checkOffer,
  checkProof,
  type HelloSelf,
  helloNonceBytes,
  helloOffer,
  helloProof,
  helloText,
  plainChannel,
} from "./hello.ts";
import { encodePacket, helloBytesMax } from "./packet.ts";
import type { HelloOffer } from "./packet-head.ts";

const { sha256 } = nobleCrypto;

/** A device with its own key in a region. */
function device(site: string, name = "box", region = "r", epoch = "1-00000001"): HelloSelf {
  const signer = nobleSigner(
    sha256(utf8Encode(`${region}/${site}/${name}`)),
    logKeyName(region, site, name),
    "log",
  );
  return { region, origin: `holdfast/1/${region}/${site}/${name}/${epoch}`, signer };
}

function nonce(word: string): Uint8Array {
  return sha256(utf8Encode(word));
}

const ukd = device("ukd");
const centre = device("centre");
const asked = helloOffer(ukd, "centre/box", nonce("dialer"));
const answered = helloOffer(centre, "ukd/box", nonce("listener"));
const text = helloText("r", asked, answered, plainChannel);

function signatureOf(self: HelloSelf, over: Uint8Array): string {
  const head = helloProof(self, over);
  return head.step === "proof" ? head.signature : "";
}

function verdict(vkey: Vkey | undefined, over: Uint8Array, signature: string): string {
  const checked = checkProof(nobleCrypto, vkey, over, signature);
  return checked.ok ? "proved" : checked.error;
}

describe("[HELLO1] both sides sign one text", () => {
  test("seven lines, each ended by a newline", () => {
    expect(utf8Decode(text)).toEqual({
      ok: true,
      value: [
        "holdfast/hello/1",
        "r",
        "holdfast/1/r/ukd/box/1-00000001",
        "holdfast/1/r/centre/box/1-00000001",
        toHex(nonce("dialer")),
        toHex(nonce("listener")),
        "plain",
        "",
      ].join("\n"),
    });
  });

  test("an offer names versions, region, origin, whom it means and its nonce", () => {
    expect(asked).toEqual({
      step: "offer",
      lowest: 1,
      highest: 4,
      region: "r",
      origin: "holdfast/1/r/ukd/box/1-00000001",
      to: "centre/box",
      nonce: toHex(nonce("dialer")),
    });
    expect(fromHex(asked.nonce)).toMatchObject({ ok: true, value: { length: helloNonceBytes } });
  });

  test("the proof of each is true for its own key alone", () => {
    expect(verdict(ukd.signer.vkey, text, signatureOf(ukd, text))).toBe("proved");
    expect(verdict(centre.signer.vkey, text, signatureOf(centre, text))).toBe("proved");
    expect(verdict(centre.signer.vkey, text, signatureOf(ukd, text))).toBe("wrong-signature");
  });

  test("the longest hello there can be is far below 4 KiB", () => {
    const long = "x".repeat(32);
    const self = device(long, long, long, "999999999-ffffffff");
    const offer = helloOffer(self, `${long}/${long}`, nonce("n"));
    const proof = helloProof(self, helloText(long, offer, offer, "ab".repeat(32)));
    for (const head of [offer, proof]) {
      expect(encodePacket({ type: "hello", head }).length).toBeLessThan(helloBytesMax / 4);
    }
  });
});

describe("[HELLO2] an offer is refused before anything is signed for it", () => {
  test.each<[string, Partial<HelloOffer>, string]>([
    ["that is meant for us", {}, "ukd/box"],
    ["of another region", { region: "s" }, "other-region"],
    ["with another region in its origin", { origin: device("ukd", "box", "s").origin }, "other-region"],
    ["that speaks only later versions", { lowest: 5, highest: 6 }, "other-version"],
    ["that speaks only earlier versions", { lowest: 0, highest: 0 }, "other-version"],
    ["that speaks the first version alone", { lowest: 1, highest: 1 }, "ukd/box"],
    ["that speaks ours among others", { lowest: 0, highest: 9 }, "ukd/box"],
    ["whose range is empty", { lowest: 2, highest: 0 }, "other-version"],
    ["meant for another device of our site", { to: "centre/tablet" }, "not-for-us"],
    ["meant for another site", { to: "neuss/box" }, "not-for-us"],
    ["in our own name", { origin: centre.origin }, "our-own-name"],
    [
      "in our own name with another epoch",
      { origin: device("centre", "box", "r", "2-00000002").origin },
      "our-own-name",
    ],
  ])("%s", (_, changed, expected) => {
    const checked = checkOffer(centre, { ...asked, ...changed });
    expect(checked.ok ? checked.value : checked.error).toBe(expected);
  });
});

describe("[HELLO3] a proof is worth nothing", () => {
  const signature = signatureOf(ukd, text);

  test.each<[string, Uint8Array]>([
    [
      "with another nonce of the listener (a replay)",
      helloText("r", asked, { ...answered, nonce: toHex(nonce("later")) }, plainChannel),
    ],
    [
      "with another nonce of the dialer",
      helloText("r", { ...asked, nonce: toHex(nonce("later")) }, answered, plainChannel),
    ],
    [
      "with another listener (relayed to a third)",
      helloText("r", asked, { ...answered, origin: device("neuss").origin }, plainChannel),
    ],
    [
      "with another epoch of the dialer",
      helloText(
        "r",
        { ...asked, origin: device("ukd", "box", "r", "2-00000002").origin },
        answered,
        plainChannel,
      ),
    ],
    ["in another region", helloText("s", asked, answered, plainChannel)],
    ["with the sides exchanged (reflected)", helloText("r", answered, asked, plainChannel)],
    ["over TLS when it was made in plain", helloText("r", asked, answered, "ab".repeat(32))],
  ])("%s", (_, other) => {
    expect(verdict(ukd.signer.vkey, other, signature)).toBe("wrong-signature");
  });

  test("over TLS with another certificate", () => {
    const [one, other] = ["ab", "cd"].map((digits) => helloText("r", asked, answered, digits.repeat(32)));
    const made = signatureOf(ukd, present(one, "text"));
    expect(verdict(ukd.signer.vkey, present(one, "text"), made)).toBe("proved");
    expect(verdict(ukd.signer.vkey, present(other, "text"), made)).toBe("wrong-signature");
  });

  test("of a device that the charter does not name", () => {
    expect(verdict(undefined, text, signature)).toBe("unknown-device");
  });

  test.each([
    ["empty", ""],
    ["not base64", "=A=="],
    ["too short", toBase64(new Uint8Array(63))],
    ["too long", toBase64(new Uint8Array(65))],
    ["zero", toBase64(new Uint8Array(64))],
  ])("when the signature is %s", (_, garbage) => {
    expect(verdict(ukd.signer.vkey, text, garbage)).toBe("wrong-signature");
  });

  test("under a key of small order, which would make every signature true", () => {
    const small = new Uint8Array(32);
    small[0] = 1;
    const vkey = makeVkey(sha256, "log", ukd.signer.vkey.name, small);
    const forged = new Uint8Array(64);
    forged[0] = 1;
    expect(verdict(vkey, text, toBase64(forged))).toBe("wrong-signature");
  });
});
