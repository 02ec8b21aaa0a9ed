// Stands in the page itself: asks for the first rows before the board's code has come, so that both come together.

const site = location.pathname.split("/")[2];
const id = Math.random().toString(36).slice(2, 12);
const source = new EventSource(`/api/${site}/board/events?first=${id}`);
const heard: { readonly data: string; readonly atMs: number }[] = [];
source.onmessage = ({ data }) => heard.push({ data, atMs: performance.now() });
// Each of these takes long on an old machine, and the line is slower than it: made now, they hold up no rows.
const early = { id, source, heard, sound: null as AudioContext | null };
Object.assign(globalThis, { early });
setTimeout(() => {
  new Intl.DateTimeFormat("de-DE", { hour: "2-digit" });
  early.sound = new AudioContext();
});
