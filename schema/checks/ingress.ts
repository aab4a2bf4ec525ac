import { z } from "zod";
import { parseRoute, routeKey, type RoutePattern } from "../route";
import { allRoutesOf, authorizationOf, ingressOf, routesOf, type Check } from "./check";

/** Fields of a route that only some kinds of ingress support. */
const routeFields = [
  { field: "hosts", kinds: ["alb"], remedy: 'choose kind "alb", or check it in the service' },
  { field: "header", kinds: ["alb"], remedy: 'choose kind "alb", or check it in the service' },
  { field: "priority", kinds: ["rest-api", "http-api", "alb"], remedy: "remove it" },
  { field: "scopes", kinds: ["rest-api", "http-api"], remedy: "choose an API, or check them in the service" },
  { field: "throttling", kinds: ["rest-api", "http-api"], remedy: "choose an API" },
  { field: "apiKey", kinds: ["rest-api"], remedy: 'choose kind "rest-api"' },
  { field: "required", kinds: ["rest-api"], remedy: 'choose kind "rest-api", or validate in the service' },
] as const;

/** Routes have only fields that the ingress supports. */
export const routesSupported: Check = (stage, report) => {
  const ingress = ingressOf(stage);
  if (ingress === undefined) return;
  for (const { route, path } of routesOf(stage)) {
    for (const { field, kinds, remedy } of routeFields) {
      const value = route[field];
      if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
      if (kinds.some((kind) => kind === ingress.kind)) continue;
      report([...path, field], `is not supported by ${ingress.kind}; ${remedy}`, value);
    }
    if (ingress.kind === "nlb" && (route.method !== "ANY" || !route.greedy || route.segments.length > 0)) {
      report(path, 'is not supported by an NLB, which does not route; write "/*", or choose kind "alb"', route.text);
    }
  }
};

/** The user pool and the API keys that routes require exist. */
export const routesAuthorized: Check = (stage, report) => {
  const ingress = ingressOf(stage);
  if (ingress === undefined) return;
  const authorization = authorizationOf(ingress);
  const apiKeys = ingress.kind === "rest-api" ? ingress.apiKeys : undefined;
  const uploads = ingress.kind === "rest-api" && ingress.uploads !== undefined ? [ingress.uploads] : [];
  const routes = [
    ...routesOf(stage).map(({ route, path }) => ({ ...route, path: [...path] })),
    ...uploads.map((upload) => ({ ...upload, apiKey: undefined, path: ["ingress", "uploads"] })),
  ];
  for (const { path, scopes, public: isPublic, apiKey } of routes) {
    if (scopes.length > 0 && isPublic === true) {
      report([...path, "scopes"], "must not be combined with `public`; remove one of the two", scopes);
    } else if (scopes.length > 0 && authorization === undefined) {
      report([...path, "scopes"], "need a user pool; write ingress.authorization, or remove them", scopes);
    }
    const poolScopes = Object.keys(authorization?.userPool.scopes ?? {});
    for (const scope of authorization === undefined ? [] : scopes) {
      if (poolScopes.includes(scope)) continue;
      const message = "must be a scope of the user pool; write it into ingress.authorization.userPool.scopes";
      report([...path, "scopes"], message, scope);
    }
    if (apiKey === true && apiKeys === undefined) {
      report([...path, "apiKey"], "needs API keys; write ingress.apiKeys, or remove it", apiKey);
    }
  }
  const { userPool } = authorization ?? {};
  if (ingress.kind === "alb" && userPool?.source === "existing" && userPool.domain === undefined) {
    const message = "is missing; write the domain of the pool's managed login, to which an ALB redirects";
    report(["ingress", "authorization", "userPool", "domain"], message, undefined);
  }
};

/** Route 53 sends no token, so a health check needs a public route. */
export const healthCheckPublic: Check = (stage, report) => {
  const ingress = ingressOf(stage);
  const routing = ingress?.domain?.routing;
  if (ingress === undefined || routing === undefined || routing.policy === "simple") return;
  const { healthCheckPath } = routing;
  const hasAuthorization = authorizationOf(ingress) !== undefined;
  const routes = allRoutesOf(stage);
  const isReachable = routes.some(
    ({ route }) =>
      matchesGet(route, healthCheckPath) && (!hasAuthorization || route.public === true) && route.apiKey !== true,
  );
  if (isReachable || routes.length === 0) return;
  const message = `must be a public route, as Route 53 sends no token; write { route: "GET ${healthCheckPath}", public: true }`;
  report(["ingress", "domain", "routing", "healthCheckPath"], message, healthCheckPath);
};

