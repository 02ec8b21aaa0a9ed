import type { FactRef, Name } from "../../src/basics/name.ts";

/* What the bench and the processes that make its load say to each other. */

export type Order =
  | { readonly type: "connect"; readonly dir: string; readonly port: number }
  /** So many facts a second from now on; 0: none. */
  | { readonly type: "rate"; readonly factsPerS: number }
  /** Of the first crews each drives one of these: it says whither. */
  | { readonly type: "drive"; readonly missions: readonly FactRef[] }
  | { readonly type: "end" };

export type Sent = { readonly hospital: Name; readonly capability: string; readonly atMs: number };

export type Report =
  | { readonly type: "connected"; readonly devices: number; readonly tookMs: number }
  | {
      readonly type: "second";
      readonly sent: readonly Sent[];
      readonly receiptMs: readonly number[];
      /** Views of the own site that came, and their bytes. */
      readonly views: number;
      readonly viewBytes: number;
      /** From a device's own word until the view of its site shows it. */
      readonly viewMs: readonly number[];
      /** Devices that were given no view yet. */
      readonly viewless: number;
      /** Views of another site than the device's own: none may ever come. */
      readonly foreignViews: number;
      /** Facts that have no receipt yet. */
      readonly open: number;
      /** Devices whose connection the centre ended. */
      readonly letGo: number;
    };
