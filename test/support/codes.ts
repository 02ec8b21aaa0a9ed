import { closeSync, openSync, writeFileSync, writeSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";
import { encodeQR } from "qr";

/** The picture of a code as a printer or a screen shows it, in the simplest format that others read (PBM). */
export function writeCodePicture(file: string, text: string, pixelsAModule = 4): void {
  const rows = squaresOf(text);
  const lines = rows.flatMap((row) => {
    const line = row.map((dark) => (dark ? "1" : "0").repeat(pixelsAModule)).join("");
    return Array.from({ length: pixelsAModule }, () => line);
  });
  const side = rows.length * pixelsAModule;
  writeFileSync(file, `P1\n${side} ${side}\n${lines.join("\n")}\n`);
}

function squaresOf(text: string): boolean[][] {
  return encodeQR(text, "raw", { ecc: "medium", encoding: "alphanumeric", border: 4 });
}

/** The same as grey pixels, dark on white, in the upper left corner of a picture. */
function pixelsOf(text: string, width: number, height: number, pixelsAModule: number): Buffer {
  const rows = squaresOf(text);
  return Buffer.from(
    Array.from({ length: width * height }, (_, at) => {
      const [x, y] = [at % width, Math.floor(at / width)];
      return rows[Math.floor(y / pixelsAModule)]?.[Math.floor(x / pixelsAModule)] === true ? 30 : 225;
    }),
  );
}

/** A photograph of a code as a browser takes it: PNG, 8-bit grey. */
export function pngOf(text: string, pixelsAModule = 4): Buffer {
  const side = squaresOf(text).length * pixelsAModule;
  const pixels = pixelsOf(text, side, side, pixelsAModule);
  const lines = Array.from({ length: side }, (_, y) =>
    Buffer.concat([Buffer.of(0), pixels.subarray(y * side, (y + 1) * side)]),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.writeUInt8(8, 8);
  const chunks = [chunk("IHDR", header), chunk("IDAT", deflateSync(Buffer.concat(lines))), chunk("IEND")];
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), ...chunks]);
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

const [videoWidth, videoHeight, framesEach] = [640, 480, 5];

/** What a camera sees that is held before a screen of codes: a film (Y4M) that Chromium plays in its place, for ever. */
export function writeCodeFilm(file: string, texts: readonly string[]): void {
  const colours = Buffer.alloc((videoWidth * videoHeight) / 2, 128);
  const film = openSync(file, "w");
  writeSync(film, `YUV4MPEG2 W${videoWidth} H${videoHeight} F10:1 Ip A1:1 C420jpeg\n`);
  for (const text of texts) {
    const frame = Buffer.concat([
      Buffer.from("FRAME\n"),
      pixelsOf(text, videoWidth, videoHeight, 4),
      colours,
    ]);
    for (let at = 0; at < framesEach; at += 1) writeSync(film, frame);
  }
  closeSync(film);
}
