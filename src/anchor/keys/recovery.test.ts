import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  clock,
  founded,
  newDir,
  packetsOf,
  readElsewhere,
  requestOf,
  value,
} from "../../../test/support/authority-hand.ts";
import { authorityNow, charterState, deviceIn, siteIn } from "../../region/charter.ts";
import { addDevices, addSites } from "./authority.ts";
import { type Recovery, recoverAuthority } from "./recovery.ts";

/** A region whose authority enrolled one box; its charter as that box has it. */
function lost() {
  const { dir, vkey } = founded();
  value(addDevices(dir, [{ request: requestOf("ukd"), addresses: ["wss://ukd.example/"] }], clock));
  packetsOf(dir);
  const wanted: Recovery = {
    recovery: join(dir, "recovery-keep-elsewhere"),
    charter: join(dir, "charter.txt"),
    key: vkey,
    device: "desk-2",
  };
  return { dir, vkey, wanted };
}

test("[AUTHORITY8] a new authority carries the charter on, to everybody who has the first one's key", () => {
  const { vkey, wanted } = lost();
  const dir = newDir();
  expect(value(recoverAuthority(dir, wanted, clock))).toMatch(
    /^land.desk-2 is the authority of rehearsal-x: of land.desk.* 5 entries count/,
  );
  value(addSites(dir, [{ site: "neuss", type: "hospital" }], clock));
  const request = requestOf("neuss");
  value(addDevices(dir, [{ request, addresses: [] }], clock));
  const { charter } = readElsewhere(vkey, packetsOf(dir));
  expect(authorityNow(charter).id).toBe("land/desk-2");
  expect(charterState(charter).recovery?.id).toBe("land/recovery");
  expect(deviceIn(charter, "ukd/box")?.addresses).toEqual(["wss://ukd.example/"]);
  expect([deviceIn(charter, "neuss/box")?.end, siteIn(charter, "land")?.type]).toEqual([null, "authority"]);
});

test("[AUTHORITY8] what a thief of the old key said past the given size is nothing; the recovery key may be used again", () => {
  const { dir, vkey, wanted } = lost();
  value(addSites(dir, [{ site: "thief", type: "control-centre" }], clock));
  packetsOf(dir);
  const [second, third] = [newDir(), newDir()];
  value(recoverAuthority(second, { ...wanted, size: 5 }, clock));
  value(addSites(second, [{ site: "neuss", type: "hospital" }], clock));
  const charter = join(second, "charter.txt");
  writeFileSync(charter, readFileSync(charterOf(second)));
  value(recoverAuthority(third, { ...wanted, charter, device: "desk-3" }, clock));
  const read = readElsewhere(vkey, packetsOf(third)).charter;
  expect(authorityNow(read).id).toBe("land/desk-3");
  expect([siteIn(read, "thief"), siteIn(read, "neuss")?.type]).toEqual([undefined, "hospital"]);
});

test.each([
  ["another recovery key", () => ({ recovery: lost().wanted.recovery }), "names another recovery key"],
  [
    "another region's charter",
    () => ({ charter: lost().wanted.charter }),
    "holds no charter of the authority",
  ],
  ["a key that is none", () => ({ key: "hello" }), "is no authority's key"],
  ["more than the file holds", () => ({ size: 6 }), "holds 5 entries of"],
  ["a name that was used", () => ({ device: "desk" }), "was refused"],
] as const)("[AUTHORITY8] %s is a sentence and leaves nothing", (_, changed, sentence) => {
  const { wanted } = lost();
  const dir = newDir();
  expect(recoverAuthority(dir, { ...wanted, ...changed() }, clock)).toMatchObject({
    error: expect.stringContaining(sentence),
  });
  expect(existsSync(dir)).toBe(false);
});

function charterOf(dir: string): string {
  packetsOf(dir);
  return join(dir, "charter.txt");
}
