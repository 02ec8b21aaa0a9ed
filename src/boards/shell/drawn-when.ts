import { Component, type JSX } from "preact";

type DrawnWhenProps = {
  readonly of: readonly unknown[];
  readonly draw: () => JSX.Element;
};

/**
 * Draws anew only when one of `of` has changed. What is drawn is not kept in a hook: a kept node names its parent of
 * that time, that one all its rows, and rows kept at other times theirs; so no drawing would ever be let go.
 */
export class DrawnWhen extends Component<DrawnWhenProps> {
  override shouldComponentUpdate({ of }: DrawnWhenProps): boolean {
    return of.some((value, i) => !Object.is(value, this.props.of[i]));
  }

  override render(): JSX.Element {
    return this.props.draw();
  }
}
