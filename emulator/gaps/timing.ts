import { Store } from "../store";
import type { AwsRequest } from "../proxy/gap";

/** How slow the emulated AWS is. */
export interface Slow {
  /** Seconds that a new NAT gateway or VPC endpoint is pending, and a new load balancer provisioning. */
  readonly pendingSeconds: number;
}

/** Remembers which resources are new, as long as AWS takes to create one. */
export class Pending {
  private readonly until = new Store<number>();

  /** @param slow undefined when resources are ready at once */
  constructor(private readonly slow: Slow | undefined) {}

  /** Records that a resource was created now. */
  start(request: AwsRequest, id: string): void {
    if (this.slow) this.until.of(request).set(id, Date.now() + this.slow.pendingSeconds * 1000);
  }

  /** Whether the resource is still being created. */
  has(request: AwsRequest, id: string): boolean {
    return (this.until.of(request).get(id) ?? 0) > Date.now();
  }
}
