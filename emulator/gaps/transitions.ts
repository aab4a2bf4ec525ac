import { Store } from "../store";
import type { AwsRequest } from "../proxy/gap";

/** The states that resources are in for some time after a change. */
export class Transitions {
  private readonly states = new Store<{ readonly state: string; readonly until: number }>();

  /**
   * @param seconds how long each state lasts; 0 when resources are available at once
   * @param now milliseconds since 1970. @default - the clock of this machine
   */
  constructor(
    private readonly seconds: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Begins a state of a resource. */
  begin(request: AwsRequest, name: string, state: string): void {
    if (this.seconds > 0) this.states.of(request).set(name, { state, until: this.now() + this.seconds * 1000 });
  }

  /** The state of a resource; undefined when it is available. */
  of(request: AwsRequest, name: string): string | undefined {
    const current = this.states.of(request).get(name);
    return current && current.until > this.now() ? current.state : undefined;
  }
}
