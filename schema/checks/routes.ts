import { z } from "zod";
import { associationPriority, listenerPriority, testRoute } from "../listener-priority";
import { routeKey } from "../route";
import { web } from "../services/services";
import { hasAlb, ingressOf, routesOf, servicesOf, type Check, type ServiceRoute } from "./check";

/** No two routes match the same requests. */
export const routesDistinct: Check = (stage, report) => {
  const owners = new Map<string, ServiceRoute>();
  for (const serviceRoute of routesOf(stage)) {
    const key = routeKey(serviceRoute.route);
    const owner = owners.get(key);
    owners.set(key, serviceRoute);
    if (owner === undefined) continue;
    const name = owner.service === serviceRoute.service ? "the same service" : `service "${owner.service}"`;
    report(serviceRoute.path, `is also a route of ${name}; write it once`, serviceRoute.route.text);
  }
};

/**
 * API Gateway accepts one parameter per path position: `/a/{x}` and `/a/{y}/b`, or `/a/{x}` and `/a/*`, exclude each other.
 * The check applies to every ingress, so that a stage can change from one to another.
 */
export const parametersDistinct: Check = (stage, report) => {
  const parameters = new Map<string, string>();
  for (const { route, path } of routesOf(stage)) {
    const { segments, greedy } = route;
    [...segments, ...(greedy ? ["*"] : [])].forEach((segment, depth) => {
      if (!/^[{*]/.test(segment)) return;
      const position = segments.slice(0, depth).join("/");
      const other = parameters.get(position) ?? segment;
      parameters.set(position, other);
      if (other === segment) return;
      const message = `has ${segment} where another route has ${other}; write one of the two in both routes`;
      report(path, message, route.text);
    });
  }
};

/**
 * The names of a method's path parameters, query parameters and headers are distinct.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html
 */
export const requiredNamesDistinct: Check = (stage, report) => {
  for (const { route, path } of routesOf(stage)) {
    const { segments, greedy, required } = route;
    if (required === undefined) continue;
    const pathParameters = segments.flatMap((segment) => /^\{(.+)\}$/.exec(segment)?.[1] ?? []);
    const owners = new Map(pathParameters.map((name) => [name, `the path parameter {${name}}`]));
    if (greedy) owners.set("proxy", 'the path parameter that "*" becomes in API Gateway');
    for (const [field, kind] of [
      ["query", "a query parameter"],
      ["headers", "a header"],
    ] as const) {
      required[field].forEach((name, index) => {
        const owner = owners.get(name);
        owners.set(name, kind);
        if (owner === undefined) return;
        const message = `is also the name of ${owner}; write another name, or check one of the two in the service`;
        report([...path, "required", field, index], message, name);
      });
    }
  }
};

const withListener = z.object(web.shape).pick({ kind: true, port: true, listenerPort: true });

/** Every service behind an internal NLB has its own listener; an internet-facing NLB has one listener, on port 443. */
export const listenersDistinct: Check = (stage, report) => {
  const ingress = ingressOf(stage);
  const services = servicesOf(stage, withListener);
  if (ingress?.kind === "nlb" && services.length > 1) {
    const names = services.map(({ name }) => name).join(" and ");
    report(["ingress", "kind"], `supports one service, not ${names}; choose kind "alb"`, "nlb");
  }
  const hasServiceListeners = ingress?.kind === "rest-api" && ingress.via === "nlb";
  const owners = new Map<number, string>();
  for (const { name, service, path } of services) {
    const { port, listenerPort } = service;
    if (!hasServiceListeners) {
      if (listenerPort === undefined) continue;
      const message = 'is not used by this ingress; remove it, or choose "rest-api" via "nlb"';
      report([...path, "listenerPort"], message, listenerPort);
      continue;
    }
    const listener = listenerPort ?? port;
    const owner = owners.get(listener);
    if (owner !== undefined) {
      const message = `is the listener port of service "${owner}"; write another listenerPort`;
      report([...path, "listenerPort"], message, listener);
    }
    owners.set(listener, name);
  }
};

const withGracefulShutdown = z.object({ gracefulShutdown: z.literal(true) });
const withDelay = z.object(web.shape).pick({ kind: true, deregistrationDelaySeconds: true });

/** Margin of the deregistration delay above the API's timeout, in seconds. */
const marginSeconds = 5;

/** With `gracefulShutdown`, a task is deregistered for longer than the API waits for a response. */
export const requestsComplete: Check = (stage, report) => {
  const ingress = ingressOf(stage);
  if (ingress === undefined || !("timeoutMilliseconds" in ingress)) return;
  if (!withGracefulShutdown.safeParse(stage).success) return;
  const minimum = Math.ceil(ingress.timeoutMilliseconds / 1000) + marginSeconds;
  for (const { service, path } of servicesOf(stage, withDelay)) {
    const { deregistrationDelaySeconds: delay } = service;
    if (delay >= minimum) continue;
    const message = `is shorter than ingress.timeoutMilliseconds, which gracefulShutdown excludes; write ${minimum} or more`;
    report([...path, "deregistrationDelaySeconds"], message, delay);
  }
};

const withDeployment = z.object(web.shape).pick({ kind: true, deployment: true });

/** AWS's limit of values in one rule. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const valuesPerRule = 5;

/** Every route fits into a listener rule of an ALB, with a priority of its own. */
export const listenerRulesDistinct: Check = (stage, report) => {
  const ingress = ingressOf(stage);
  if (ingress === undefined || !hasAlb(ingress)) return;
  const owners = new Map<number, string>();
  const testHeaders = new Map(
    servicesOf(stage, withDeployment).flatMap(({ name, service: { deployment } }) =>
      deployment.strategy === "rolling" ? [] : [[name, deployment.testHeader] as const],
    ),
  );
  const rules = routesOf(stage).flatMap((each) => {
    const header = testHeaders.get(each.service);
    return header === undefined ? [each] : [each, { ...each, route: testRoute(each.route, header) }];
  });
  for (const { route, path } of rules) {
    const { greedy, segments, method, hosts, header } = route;
    const paths = greedy && segments.length > 0 ? 2 : 1;
    const values = paths + (method === "ANY" ? 0 : 1) + hosts.length + (header?.values.length ?? 0);
    if (values > valuesPerRule) {
      const message = `has ${values} values, of which a listener rule holds ${valuesPerRule}; write several routes`;
      report(path, message, route.text);
    }
    const priority = listenerPriority(route);
    const owner = owners.get(priority);
    if (owner !== undefined) {
      const message = `has the same listener priority as ${owner}; write a \`priority\` from 49000 to 50000`;
      report(path, message, route.text);
    }
    owners.set(priority, `"${route.text}"`);
  }
};

const webService = z.object(web.shape).pick({ kind: true });

/** The target group of every service has a listener rule that associates it with the ALB, with a priority of its own. */
export const associationRulesDistinct: Check = (stage, report) => {
  const ingress = ingressOf(stage);
  if (ingress === undefined || !hasAlb(ingress)) return;
  const owners = new Map<number, string>();
  for (const { name, path } of servicesOf(stage, webService)) {
    const priority = associationPriority(name);
    const owner = owners.get(priority);
    owners.set(priority, name);
    if (owner === undefined) continue;
    report(path, `has the same listener priority as service "${owner}"; write another name for one of the two`, name);
  }
};
