import type { JSX } from "preact";
import type { Shift } from "../shell/shift.ts";
import { Asks } from "./asks.tsx";
import type { PartProps } from "./capabilities.tsx";
import { Inbound } from "./inbound.tsx";
import { Outgoing } from "./outgoing.tsx";
import { Requests } from "./requests.tsx";
import { ShiftPanel } from "./shift-panel.tsx";
import { asksCall } from "./state.ts";
import { Transfers } from "./transfers.tsx";

export type NowProps = PartProps & {
  readonly shift: Shift | null;
  readonly handover: string;
  /** Calls that nobody has seen yet. */
  readonly unseen: readonly string[];
};

/** What people do now: who speaks, what we are asked, who comes. */
export function Now({ shift, handover, unseen, ...part }: NowProps): JSX.Element {
  const { view, sight, actions } = part;
  return (
    <>
      <ShiftPanel shift={shift} own={view.own} {...{ handover, sight, actions }} />
      <Requests {...part} unseen={unseen} />
      <Asks {...part} isUnseen={unseen.includes(asksCall)} />
      <Inbound view={view} sight={sight} />
      <Outgoing view={view} sight={sight} />
      <Transfers {...part} {...{ shift, unseen }} />
    </>
  );
}
