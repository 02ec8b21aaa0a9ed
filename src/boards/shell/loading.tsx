import type { JSX } from "preact";
import { type Link, linkState, loadingPercent } from "./link.ts";
import type { ShellTexts } from "./texts.ts";

export type LoadingProps = { readonly say: ShellTexts; readonly link: Link; readonly steadyMs: number };

/** A board before the anchor has said anything that it could show. */
export function Loading({ say, link, steadyMs }: LoadingProps): JSX.Element {
  const percent = loadingPercent(link, steadyMs);
  const isGone = percent === null && linkState(link, steadyMs) === "gone";
  const calm = isGone ? say.goneFromStart : say.loading;
  return (
    <main class="loading">
      {link.loading?.rehearsal && <p class="rehearsal">{say.rehearsal}</p>}
      <h1>Holdfast</h1>
      <p role="status">{percent === null ? calm : say.anchorReads(percent)}</p>
      {isGone && <p>{say.loadingNote}</p>}
    </main>
  );
}
