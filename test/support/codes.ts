import { writeFileSync } from "node:fs";
import { encodeQR } from "qr";

/** The picture of a code as a printer or a screen shows it, in the simplest format that others read (PBM). */
export function writeCodePicture(file: string, text: string, pixelsAModule = 4): void {
  const rows = encodeQR(text, "raw", { ecc: "medium", encoding: "alphanumeric", border: 4 });
  const lines = rows.flatMap((row) => {
    const line = row.map((dark) => (dark ? "1" : "0").repeat(pixelsAModule)).join("");
    return Array.from({ length: pixelsAModule }, () => line);
  });
  const side = rows.length * pixelsAModule;
  writeFileSync(file, `P1\n${side} ${side}\n${lines.join("\n")}\n`);
}
