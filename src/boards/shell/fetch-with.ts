/** Files asked for, each once. */
const asked = new Map<string, Promise<void>>();

/**
 * Loads a part of the board with the files that belong to it, which are asked for all at once: its styles are there
 * before it is drawn. Rejects where one did not come; it is asked for anew the next time.
 */
export async function fetchWith<T>(load: () => Promise<T>, files: readonly string[] = []): Promise<T> {
  await Promise.all(files.map(fetched));
  return load();
}

function fetched(file: string): Promise<void> {
  const known = asked.get(file) ?? linked(file);
  asked.set(file, known);
  return known;
}

function linked(file: string): Promise<void> {
  // The anchor has put it into the page itself (packing.ts).
  if (document.querySelector(`[data-file="${file}"]`) !== null) return Promise.resolve();
  const link = document.createElement("link");
  link.rel = file.endsWith("css") ? "stylesheet" : "modulepreload";
  link.href = `/${file}`;
  document.head.append(link);
  return new Promise((done, failed) => {
    // A browser that does not know the word would never say that it is done; the part itself asks for what it needs.
    if (!link.relList.supports(link.rel)) done();
    link.onload = () => done();
    link.onerror = () => {
      asked.delete(file);
      link.remove();
      failed(new Error(file));
    };
  });
}
