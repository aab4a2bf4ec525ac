import { openPaths, shownTraffic } from "network-paths";
import { stackName, type StageInput } from "../../../schema";
import { fixtureStages } from "../../fixtures/config";
import { minimalService, minimalStage, stageWith, ingresses } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";
import { explained, modelOf } from "./analysis";

const egresses = ["vpc-endpoints", "nat-gateway", "public-subnets"] as const;
const combinations = Object.entries(ingresses).flatMap(([name, ingress]) =>
  egresses.map((mode) => ({ name: `${name} and ${mode}`, ingress, mode })),
);
const withEgress = (mode: (typeof egresses)[number]) => ({ ...minimalStage.network, egress: { mode } });
const short = (name: string) => name.replace(/^aws_(.*)\.(services|ingress|network)_/, "");

/** Every open path, such as `a -> b: TCP 80`. */
function paths(stack: Synthesized): string[] {
  return openPaths(modelOf(stack.json))
    .map(({ from, to, traffic }) => `${short(from)} -> ${short(to)}: ${shownTraffic(traffic)}`)
    .sort();
}

describe("every declared connection is allowed, and no other,", () => {
  it.each(fixtureStages().map((stage) => [stackName(stage), stage] as const))("in %s", (_, stage) => {
    expect(explained(new Synthesized(stage).json)).toBe("");
  });

  it.each(combinations)("with $name", ({ ingress, mode }) => {
    expect(explained(new Synthesized(stageWith({ ingress, network: withEgress(mode) })).json)).toBe("");
  });

  const database: Partial<StageInput> = {
    data: { postgres: { kind: "instance" } },
    services: { orders: { ...minimalService, uses: ["postgres"] } },
  };
  const operators: StageInput["bastion"] = {
    access: "ssh",
    cidrs: ["198.51.100.0/24"],
    publicKey: "ssh-ed25519 AAAA",
  };

  it.each<[string, Partial<StageInput>]>([
    ["a database", {}],
    ["a database of Aurora", { data: { postgres: { kind: "aurora-serverless" } } }],
    ["a database behind a proxy", { data: { postgres: { kind: "instance", proxy: {} } } }],
    ["readers beside a proxy", { data: { postgres: { kind: "aurora-serverless", proxy: {} } } }],
    ["sessions on a bastion", { bastion: { access: "ssm" } }],
    ["sessions on a bastion behind NAT", { bastion: { access: "ssm" }, network: withEgress("nat-gateway") }],
    ["sessions on a bastion in public", { bastion: { access: "ssm" }, network: withEgress("public-subnets") }],
    ["tunnels to a bastion", { bastion: { access: "instance-connect" } }],
    ["SSH to a bastion", { bastion: operators, network: withEgress("nat-gateway") }],
  ])("with %s", (_, fields) => {
    expect(explained(new Synthesized(stageWith({ ...database, ...fields })).json)).toBe("");
  });

  it("with IPv6 clients and authentication", () => {
    const authorization = { userPool: { source: "create" as const } };
    const ingress = { ...ingresses.alb, ipAddressType: "dualstack" as const, authorization };
    expect(explained(new Synthesized(stageWith({ ingress })).json)).toBe("");
  });
});

describe("the open paths", () => {
  const services = {
    orders: { ...minimalService, routes: ["/orders"] },
    users: { ...minimalService, routes: ["/users"] },
  };

  it("of two services behind an NLB and an ALB do not connect the services", () => {
    const endpoints = ["ecr_api", "ecr_dkr", "logs"];
    const toAws = (service: string) => [...endpoints, "s3"].map((to) => `${service} -> ${to}: TCP 443`);
    expect(paths(new Synthesized(stageWith({ services, ingress: ingresses["rest-api via nlb-alb"] })))).toEqual(
      [
        "aws_api_gateway_vpc_link.ingress -> nlb: TCP 80",
        "nlb -> alb: TCP 80",
        "alb -> orders: TCP 8080",
        "alb -> users: TCP 8080",
        ...toAws("orders"),
        ...toAws("users"),
      ].sort(),
    );
  });

  it("of a public stage include tasks that call the public ALB over the internet", () => {
    expect(paths(new Synthesized(stageWith({ ingress: ingresses.alb, network: withEgress("nat-gateway") })))).toEqual(
      [
        "internet -> public_alb: TCP 80, TCP 443",
        "public_alb -> orders: TCP 8080",
        "orders -> public_alb: TCP 443",
        "orders -> internet: TCP 443",
        "orders -> s3: TCP 443",
      ].sort(),
    );
  });

  it("of a dual-stack load balancer include both address families", () => {
    const ingress = { ...ingresses.nlb, ipAddressType: "dualstack" as const };
    const open = paths(new Synthesized(stageWith({ ingress })));
    expect(open).toContain("internet -> public_nlb: TCP 443");
    expect(open).toContain("internet over IPv6 -> public_nlb: TCP 443");
  });
});
