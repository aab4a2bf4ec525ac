import { isCertifiable, isInZone, isPattern } from "../domain";
import { authorizationOf, ingressOf, routesOf, type Check } from "./check";

/**
 * The hosts of routes are names of a created certificate: ACM accepts a wildcard for one whole label, and validates the
 * names by records in the hosted zone.
 * https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html
 */
export const hostsCertifiable: Check = (stage, report) => {
  const ingress = ingressOf(stage);
  if (ingress?.kind !== "alb" || ingress.domain.certificate.source === "existing") return;
  const { hostedZone } = ingress.domain;
  const otherwise = 'or ingress.domain.certificate: { source: "existing", arn: ... }';
  for (const { host, path } of hostsOf(stage)) {
    if (!isCertifiable(host)) {
      const message = `cannot be on a certificate of ACM; write host names, such as "www.${hostedZone}" or "*.${hostedZone}", ${otherwise}`;
      report(path, message, host);
    } else if (!isInZone(host, { hostedZone })) {
      const message = `is outside of the hosted zone "${hostedZone}", in which ACM validates the certificate; write a name in the zone, ${otherwise}`;
      report(path, message, host);
    }
  }
};

/**
 * Users can sign in on every host: an ALB redirects to the host of the request, and Cognito only to the URLs of its client.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
export const hostsWithSignIn: Check = (stage, report) => {
  const ingress = ingressOf(stage);
  if (ingress?.kind !== "alb" || authorizationOf(ingress)?.userPool.source !== "create") return;
  const closed = routesOf(stage).filter(({ route }) => route.public !== true);
  for (const { host, path } of hostsOf(stage)) {
    if (!isPattern(host)) continue;
    const needsSignIn = closed.some(({ route: { hosts } }) => hosts.length === 0 || hosts.includes(host));
    if (!needsSignIn) continue;
    report(path, "has no sign-in, as Cognito redirects to exact URLs only; write each host name", host);
  }
};

function hostsOf(stage: unknown) {
  return routesOf(stage).flatMap(({ route, path }) =>
    route.hosts.map((host, index) => ({ host, path: [...path, "hosts", index] })),
  );
}
