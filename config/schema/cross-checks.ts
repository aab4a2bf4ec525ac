import { z } from "zod";
import { parseRoute, routeKey } from "./route";
import { service } from "./service";

// Rules over several fields. Each reads only the fields it needs, and holds its tongue while they are wrong by
// themselves, so that one run reports every problem of a stage at once.

type Report = (path: PropertyKey[], message: string, input: unknown) => void;
type Check = (stage: unknown, report: Report) => void;

/** Makes a rule usable by `superRefine`, even while other fields are wrong. */
export function crossCheck(check: Check) {
  const refinement = (stage: unknown, context: z.core.$RefinementCtx) => {
    check(stage, (path, message, input) => {
      context.addIssue({ code: "custom", path, message, input });
    });
  };
  return [refinement, { when: () => true }] as const;
}

const zonesAndRegion = z.object({ region: z.string(), network: z.object({ zones: z.array(z.string()) }) });

/** Zones belong to the stage's region; Terraform finds out only when it applies. */
export const zonesInRegion: Check = (stage, report) => {
  const { data } = zonesAndRegion.safeParse(stage);
  data?.network.zones.forEach((zone, index) => {
    if (!new RegExp(`^${data.region}[a-h]$`).test(zone)) {
      report(["network", "zones", index], `is no zone of ${data.region}; write zones such as "${data.region}a"`, zone);
    }
  });
};

const routesOfServices = z.object({ services: z.record(z.string(), service.pick({ routes: true }).strip()) });

/** No two services answer one route. */
export const routesApart: Check = (stage, report) => {
  const owners = new Map<string, string>();
  for (const [service, { routes }] of entries(routesOfServices.safeParse(stage).data?.services)) {
    routes.forEach((text, index) => {
      const key = routeKey(parseRoute(text));
      const owner = owners.get(key);
      owners.set(key, service);
      if (owner === undefined) return;
      report(
        ["services", service, "routes", index],
        `is also answered by ${owner === service ? "the same service" : `service "${owner}"`}; write it once`,
        text,
      );
    });
  }
};

/** API Gateway takes one parameter in one place: `/a/{x}` and `/a/{y}/b`, or `/a/{x}` and `/a/*`, exclude each other. */
export const parametersApart: Check = (stage, report) => {
  const parameters = new Map<string, string>();
  for (const [service, { routes }] of entries(routesOfServices.safeParse(stage).data?.services)) {
    routes.forEach((text, index) => {
      const { segments, greedy } = parseRoute(text);
      [...segments, ...(greedy ? ["*"] : [])].forEach((segment, depth) => {
        if (!/^[{*]/.test(segment)) return;
        const place = segments.slice(0, depth).join("/");
        const other = parameters.get(place) ?? segment;
        parameters.set(place, other);
        if (other === segment) return;
        const message = `has ${segment} where another route has ${other}; write one of the two in both routes`;
        report(["services", service, "routes", index], message, text);
      });
    });
  }
};

const portsOfServices = z.object({
  services: z.record(z.string(), service.pick({ port: true, listenerPort: true }).strip()),
});

/** Every service has a listener of its own on the NLB. */
export const listenersApart: Check = (stage, report) => {
  const owners = new Map<number, string>();
  for (const [service, { port, listenerPort }] of entries(portsOfServices.safeParse(stage).data?.services)) {
    const listener = listenerPort ?? port;
    const owner = owners.get(listener);
    if (owner !== undefined) {
      report(
        ["services", service, "listenerPort"],
        `is the listener of service "${owner}" already; write a listenerPort of its own`,
        listener,
      );
    }
    owners.set(listener, service);
  }
};

function entries<Value>(record: Readonly<Record<string, Value>> = {}): [string, Value][] {
  return Object.entries(record);
}
