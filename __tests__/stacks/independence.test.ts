import type { StageInput } from "../../schema";
import { minimalDomain, minimalJob, minimalService, minimalWorker, stackWith, ingresses } from "../fixtures/stage";
import type { Synthesized } from "../fixtures/synthesized";

const data = {
  queues: { letters: { keep: true } },
  tables: { users: { keep: true, partitionKey: { name: "id", type: "string" as const } } },
};
const orders = { ...minimalService, routes: ["/orders/*"], scaling: { minimum: 1, maximum: 2, cpuPercent: 60 } };
const sweep = { ...minimalJob, sharesImageOf: "orders" };
const mail = { ...minimalWorker, queue: "letters" };

const newcomers = {
  users: {
    ...minimalService,
    routes: ["/users/*", "GET /orders/special"],
    uses: ["table:users"],
    readonlyRootFilesystem: false,
    enableExecuteCommand: true,
  },
  parcels: { ...minimalWorker, sharesImageOf: "orders", uses: ["queue:letters"] },
  report: {
    ...minimalJob,
    secrets: { KEY: { secretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe-AbCdEf" } },
  },
} satisfies StageInput["services"];
type Newcomer = keyof typeof newcomers;

/** Every address with its content; those of data begin with `data.`. The order of an apply is left out. */
function contents({ json }: Synthesized): Map<string, string> {
  const blocks = [
    ...Object.entries(json.resource),
    ...Object.entries(json.data).map(([type, all]) => [`data.${type}`, all] as const),
  ];
  const parts = { variable: json.variable, output: json.output };
  return new Map(
    [...blocks, ...Object.entries(parts)].flatMap(([type, all]) =>
      Object.entries(all).map(([id, content]) => [`${type}.${id}`, JSON.stringify(content, withoutOrder)] as const),
    ),
  );
}

/** Services wait for every endpoint, also for those that another service needs, which changes nothing in AWS. */
function withoutOrder(key: string, value: unknown): unknown {
  return key === "depends_on" ? undefined : value;
}

function difference(before: Synthesized, after: Synthesized) {
  const [old, now] = [contents(before), contents(after)];
  return {
    gone: [...old.keys()].filter((address) => !now.has(address)),
    changed: [...old.keys()].filter((address) => now.has(address) && now.get(address) !== old.get(address)),
    added: [...now.keys()].filter((address) => !old.has(address)),
  };
}

const present = { orders, sweep, mail };

/** Adds the new service as the first of the file, where it would shift anything that is numbered. */
function comes(name: Newcomer, ingress: StageInput["ingress"], before: Synthesized) {
  const listening = ingress.kind === "rest-api" && ingress.via === "nlb" ? { listenerPort: 8081 } : {};
  const newcomer = name === "users" ? { ...newcomers.users, ...listening } : newcomers[name];
  return difference(before, stackWith({ data, ingress, services: { [name]: newcomer, ...present } }));
}

const isOwn = (name: Newcomer) => (address: string) =>
  new RegExp(`[._](services|targets|routes)_(${name}|path_${name})(_|$)|^(output|variable)\\.${name}_`).test(address);

/** Shared resources that only the new service needs. */
const alone: Readonly<Record<Newcomer, readonly string[]>> = {
  users: [
    "aws_cloudwatch_log_group.compute_sessions",
    "aws_vpc_endpoint.network_dynamodb",
    "aws_vpc_endpoint.network_ssmmessages",
  ],
  parcels: [],
  report: ["aws_vpc_endpoint.network_secretsmanager"],
};

const restApi = { kind: "rest-api", throttling: { ratePerSecond: 50, burst: 100 } } as const;
const ingressKinds = {
  ...ingresses,
  "rest-api via nlb-alb": { ...restApi, via: "nlb-alb", domain: minimalDomain, waf: {} },
} as const satisfies Record<string, StageInput["ingress"]>;
const many = Object.entries(ingressKinds).filter(([kind]) => kind !== "nlb" && kind !== "rest-api via alb");

describe.each(many)("behind %s", (_, ingress) => {
  const before = stackWith({ data, ingress, services: present });

  it.each(["parcels", "report"] as const)("%s are added without a change of anything else", (name) => {
    const { gone, changed, added } = comes(name, ingress, before);
    expect([gone, changed]).toEqual([[], []]);
    expect(added.filter((address) => !isOwn(name)(address)).sort()).toEqual(alone[name]);
    expect(added.some(isOwn(name))).toBe(true);
  });

  it("a web service is added with its routes, and changes only the cluster's ECS Exec and the document of the API", () => {
    const { gone, changed, added } = comes("users", ingress, before);
    expect(gone).toEqual([]);
    expect(changed).toEqual([
      ...(ingress.kind === "rest-api" ? ["aws_api_gateway_rest_api.ingress"] : []),
      "aws_ecs_cluster.compute",
    ]);
    const others = added.filter(
      (address) => !isOwn("users")(address) && !/_path_(users|special)(_|$)|_port_8081$/.test(address),
    );
    expect(others.sort()).toEqual(alone.users);
  });
});
