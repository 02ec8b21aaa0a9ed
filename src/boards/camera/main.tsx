import { sha256 } from "@noble/hashes/sha2.js";
import { render } from "preact";
import { newQrReader, type QrReader } from "../../exchange/qr.ts";
import type { BoardRegion } from "../../site/views/board-view.ts";
import { insist } from "../shell/insist.ts";
import { languageOf } from "../shell/language.ts";
import { readFile, watchCamera } from "./eye.ts";
import { cameraTexts } from "./texts.ts";

const language = languageOf(location.search);
const texts = cameraTexts[language];
const site = location.pathname.split("/").at(-1) ?? "";
const root = document.getElementById("board");

let reader: QrReader = newQrReader(sha256);
let codes: string[] = [];
/** What the anchor has answered to: the camera goes on seeing it, and the answer must stay. */
let answered: ReadonlySet<string> = new Set();
let hasCamera = true;
let isHanding = false;
let word = "";
let isRehearsal = false;

type CodesAnswer = { readonly ok: boolean; readonly sentence: string };

function saw(text: string): void {
  if (isHanding) return;
  const taken = reader.take(text);
  if (taken.ok && taken.value === "known") return;
  if (taken.ok) codes.push(text);
  word = taken.ok ? "" : refusal(taken.error);
  draw();
  if (reader.whole() !== null) void hand();
}

function refusal(error: "not-ours" | "damaged" | "another-sequence"): string {
  if (error === "another-sequence") return texts.anotherSequence;
  return error === "not-ours" ? texts.notOurs : texts.unreadable;
}

/** Gives the texts of all codes to the anchor, which checks them anew. */
async function hand(): Promise<void> {
  isHanding = true;
  word = texts.handing;
  draw();
  try {
    const response = await fetch(`/api/${site}/codes`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ codes }),
    });
    // The anchor's own answer; what is none is caught below.
    const answer = (await response.json()) as CodesAnswer;
    answered = new Set(codes);
    word = `${answer.ok ? texts.taken : texts.notTaken} ${answer.sentence}`;
  } catch (error) {
    word = `${texts.notTaken} ${String(error)}`;
  }
  startOver(word);
}

function startOver(say: string): void {
  reader = newQrReader(sha256);
  codes = [];
  isHanding = false;
  word = say;
  draw();
}

async function readPictures(files: FileList | null): Promise<void> {
  for (const file of files ?? []) {
    const text = await readFile(file);
    if (text === null) word = texts.unreadable;
    else saw(text);
    draw();
  }
}

function Parts() {
  const missing = reader.missing();
  if (missing === null) return <p>{texts.none}</p>;
  const parts = missing.length + codes.length;
  return (
    <>
      <p>{texts.progress(codes.length, parts)}</p>
      <ol class="parts">
        {Array.from({ length: parts }, (_, at) => at + 1).map((part) => (
          <li
            key={part}
            class={missing.includes(part) ? "" : "seen"}
            title={texts.part(part, !missing.includes(part))}
          >
            {part}
          </li>
        ))}
      </ol>
      <button type="button" onClick={() => startOver("")}>
        {texts.again}
      </button>
    </>
  );
}

function Page() {
  return (
    <main class="camera">
      {isRehearsal && <p class="rehearsal">{texts.rehearsal}</p>}
      <h1>{texts.title}</h1>
      <p>{hasCamera ? texts.how : texts.noCamera}</p>
      <video id="eye" muted playsInline hidden={!hasCamera} />
      <label class="pictures">
        {texts.pictures}{" "}
        <input
          type="file"
          accept="image/*"
          multiple
          onChange={(event) => void readPictures(event.currentTarget.files)}
        />
      </label>
      <Parts />
      <p role="status">{word}</p>
    </main>
  );
}

function draw(): void {
  if (root !== null) render(<Page />, root);
}

/** The anchor alone knows what region this is. */
async function askRegion(): Promise<void> {
  const response = await fetch(`/api/${site}/region`);
  if (!response.ok) throw new Error(`the anchor answered ${response.status}`);
  ({ rehearsal: isRehearsal } = (await response.json()) as BoardRegion);
  draw();
}

document.documentElement.lang = language;
draw();
void insist(askRegion);
const video = document.querySelector("video");
if (video !== null) {
  hasCamera = await watchCamera(video, (text) => {
    if (!answered.has(text)) saw(text);
  });
  draw();
}
