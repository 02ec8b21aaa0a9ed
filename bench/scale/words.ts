import type { Name } from "../../src/basics/name.ts";

/* What the bench and the processes that make its load say to each other. */

export type Order =
  | { readonly type: "connect"; readonly dir: string; readonly port: number }
  /** So many facts a second from now on; 0: none. */
  | { readonly type: "rate"; readonly factsPerS: number }
  | { readonly type: "end" };

export type Sent = { readonly hospital: Name; readonly capability: string; readonly atMs: number };

export type Report =
  | { readonly type: "connected"; readonly devices: number; readonly tookMs: number }
  | {
      readonly type: "second";
      readonly sent: readonly Sent[];
      readonly receiptMs: readonly number[];
      /** Facts that have no receipt yet. */
      readonly open: number;
      /** Devices whose connection the centre ended. */
      readonly letGo: number;
    };
