import type { InternalCall } from "../proxy/call";
import type { Reply } from "../proxy/gap";
import type { Times } from "../time";
import type { HopAllowed } from "./hop";
import type { Reader } from "./reader";
import type { Tasks } from "./task/tasks";
import type { Signer } from "./token/signer";
import type { WebAcls } from "./waf/web-acl";

/** What the parts of the data plane share. */
export interface DataPlaneContext {
  readonly reader: Reader;
  readonly tasks: Tasks;
  readonly webAcls: WebAcls;
  readonly signer: Signer;
  readonly hopAllowed: HopAllowed;
  /** Sends a call of the emulator itself. */
  readonly send: (call: InternalCall) => Promise<Reply>;
  /** The accounts that have called the emulated AWS. */
  readonly accounts: () => readonly string[];
  /** Region of names that contain none. */
  readonly region: string;
  readonly time: Times;
}
