import type { RoutingContext } from "../data-plane/context";
import { Reader } from "../data-plane/reader";
import { networkHops } from "../network/hops";
import { scopeKey, type Aws, type Scope } from "../models/aws";
import type { AwsRequest, InternalCall } from "../proxy/call";
import type { Reply } from "../proxy/gap";
import { isReadRequest, type Layer } from "../proxy/layer";
import { isSuccess } from "../wire/reply";
import type { RecordedProblem, RecordedRoute } from "../record/line";
import type { Times } from "../time";
import { apiRoutes } from "./apis";
import { balancerRoutes } from "./load-balancers";
import { distinct } from "./route";
import { changesRoutes, servicesOf } from "./routing-calls";

export interface RouteWatchOptions {
  readonly aws: Aws;
  readonly send: (call: InternalCall) => Promise<Reply>;
  /** The accounts that have called the emulated AWS. */
  readonly accounts: () => readonly string[];
  /** Region of names that contain none. */
  readonly region: string;
  /** @default - nothing takes time */
  readonly time?: Times;
  /** Receives the changes, in order. */
  readonly write: (line: RecordedRoute | RecordedProblem) => void;
}

type State = Pick<RecordedRoute, "served" | "reason" | "removed">;

/** Services whose state changes with time alone, such as that of targets. */
const changing = ["ecs", "elasticloadbalancing", "elbv2"];
const lifeMs = (service: string): number => (changing.includes(service) ? 1000 : 10_000);

const shortestPauseMs = 1000;
/** Routes are evaluated for so long after the last change, since tasks start and connections drain meanwhile. */
const restlessMs = 60_000;

/**
 * Finds out after every call that may change it which routes exist and whether they are served. The next such call waits
 * until then, so that no state between two calls is missed; calls at the same time are evaluated together.
 */
export class RouteWatch {
  private readonly reader: Reader;
  private readonly scopes = new Map<string, Scope>();
  private readonly states = new Map<string, State>();
  private evaluation: Promise<void> | undefined;
  /** Time of the last change that is not evaluated. */
  private changedAt: number | undefined;
  private restlessUntil = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: RouteWatchOptions) {
    const { aws, send, time } = options;
    this.reader = new Reader(aws, { send }, time?.clock, lifeMs);
  }

  readonly layer: Layer = async (request, next) => {
    if (isReadRequest(request)) return next(request);
    const concerned = changesRoutes(request);
    if (concerned) await this.evaluation;
    const reply = await next(request);
    if (!isSuccess(reply)) return reply;
    this.reader.forget(servicesOf(request));
    if (concerned) this.changed(request);
    return reply;
  };

  /** Begins anew, because all state of the emulated AWS is deleted. */
  reset(): void {
    this.scopes.clear();
    this.reader.forget();
    if (this.states.size > 0) this.evaluate(Date.now());
  }

  /** Evaluates a last time. */
  async stop(): Promise<void> {
    if (this.states.size > 0) this.evaluate(Date.now());
    await this.evaluation;
    clearTimeout(this.timer);
    this.restlessUntil = 0;
  }

  private changed({ account, region }: AwsRequest): void {
    const scope = { account, region };
    this.scopes.set(scopeKey(scope), scope);
    this.restlessUntil = Date.now() + restlessMs;
    this.evaluate(Date.now());
  }

  private evaluate(time: number): void {
    clearTimeout(this.timer);
    this.changedAt = time;
    this.evaluation ??= this.evaluateChanges().finally(() => {
      this.evaluation = undefined;
      // A change that came after the loop had ended.
      if (this.hasChange()) this.evaluate(Date.now());
    });
  }

  private async evaluateChanges(): Promise<void> {
    const started = Date.now();
    for (let time = this.takeChange(); time !== undefined; time = this.takeChange()) {
      try {
        const found = await this.currentStates();
        // After another change meanwhile, what was read is of two moments.
        if (!this.hasChange()) this.write(time, found);
      } catch (error) {
        this.options.write({ time, problem: `routes could not be evaluated: ${String(error)}` });
      }
    }
    const pauseMs = Math.max(shortestPauseMs, 5 * (Date.now() - started));
    if (this.states.size === 0 || Date.now() + pauseMs > this.restlessUntil) return;
    this.timer = setTimeout(() => {
      this.evaluate(Date.now());
    }, pauseMs).unref();
  }

  private hasChange(): boolean {
    return this.changedAt !== undefined;
  }

  private takeChange(): number | undefined {
    const time = this.changedAt;
    this.changedAt = undefined;
    return time;
  }

  private async currentStates(): Promise<ReadonlyMap<string, State>> {
    const context = this.context();
    const states = new Map<string, State>();
    for (const scope of this.scopes.values()) {
      const place = { context, scope };
      for (const { name, blockedReason } of distinct([...(await balancerRoutes(place)), ...(await apiRoutes(place))])) {
        const reason = await blockedReason();
        const known = states.get(name);
        if (!known?.served) states.set(name, reason === undefined ? { served: true } : { served: false, reason });
      }
    }
    return states;
  }

  /** What routes are evaluated with: each connection is decided once, by the network of the moment. */
  private context(): RoutingContext {
    const { accounts, region, time = {} } = this.options;
    const { hopAllowed: decide } = networkHops({
      ask: (scope, service, operation, input) => this.reader.ask(scope, service, operation, input),
    });
    const decisions = new Map<string, Promise<string | undefined>>();
    return {
      reader: this.reader,
      accounts,
      region,
      time,
      hopAllowed: (hop) => {
        const key = JSON.stringify(hop);
        const decision = decisions.get(key) ?? decide(hop);
        decisions.set(key, decision);
        return decision;
      },
    };
  }

  private write(time: number, found: ReadonlyMap<string, State>): void {
    for (const [route, state] of found) {
      const known = this.states.get(route);
      if (known?.served === state.served && known.reason === state.reason && !known.removed) continue;
      this.options.write({ time, route, ...state });
      this.states.set(route, state);
    }
    for (const [route, { removed }] of this.states) {
      if (found.has(route) || removed) continue;
      const state = { served: false, removed: true };
      this.options.write({ time, route, ...state });
      this.states.set(route, state);
    }
  }
}
