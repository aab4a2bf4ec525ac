import type { InternalCall } from "../proxy/call";

/** The maintenance window in which AWS makes the changes that wait for one; it opens when the emulator is asked to. */
export class MaintenanceWindow {
  private readonly due = new Map<string, () => readonly InternalCall[]>();

  /** Sets where the changes of a service come from: one call for each resource with pending changes. */
  register(service: string, due: () => readonly InternalCall[]): void {
    this.due.set(service, due);
  }

  /** Makes all pending changes. */
  async open(send: (call: InternalCall) => Promise<unknown>): Promise<void> {
    for (const due of this.due.values()) for (const call of due()) await send(call);
  }
}
