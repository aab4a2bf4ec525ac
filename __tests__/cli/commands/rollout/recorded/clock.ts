import type { Clock } from "../../../../../cli/lib/clock";
import { at } from "./names";

/** A clock whose pauses take no time and are recorded. */
export class FakeClock implements Clock {
  /** Milliseconds. */
  public readonly pauses: number[] = [];
  private time = at(5).getTime();

  public now(): Date {
    return new Date(this.time);
  }

  public async pause(milliseconds: number): Promise<void> {
    this.pauses.push(milliseconds);
    this.time += milliseconds;
    return Promise.resolve();
  }
}
