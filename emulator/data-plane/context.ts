import type { InternalCall } from "../proxy/call";
import type { Reply } from "../proxy/gap";
import type { Times } from "../time";
import type { HopAllowed } from "./hop";
import type { Reader } from "./reader";
import type { Tasks } from "./task/tasks";
import type { Signer } from "./token/signer";
import type { WebAcls } from "./waf/web-acl";

/** What finding the destination of a request needs. */
export interface RoutingContext {
  readonly reader: Reader;
  readonly hopAllowed: HopAllowed;
  /** The accounts that have called the emulated AWS. */
  readonly accounts: () => readonly string[];
  /** Region of names that contain none. */
  readonly region: string;
  readonly time: Times;
}

/** What the parts of the data plane share. */
export interface DataPlaneContext extends RoutingContext {
  readonly tasks: Tasks;
  readonly webAcls: WebAcls;
  readonly signer: Signer;
  /** Sends a call of the emulator itself. */
  readonly send: (call: InternalCall) => Promise<Reply>;
}
