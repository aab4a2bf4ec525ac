import { z } from "zod";
import { authorizationOf, ingressOf, routesOf } from "./checked-routes";
import type { Check } from "./cross-checks";
import { parseRoute, routeKey } from "../route";

const namesInPrefix = z.object({ app: z.string(), stage: z.string() });

/** Cognito refuses its own names in the address of a pool's pages, and finds out when it is applied. */
export const userPoolDomainAllowed: Check = (stage, report) => {
  const names = namesInPrefix.safeParse(stage).data;
  const ingress = ingressOf(stage);
  const userPool = ingress === undefined ? undefined : authorizationOf(ingress)?.userPool;
  if (names === undefined || userPool?.source !== "create" || userPool.domainPrefix !== undefined) return;
  const [word] = /aws|amazon|cognito/.exec(`${names.app}-${names.stage}`) ?? [];
  if (word === undefined) return;
  const message = `is missing; write one without "${word}", which Cognito refuses in the one that app and stage make`;
  report(["ingress", "authorization", "userPool", "domainPrefix"], message, undefined);
};

/** What stands around an API agrees with itself. */
export const ingressAgrees: Check = (stage, report) => {
  const ingress = ingressOf(stage);
  if (ingress?.kind !== "rest-api") return;
  const { uploads, waf, cors } = ingress;
  if (uploads !== undefined && waf === undefined) {
    report(["ingress", "uploads"], "have no limit of size and type without WAF; write ingress.waf: {}", uploads);
  }
  for (const { service, route, path } of routesOf(stage)) {
    if (cors !== undefined && route.method === "OPTIONS") {
      report(path, "is answered by ingress.cors already; remove one of the two", route.text);
    }
    if (uploads === undefined) continue;
    const upload = parseRoute(`PUT ${uploads.path}`);
    if (routeKey({ ...route, ...upload }) === routeKey(route)) {
      report(["ingress", "uploads", "path"], `is a route of service "${service}"; write another path`, uploads.path);
    }
  }
};

const withUploads = z.object({ data: z.object({ uploads: z.object({}) }) });

/** The API's uploads have a bucket to go to. */
export const uploadsStored: Check = (stage, report) => {
  const ingress = ingressOf(stage);
  if (ingress?.kind !== "rest-api" || ingress.uploads === undefined || withUploads.safeParse(stage).success) return;
  report(["ingress", "uploads"], "have no bucket to go to; write data.uploads: {}", ingress.uploads);
};

const regionOf = z.object({ region: z.string() });

/** A certificate serves only its own region. */
export const certificatesInRegion: Check = (stage, report) => {
  const region = regionOf.safeParse(stage).data?.region;
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
    const [, , , home] = arn.split(":");
    if (home !== region) report(path, `is a certificate of ${home ?? "no region"}; write one of ${region}`, arn);
  }
};
