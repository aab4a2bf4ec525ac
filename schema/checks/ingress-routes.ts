import { authorizationOf, ingressOf, routesOf } from "./checked-routes";
import type { Check } from "./cross-checks";
import type { RoutePattern } from "../route";

/** What a route may ask for, and the ways in that know it. */
const features = [
  { field: "hosts", asks: "hosts", kinds: ["alb"], remedy: 'choose kind "alb", or let the service look' },
  { field: "header", asks: "a header", kinds: ["alb"], remedy: 'choose kind "alb", or let the service look' },
  { field: "priority", asks: "a priority", kinds: ["rest-api", "http-api", "alb"], remedy: "remove it" },
  {
    field: "scopes",
    asks: "scopes",
    kinds: ["rest-api", "http-api"],
    remedy: "choose an API, or let the service look",
  },
  { field: "throttling", asks: "throttling", kinds: ["rest-api", "http-api"], remedy: "choose an API" },
  { field: "apiKey", asks: "an API key", kinds: ["rest-api"], remedy: 'choose kind "rest-api"' },
  {
    field: "required",
    asks: "a validation",
    kinds: ["rest-api"],
    remedy: 'choose kind "rest-api", or let the service look',
  },
] as const;

/** Routes ask for nothing that the way in does not know. */
export const routesFitIngress: Check = (stage, report) => {
  const ingress = ingressOf(stage);
  if (ingress === undefined) return;
  for (const { route, path } of routesOf(stage)) {
    for (const { field, asks, kinds, remedy } of features) {
      const value = route[field];
      if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
      if (kinds.some((kind) => kind === ingress.kind)) continue;
      report([...path, field], `asks for ${asks}, which ${ingress.kind} does not know; ${remedy}`, value);
    }
    if (ingress.kind === "nlb" && (route.method !== "ANY" || !route.greedy || route.segments.length > 0)) {
      report(path, 'cannot be told apart by an NLB; write "/*", or choose kind "alb"', route.text);
    }
  }
};

/** What a route says of its callers agrees with what the stage has. */
export const routesAuthorized: Check = (stage, report) => {
  const ingress = ingressOf(stage);
  if (ingress === undefined) return;
  const authorization = authorizationOf(ingress);
  const apiKeys = ingress.kind === "rest-api" ? ingress.apiKeys : undefined;
  const uploads = ingress.kind === "rest-api" && ingress.uploads !== undefined ? [ingress.uploads] : [];
  const asked = [
    ...routesOf(stage).map(({ route, path }) => ({ ...route, path: [...path] })),
    ...uploads.map((upload) => ({ ...upload, apiKey: undefined, path: ["ingress", "uploads"] })),
  ];
  for (const { path, scopes, public: isPublic, apiKey } of asked) {
    if (scopes.length > 0 && isPublic === true) {
      report([...path, "scopes"], "are asked for by a public route; remove them, or `public`", scopes);
    } else if (scopes.length > 0 && authorization === undefined) {
      report([...path, "scopes"], "belong to no user pool; write ingress.authorization, or remove them", scopes);
    }
    const known = Object.keys(authorization?.userPool.scopes ?? {});
    for (const scope of authorization === undefined ? [] : scopes) {
      if (known.includes(scope)) continue;
      const message = "is no scope of the user pool; write it into ingress.authorization.userPool.scopes";
      report([...path, "scopes"], message, scope);
    }
    if (apiKey === true && apiKeys === undefined) {
      report([...path, "apiKey"], "asks for a key that nobody has; write ingress.apiKeys, or remove it", apiKey);
    }
  }
  const { userPool } = authorization ?? {};
  if (ingress.kind === "alb" && userPool?.source === "existing" && userPool.domain === undefined) {
    const message = "is missing; write the domain of the pool's pages, an ALB sends people there";
    report(["ingress", "authorization", "userPool", "domain"], message, undefined);
  }
};

/** Route 53 asks without a token, so its path must be open to everybody. */
export const healthChecksOpen: Check = (stage, report) => {
  const ingress = ingressOf(stage);
  const routing = ingress?.domain?.routing;
  if (ingress === undefined || routing === undefined || routing.policy === "simple") return;
  const { healthCheckPath } = routing;
  const guarded = authorizationOf(ingress) !== undefined;
  const open = routesOf(stage).some(
    ({ route }) => answers(route, healthCheckPath) && (!guarded || route.public === true) && route.apiKey !== true,
  );
  if (open || routesOf(stage).length === 0) return;
  const message = `is no public route, which Route 53 could ask; write { route: "GET ${healthCheckPath}", public: true }`;
  report(["ingress", "domain", "routing", "healthCheckPath"], message, healthCheckPath);
};

function answers({ method, segments, greedy }: RoutePattern, path: string): boolean {
  const parts = path.split("/").filter((part) => part !== "");
  if (method !== "ANY" && method !== "GET") return false;
  if (greedy ? parts.length < segments.length : parts.length !== segments.length) return false;
  return segments.every((segment, index) => segment.startsWith("{") || segment === parts[index]);
}