function matchesGet({ method, segments, greedy }: RoutePattern, path: string): boolean {
  const parts = path.split("/").filter((part) => part !== "");
  if (method !== "ANY" && method !== "GET") return false;
  if (greedy ? parts.length < segments.length : parts.length !== segments.length) return false;
  return segments.every((segment, index) => segment.startsWith("{") || segment === parts[index]);
}

const withNames = z.object({ app: z.string(), stage: z.string() });

/** The default domain prefix of a user pool must not contain names that Cognito reserves, which it verifies only at apply. */
export const domainPrefixAllowed: Check = (stage, report) => {
  const names = withNames.safeParse(stage).data;
  const ingress = ingressOf(stage);
  const userPool = ingress === undefined ? undefined : authorizationOf(ingress)?.userPool;
  if (names === undefined || userPool?.source !== "create" || userPool.domainPrefix !== undefined) return;
  const [word] = /aws|amazon|cognito/.exec(`${names.app}-${names.stage}`) ?? [];
  if (word === undefined) return;
  const message = `is missing; write one, as Cognito refuses "${word}" in the default prefix of app and stage`;
  report(["ingress", "authorization", "userPool", "domainPrefix"], message, undefined);
};

/** The preflight requests that an API answers by its CORS settings are no service's. */
export const preflightsAnsweredOnce: Check = (stage, report) => {
  const ingress = ingressOf(stage);
  if (ingress === undefined || !("cors" in ingress) || ingress.cors === undefined) return;
  for (const { route, path } of routesOf(stage)) {
    if (route.method !== "OPTIONS") continue;
    report(path, "is already answered by ingress.cors; remove one of the two", route.text);
  }
};

/** Uploads of a REST API do not collide with routes, and are limited by WAF. */
export const restApiConsistent: Check = (stage, report) => {
  const ingress = ingressOf(stage);
  if (ingress?.kind !== "rest-api") return;
  const { uploads, waf } = ingress;
  if (uploads !== undefined && waf === undefined) {
    report(["ingress", "uploads"], "need WAF, which limits size and type; write ingress.waf: {}", uploads);
  }
  for (const { service, route } of routesOf(stage)) {
    if (uploads === undefined) continue;
    const upload = parseRoute(`PUT ${uploads.path}`);
    if (routeKey({ ...route, ...upload }) === routeKey(route)) {
      report(["ingress", "uploads", "path"], `is a route of service "${service}"; write another path`, uploads.path);
    }
  }
};

const withUploads = z.object({ data: z.object({ uploads: z.object({}) }) });

/** Uploads through the API have a bucket. */
export const uploadsBucketExists: Check = (stage, report) => {
  const ingress = ingressOf(stage);
  if (ingress?.kind !== "rest-api" || ingress.uploads === undefined || withUploads.safeParse(stage).success) return;
  report(["ingress", "uploads"], "need a bucket; write data.uploads: {}", ingress.uploads);
};

const withRegion = z.object({ region: z.string() });

/** A certificate is valid in its own region only. */
export const certificatesInRegion: Check = (stage, report) => {
  const region = withRegion.safeParse(stage).data?.region;
  const ingress = ingressOf(stage);
  if (region === undefined || ingress === undefined) return;
  const { domain } = ingress;
  const certificates = [
    ...(domain?.certificate.source === "existing"
      ? [{ path: ["ingress", "domain", "certificate", "arn"], arn: domain.certificate.arn }]
      : []),
    ...(ingress.kind === "http-api" && ingress.internalTls !== undefined
      ? [{ path: ["ingress", "internalTls", "certificateArn"], arn: ingress.internalTls.certificateArn }]
      : []),
  ];
  for (const { path, arn } of certificates) {
    const [, , , certificateRegion] = arn.split(":");
    if (certificateRegion !== region) report(path, `must be a certificate of ${region}; write another ARN`, arn);
  }
};
