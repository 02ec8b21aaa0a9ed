import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codesOf, codesPage, packetsOfCodes } from "../src/anchor/carry/carry-codes.ts";
import { onlyTaker, openCargo, takeCargo } from "../src/anchor/carry/carry-in.ts";
import { cargoPackets } from "../src/anchor/carry/carry-out.ts";
import { readCharter } from "../src/anchor/store/store-reads.ts";
import type { JsonObject } from "../src/basics/canonical-json.ts";
import type { FactRef } from "../src/basics/name.ts";
import { decodePacket } from "../src/exchange/packet.ts";
import { qrCharactersMax } from "../src/exchange/qr.ts";
import { writeCodePicture } from "./support/codes.ts";
import { zbarMissing } from "./support/foreign.ts";
import { type Founded, foundedDevice, foundedRegion, foundRegion, valueIn } from "./support/founded.ts";
import { ShellNode, until } from "./support/shells.ts";

// One mission travels from the control centre's screen to the ambulance's camera.

const centre = "duesseldorf";
// As long as a name may be.
const hospital = "gelsenkirchen-bergmannsheil-buer";
const vehicle = "rtw-2-83-1";
const missing = zbarMissing();
let folder: string;
let founded: Founded;
let packets: readonly Uint8Array[];
let kinds: readonly string[];

async function said(node: ShellNode, kind: string, body: JsonObject): Promise<FactRef> {
  const answer = await node.submit(kind, body, `${kind.replace(/[^a-z]/g, "")}-8fK2jLs0Qw`);
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return answer.ref;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "holdfast-codes-"));
  founded = foundRegion({ [centre]: "control-centre", [hospital]: "hospital", [vehicle]: "ambulance" });
  const nodes: ShellNode[] = [];
  for (const site of [centre, hospital]) {
    nodes.push(await (await new ShellNode(founded, site).start()).takeCharter());
  }
  const [desk, ward] = nodes as [ShellNode, ShellNode];
  await desk.dial(ward);
  const mission = await said(desk, "mission.opened/1", {
    ageGroup: "65-79",
    callAtMs: 1_599_782_400_000,
    cell: { latE2: 5120, lonE2: 680 },
    cpr: false,
    doctor: true,
    infectious: false,
    need: "aortic-emergency",
    pregnant: false,
    urgency: 1,
    vehicle,
    ventilated: false,
  });
  const asked = await said(desk, "mission.asked/1", { mission, hospital, answerWithinS: 120, over: [] });
  await until(() => ward.holds(desk) === asked[1] + 1, "the hospital is asked");
  await said(ward, "mission.answered/1", { mission, asked, answer: "ready", over: [] });
  await until(() => desk.holds(ward) === ward.holds(ward), "the answer is with the centre");
  const charter = valueIn(await readCharter(desk.store, foundedRegion, founded.authority));
  const cargo = { to: `${vehicle}/${foundedDevice}`, sites: [centre, hospital], sinceMs: null };
  const carried: Uint8Array[] = [];
  for await (const packet of cargoPackets(desk.store, charter, cargo)) carried.push(valueIn(packet));
  packets = carried;
  kinds = carried.flatMap((bytes) => {
    const packet = valueIn(decodePacket(bytes));
    return packet.type === "entries"
      ? packet.items.map((item) =>
          item.kind === "bytes" ? JSON.parse(new TextDecoder().decode(item.bytes)).kind : "hash",
        )
      : [packet.type];
  });
  for (const node of nodes) await node.stop();
}, 60_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(founded.dir, { recursive: true });
});

describe("codes", () => {
  test("[QR5] a mission with its announcement and answer is one code of at most 1,200 characters", () => {
    expect(kinds).toEqual([
      "log.start/1",
      "mission.opened/1",
      "mission.asked/1",
      "log.start/1",
      "mission.answered/1",
    ]);
    const texts = valueIn(codesOf(packets));
    expect(texts).toHaveLength(1);
    expect(texts[0]?.length).toBeLessThanOrEqual(qrCharactersMax);
    expect(valueIn(packetsOfCodes(texts))).toEqual(packets);
  });

  test("[QR6] Debian's zbar reads what we wrote, every character of it", (context) => {
    context.skip(missing !== null, missing ?? "");
    const long = Uint8Array.from({ length: 4_000 }, (_, at) => (at * 7_919) % 251);
    const texts = [...valueIn(codesOf(packets)), ...valueIn(codesOf([long]))];
    expect(texts.length).toBeGreaterThan(1);
    for (const [at, text] of texts.entries()) {
      const picture = join(folder, `${at}.pbm`);
      writeCodePicture(picture, text);
      expect(execFileSync("zbarimg", ["--quiet", "--raw", "-Sbinary", picture]).toString()).toBe(text);
    }
  });

  test("[QR6] what zbar prints of all codes at once, with its prefix, is taken in", async (context) => {
    context.skip(missing !== null, missing ?? "");
    const texts = valueIn(codesOf(packets));
    const pictures = texts.map((text, at) => {
      const picture = join(folder, `all-${at}.pbm`);
      writeCodePicture(picture, text, 3);
      return picture;
    });
    const { stdout } = spawnSync("zbarimg", ["--quiet", ...pictures, ...pictures], { encoding: "utf8" });
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toEqual([...texts, ...texts].map((text) => `QR-Code:${text}`));
    const file = join(folder, "as-zbar-printed.txt");
    writeFileSync(file, stdout);
    const crew = await (await new ShellNode(founded, vehicle).start()).takeCharter();
    const cargo = valueIn(await openCargo(file, onlyTaker(crew.shell)));
    expect(cargo.map(({ read }) => valueIn(read()))).toEqual(packets);
    expect(valueIn(await takeCargo(onlyTaker(crew.shell), cargo))).toBe(
      "Taken in: 5 entries of 2 logs, 2 sites.",
    );
    expect(crew.house.fold.missions.size).toBe(1);
    await crew.stop();
  });

  test("the page shows every code and asks nobody for anything", () => {
    const texts = valueIn(codesOf(packets));
    const page = codesPage([...texts, ...texts, ...texts], foundedRegion);
    expect(page.match(/<svg/g)).toHaveLength(3);
    expect(page).toContain(`${foundedRegion} · 2 / 3`);
    expect(page.match(/(?:src|href)=/g)).toBeNull();
  });
});
