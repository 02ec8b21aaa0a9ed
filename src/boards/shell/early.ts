// Stands in the page itself: asks for the first rows before the board's code has come, so that both come together.

const site = location.pathname.split("/")[2];
const id = Math.random().toString(36).slice(2, 12);
const source = new EventSource(`/api/${site}/board/events?first=${id}`);
const heard: { readonly data: string; readonly atMs: number }[] = [];
source.onmessage = ({ data }) => heard.push({ data, atMs: performance.now() });
Object.assign(globalThis, { early: { id, source, heard } });
// The first of these takes long on an old machine, and the line is slower than it: made now, later ones cost nothing.
setTimeout(() => new Intl.DateTimeFormat("de-DE", { hour: "2-digit" }));
