// Reads the text of a PDF as Chromium writes it, page by page: enough to see what is on which sheet.

import { inflateSync } from "node:zlib";

type Objects = ReadonlyMap<string, string>;

/** The text of each page. Letters without a way back to Unicode are left out. */
export function pdfPages(pdf: Buffer): readonly string[] {
  const objects = objectsOf(pdf.toString("latin1"));
  const pages = [...objects.values()].filter((object) => /\/Type\s*\/Page\b/.test(object));
  return pages.map((page) => pageText(page, objects));
}

function objectsOf(file: string): Objects {
  const found = file.matchAll(/(?:^|[\r\n])(\d+) 0 obj\b([\s\S]*?)\bendobj/g);
  return new Map([...found].map(([, number = "", body = ""]) => [number, body]));
}

function streamOf(object: string): string {
  const start = /stream\r?\n/.exec(object);
  if (start === null) return "";
  const from = start.index + start[0].length;
  const [, length = "0"] = /\/Length (\d+)/.exec(object) ?? [];
  const bytes = object.slice(from, from + Number(length));
  if (!object.includes("/FlateDecode")) return bytes;
  return inflateSync(Buffer.from(bytes, "latin1")).toString("latin1");
}

type Glyphs = ReadonlyMap<string, string>;

function pageText(page: string, objects: Objects): string {
  const fonts = new Map<string, Glyphs>();
  for (const [name, object] of fontsOf(page, objects)) fonts.set(name, glyphsOf(object, objects));
  return contentOf(page, objects)
    .map((content) => shownText(content, fonts))
    .join("\n");
}

function contentOf(page: string, objects: Objects): readonly string[] {
  const [, list = ""] = /\/Contents\s*(\[[^\]]*\]|\d+ 0 R)/.exec(page) ?? [];
  return [...list.matchAll(/(\d+) 0 R/g)].map(([, number = ""]) => streamOf(objects.get(number) ?? ""));
}

function fontsOf(page: string, objects: Objects): readonly (readonly [name: string, object: string])[] {
  const [, held] = /\/Resources\s+(\d+) 0 R/.exec(page) ?? [];
  const resources = held === undefined ? page : (objects.get(held) ?? "");
  const [, names = ""] = /\/Font\s*<<([\s\S]*?)>>/.exec(resources) ?? [];
  return [...names.matchAll(/\/(\w+)\s+(\d+) 0 R/g)].map(([, name = "", number = ""]) => {
    return [name, objects.get(number) ?? ""] as const;
  });
}

/** Codes of a font in hexadecimal to what they mean. */
function glyphsOf(font: string, objects: Objects): Glyphs {
  const [, number = ""] = /\/ToUnicode\s+(\d+) 0 R/.exec(font) ?? [];
  const map = streamOf(objects.get(number) ?? "");
  const glyphs = new Map<string, string>();
  for (const [, block = ""] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, code = "", text = ""] of block.matchAll(/<(\w+)>\s*<(\w+)>/g))
      glyphs.set(code, unicode(text));
  }
  for (const [, block = ""] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from = "", to = "", text = ""] of block.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g)) {
      const first = Number.parseInt(from, 16);
      for (let code = first; code <= Number.parseInt(to, 16); code += 1) {
        const letter = String.fromCharCode(Number.parseInt(text, 16) + code - first);
        glyphs.set(code.toString(16).toUpperCase().padStart(from.length, "0"), letter);
      }
    }
  }
  return glyphs;
}

function unicode(hex: string): string {
  const units = hex.match(/.{4}/g) ?? [];
  return String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16)));
}

/** What is shown, in the order in which it is drawn; a new position begins a new word. */
function shownText(content: string, fonts: ReadonlyMap<string, Glyphs>): string {
  let glyphs: Glyphs = new Map();
  let text = "";
  for (const [, font, hex, moved] of content.matchAll(
    /\/(\w+)\s+[\d.]+\s+Tf|<([0-9A-Fa-f]+)>|\b(T[mdD]|BT)\b/g,
  )) {
    if (font !== undefined) glyphs = fonts.get(font) ?? glyphs;
    else if (hex !== undefined) text += lettersOf(hex.toUpperCase(), glyphs);
    else if (moved !== undefined && !text.endsWith(" ")) text += " ";
  }
  return text;
}

function lettersOf(hex: string, glyphs: Glyphs): string {
  const codes = hex.match(/.{4}/g) ?? [];
  return codes.map((code) => glyphs.get(code) ?? "").join("");
}
