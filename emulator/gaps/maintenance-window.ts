import type { InternalCall } from "../proxy/call";

/** The maintenance window in which AWS makes the changes that wait for one; it opens when the emulator is asked to. */
export class MaintenanceWindow {
  private due: () => readonly InternalCall[] = () => [];

  /** Sets where the changes come from: one call for each resource with pending changes. */
  register(due: () => readonly InternalCall[]): void {
    this.due = due;
  }

  /** Makes all pending changes. */
  async open(send: (call: InternalCall) => Promise<unknown>): Promise<void> {
    for (const call of this.due()) await send(call);
  }
}
