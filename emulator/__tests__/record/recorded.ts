import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readRecord, reportOf, type CallRecord, type Period, type RecordedRoute, type RouteReport } from "../..";

const patienceMs = 30_000;

/** The record of an emulator, in a directory of its own. */
export class RecordedFile {
  public readonly path = join(mkdtempSync(join(tmpdir(), "record-")), "calls.jsonl");

  public read(): CallRecord {
    return readRecord(this.path);
  }

  /** The last line on a route, once it is as expected. */
  public async state(route: string, expected: Partial<RecordedRoute>): Promise<RecordedRoute> {
    const until = Date.now() + patienceMs;
    for (;;) {
      const last = this.read().routes.findLast((line) => line.route === route);
      if (last && Object.entries(expected).every(([key, value]) => last[key as keyof RecordedRoute] === value)) {
        return last;
      }
      if (Date.now() > until) throw new Error(`the last line on ${route} is ${JSON.stringify(last)}`);
      await sleep(50);
    }
  }

  /** What the record reports on a route. */
  public route(route: string, period: Partial<Period> = {}): RouteReport | undefined {
    return reportOf(this.read(), period).routes.find((found) => found.route === route);
  }
}
