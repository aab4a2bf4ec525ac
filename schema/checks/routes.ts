import { z } from "zod";
import { hasAlb, ingressOf, routesOf, type WrittenRoute } from "./checked-routes";
import { servicesOf } from "./checked-services";
import type { Check } from "./cross-checks";
import { listenerPriority } from "../listener-priority";
import { routeKey } from "../route";
import { testRoute } from "../services/test-route";
import { web } from "../services/web";

/** No two services answer one route. */
export const routesApart: Check = (stage, report) => {
  const owners = new Map<string, WrittenRoute>();
  for (const written of routesOf(stage)) {
    const key = routeKey(written.route);
    const owner = owners.get(key);
    owners.set(key, written);
    if (owner === undefined) continue;
    const who = owner.service === written.service ? "the same service" : `service "${owner.service}"`;
    report(written.path, `is also answered by ${who}; write it once`, written.route.text);
  }
};

/**
 * API Gateway takes one parameter in one place: `/a/{x}` and `/a/{y}/b`, or `/a/{x}` and `/a/*`, exclude each other.
 * It holds for every way in, so that a stage can switch from one to another.
 */
export const parametersApart: Check = (stage, report) => {
  const parameters = new Map<string, string>();
  for (const { route, path } of routesOf(stage)) {
    const { segments, greedy } = route;
    [...segments, ...(greedy ? ["*"] : [])].forEach((segment, depth) => {
      if (!/^[{*]/.test(segment)) return;
      const place = segments.slice(0, depth).join("/");
      const other = parameters.get(place) ?? segment;
      parameters.set(place, other);
      if (other === segment) return;
      const message = `has ${segment} where another route has ${other}; write one of the two in both routes`;
      report(path, message, route.text);
    });
  }
};

const listening = web.pick({ kind: true, port: true, listenerPort: true });

/** Every service behind an NLB has a listener of its own, and one on the internet has but the one on 443. */
export const listenersApart: Check = (stage, report) => {
  const ingress = ingressOf(stage);
  const services = servicesOf(stage, listening);
  if (ingress?.kind === "nlb" && services.length > 1) {
    const names = services.map(({ name }) => name);
    report(
      ["ingress", "kind"],
      `serves one service, not ${names.join(" and ")}; choose kind "alb", which routes`,
      "nlb",
    );
  }
  const listensForEach = ingress?.kind === "rest-api" && ingress.via === "nlb";
  const owners = new Map<number, string>();
  for (const { name, service, path } of services) {
    const { port, listenerPort } = service;
    if (!listensForEach) {
      if (listenerPort === undefined) continue;
      const message = 'is the port of no listener on this way in; remove it, or choose "rest-api" via "nlb"';
      report([...path, "listenerPort"], message, listenerPort);
      continue;
    }
    const listener = listenerPort ?? port;
    const owner = owners.get(listener);
    if (owner !== undefined) {
      const message = `is the listener of service "${owner}" already; write a listenerPort of its own`;
      report([...path, "listenerPort"], message, listener);
    }
    owners.set(listener, name);
  }
};

const careful = z.object({ gracefulShutdown: z.literal(true) });
const draining = web.pick({ kind: true, deregistrationDelaySeconds: true });

/** Time between the last request that a task gets and its answer, at the longest, and a little more. */
const spareSeconds = 5;

/** A task is not stopped in the middle of a request that the API still waits for. */
export const requestsDrained: Check = (stage, report) => {
  const ingress = ingressOf(stage);
  if (ingress === undefined || !("timeoutMilliseconds" in ingress) || !careful.safeParse(stage).success) return;
  const least = Math.ceil(ingress.timeoutMilliseconds / 1000) + spareSeconds;
  for (const { service, path } of servicesOf(stage, draining)) {
    const { deregistrationDelaySeconds: delay } = service;
    if (delay >= least) continue;
    const message = `ends before a request of ingress.timeoutMilliseconds, which gracefulShutdown forbids; write ${least} or more`;
    report([...path, "deregistrationDelaySeconds"], message, delay);
  }
};

const shifting = web.pick({ kind: true, deployment: true });

/** AWS's limit of conditions in one rule. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const valuesPerRule = 5;

/** Every route fits into a rule of an ALB, with a priority of its own. */
export const listenerRulesApart: Check = (stage, report) => {
  const ingress = ingressOf(stage);
  if (ingress === undefined || !hasAlb(ingress)) return;
  const owners = new Map<number, string>();
  const tested = new Map(
    servicesOf(stage, shifting).flatMap(({ name, service: { deployment } }) =>
      deployment.strategy === "rolling" ? [] : [[name, deployment.testHeader] as const],
    ),
  );
  const written = routesOf(stage).flatMap((each) => {
    const header = tested.get(each.service);
    return header === undefined ? [each] : [each, { ...each, route: testRoute(each.route, header) }];
  });
  for (const { route, path } of written) {
    const { greedy, segments, method, hosts, header } = route;
    const paths = greedy && segments.length > 0 ? 2 : 1;
    const values = paths + (method === "ANY" ? 0 : 1) + hosts.length + (header?.values.length ?? 0);
    if (values > valuesPerRule) {
      report(path, `has ${values} values for one listener rule, AWS takes 5; write several routes`, route.text);
    }
    const priority = listenerPriority(route);
    const owner = owners.get(priority);
    if (owner !== undefined) {
      const message = `gets the listener priority of ${owner}; write a priority of its own from 49000 to 50000`;
      report(path, message, route.text);
    }
    owners.set(priority, `"${route.text}"`);
  }
};
