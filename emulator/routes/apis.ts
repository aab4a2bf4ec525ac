import { mappingsOf } from "../data-plane/api/serve";
import { canonicalName, isInPublicZone } from "../data-plane/name/records";
import { servedApi } from "../data-plane/rest-api/served";
import { Trace } from "../data-plane/trace";
import { object, objects, text, type JsonObject } from "../wire/json";
import { httpBlockedReason, restBlockedReason } from "./integration-path";
import type { Place, Route } from "./route";

/** An address of a stage of an API. */
interface StageAddress {
  /** Without a slash at the end. */
  readonly url: string;
  /** Why its name does not lead to the API. @default - it does */
  readonly blocked?: string;
}

/** The addresses below custom domain names, by "api/stage". */
type Mapped = ReadonlyMap<string, readonly StageAddress[]>;

/** The routes of all REST and HTTP APIs in an account and region: one for each method and path that a stage serves, and each of its addresses. */
export async function apiRoutes(place: Place): Promise<readonly Route[]> {
  const { reader } = place.context;
  const rest = objects((await reader.apiGateway(place.scope, "/restapis?limit=500")).item);
  const http = objects((await reader.apiGateway(place.scope, "/v2/apis")).items);
  if (rest.length + http.length === 0) return [];
  const mapped = await mappedAddresses(place);
  const routes: Route[] = [];
  for (const { id } of rest) routes.push(...(await restRoutes(place, text(id), mapped)));
  for (const api of http.filter(({ protocolType }) => protocolType === "HTTP")) {
    routes.push(...(await httpRoutes(place, api, mapped)));
  }
  return routes;
}

async function restRoutes(place: Place, apiId: string, mapped: Mapped): Promise<readonly Route[]> {
  const { context, scope } = place;
  const { item } = await context.reader.apiGateway(scope, `/restapis/${apiId}/stages`);
  const routes: Route[] = [];
  for (const { stageName } of objects(item)) {
    const name = text(stageName);
    const served = await servedApi(context.reader, scope, apiId, name);
    if (!served) continue;
    const addresses = addressesOf(place, { apiId, stage: name }, served.api, mapped);
    for (const { method, path, definition } of served.methods) {
      const integration = object(definition.methodIntegration);
      const blocked = () => restBlockedReason(place, integration, served.stage);
      routes.push(...addresses.map((address) => routeAt(address, method, path, blocked)));
    }
  }
  return routes;
}

async function httpRoutes(place: Place, api: JsonObject, mapped: Mapped): Promise<readonly Route[]> {
  const { context, scope } = place;
  const apiId = text(api.apiId);
  const get = async (path: string): Promise<readonly JsonObject[]> =>
    objects((await context.reader.apiGateway(scope, `/v2/apis/${apiId}/${path}`)).items);
  const stages = await get("stages");
  const own = stages.length === 0 ? [] : await get("routes");
  return stages.flatMap((stage) => {
    const addresses = addressesOf(place, { apiId, stage: text(stage.stageName) }, api, mapped);
    return own.flatMap(({ routeKey, target }) => {
      const [method = "", path = "/*"] = text(routeKey).replace("$default", "ANY").split(" ");
      const id = text(target).replace("integrations/", "");
      const blocked = async (): Promise<string | undefined> => {
        const integration =
          id === "" ? {} : await context.reader.apiGateway(scope, `/v2/apis/${apiId}/integrations/${id}`);
        return httpBlockedReason(place, integration, stage, path.replace(/\{[^}]+\}|\*/g, "any"));
      };
      return addresses.map((address) => routeAt(address, method, path, blocked));
    });
  });
}

function routeAt({ url, blocked }: StageAddress, method: string, path: string, rest: Route["blockedReason"]): Route {
  const blockedReason = (): Promise<string | undefined> => (blocked === undefined ? rest() : Promise.resolve(blocked));
  return { name: `${method} ${url}${path}`, blockedReason };
}

function addressesOf(
  { scope }: Place,
  { apiId, stage }: { readonly apiId: string; readonly stage: string },
  { disableExecuteApiEndpoint }: JsonObject,
  mapped: Mapped,
): readonly StageAddress[] {
  const host = `${apiId}.execute-api.${scope.region}.amazonaws.com`;
  const own = { url: `https://${host}${stage === "$default" ? "" : `/${stage}`}` };
  return [...(disableExecuteApiEndpoint === true ? [] : [own]), ...(mapped.get(`${apiId}/${stage}`) ?? [])];
}

async function mappedAddresses(place: Place): Promise<Mapped> {
  const { context, scope } = place;
  const v1 = objects((await context.reader.apiGateway(scope, "/domainnames?limit=500")).item);
  const v2 = objects((await context.reader.apiGateway(scope, "/v2/domainnames")).items);
  const addresses = new Map<string, readonly StageAddress[]>();
  for (const domain of [...v1, ...v2]) {
    const name = text(domain.domainName);
    const blocked = await nameBlockedReason(place, name, domain);
    for (const { key, apiId, stageName } of await mappingsOf(context, scope, name)) {
      const address = {
        url: `https://${name}${key === "" ? "" : `/${key}`}`,
        ...(blocked !== undefined && { blocked }),
      };
      const id = `${apiId}/${stageName}`;
      addresses.set(id, [...(addresses.get(id) ?? []), address]);
    }
  }
  return addresses;
}

/** Why a domain name in a hosted zone does not lead to API Gateway. */
async function nameBlockedReason({ context }: Place, host: string, domain: JsonObject): Promise<string | undefined> {
  if (!(await isInPublicZone(context, host))) return undefined;
  const name = await canonicalName(context, host, new Trace());
  if (name === host) return `${host} has no record`;
  const configurations = objects(domain.domainNameConfigurations);
  const names = [domain, ...configurations].flatMap((each) =>
    [each.regionalDomainName, each.distributionDomainName, each.apiGatewayDomainName].map(text),
  );
  return names.some((each) => each.toLowerCase() === name) ? undefined : `the record of ${host} leads to ${name}`;
}
