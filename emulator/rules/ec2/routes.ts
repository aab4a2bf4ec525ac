import { objects, text, type JsonObject } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { isKept } from "./attachments";
import { reference, service } from "./source";

const operations = ["CreateRoute", "ReplaceRoute"];
const source = `${reference}/API_CreateRoute.html`;

/** Rules of the routes of a route table. */
export const routeRules: readonly Rule[] = [
  {
    name: "route-to-unknown-gateway",
    service,
    operations,
    code: "InvalidGatewayID.NotFound",
    rule: "The internet gateway of a route exists.",
    source,
    refuse: async (call) => {
      const id = internetGatewayOf(call);
      return id === undefined || (await internetGateway(call, id))
        ? undefined
        : `The gateway ID '${id}' does not exist`;
    },
  },
  {
    name: "route-to-unknown-nat-gateway",
    service,
    operations,
    code: "InvalidNatGatewayID.NotFound",
    rule: "The NAT gateway of a route exists, and is not being deleted.",
    source,
    refuse: async (call) => {
      const { NatGatewayId } = call.input;
      return NatGatewayId === undefined || (await natGateway(call, text(NatGatewayId)))
        ? undefined
        : `The natGateway ID '${text(NatGatewayId)}' does not exist`;
    },
  },
  {
    name: "route-to-another-vpc",
    service,
    operations,
    code: "InvalidParameterValue",
    rule: "The gateway of a route is of the VPC of its route table.",
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html",
    refuse: async (call) => {
      const { RouteTableId, NatGatewayId, EgressOnlyInternetGatewayId } = call.input;
      const { RouteTables } = await call.ask("DescribeRouteTables", { RouteTableIds: [RouteTableId] });
      const [table] = objects(RouteTables);
      if (!table) return undefined;
      const internetId = internetGatewayOf(call);
      const [id, vpcs] =
        internetId !== undefined
          ? [internetId, attachedTo(await internetGateway(call, internetId))]
          : NatGatewayId !== undefined
            ? [NatGatewayId, [(await natGateway(call, text(NatGatewayId)))?.VpcId]]
            : [EgressOnlyInternetGatewayId, attachedTo(await egressOnlyGateway(call))];
      return id === undefined || vpcs.includes(table.VpcId)
        ? undefined
        : `route table ${text(RouteTableId)} and network gateway ${text(id)} belong to different networks`;
    },
  },
  {
    name: "main-route-table-deleted",
    service,
    operations: ["DeleteRouteTable"],
    code: "DependencyViolation",
    rule: "The main route table of a VPC cannot be deleted.",
    source: `${reference}/API_DeleteRouteTable.html`,
    refuse: async ({ input, ask }) => {
      const id = text(input.RouteTableId);
      const { RouteTables } = await ask("DescribeRouteTables", { RouteTableIds: [id] });
      const isMain = objects(RouteTables).some(({ Associations }) =>
        objects(Associations).some(({ Main }) => Main === true),
      );
      return isMain ? `The routeTable '${id}' has dependencies and cannot be deleted.` : undefined;
    },
  },
  {
    name: "local-route-deleted",
    service,
    operations: ["DeleteRoute"],
    code: "InvalidParameterValue",
    rule: "The local route of a route table cannot be deleted.",
    source: `${reference}/API_DeleteRoute.html`,
    refuse: async ({ input, ask }) => {
      const destination = text(input.DestinationCidrBlock ?? input.DestinationIpv6CidrBlock);
      const { RouteTables } = await ask("DescribeRouteTables", { RouteTableIds: [input.RouteTableId] });
      const isLocal = objects(RouteTables).some(({ Routes }) =>
        objects(Routes).some(
          ({ GatewayId, DestinationCidrBlock, DestinationIpv6CidrBlock }) =>
            GatewayId === "local" && destination === text(DestinationCidrBlock ?? DestinationIpv6CidrBlock),
        ),
      );
      return isLocal
        ? `cannot remove local route ${destination} in route table ${text(input.RouteTableId)}`
        : undefined;
    },
  },
];

function internetGatewayOf({ input }: RuleCall): string | undefined {
  const id = text(input.GatewayId);
  return id.startsWith("igw-") ? id : undefined;
}

async function internetGateway({ ask }: RuleCall, id: string): Promise<JsonObject | undefined> {
  return objects((await ask("DescribeInternetGateways", { InternetGatewayIds: [id] })).InternetGateways)[0];
}

async function egressOnlyGateway({ input, ask }: RuleCall): Promise<JsonObject | undefined> {
  const { EgressOnlyInternetGateways } = await ask("DescribeEgressOnlyInternetGateways");
  return objects(EgressOnlyInternetGateways).find(
    ({ EgressOnlyInternetGatewayId }) => EgressOnlyInternetGatewayId === input.EgressOnlyInternetGatewayId,
  );
}

async function natGateway({ ask }: RuleCall, id: string): Promise<JsonObject | undefined> {
  const { NatGateways } = await ask("DescribeNatGateways", { NatGatewayIds: [id] });
  return objects(NatGateways)
    .filter(isKept)
    .find(({ NatGatewayId }) => NatGatewayId === id);
}

function attachedTo(gateway: JsonObject | undefined): readonly JsonObject[string][] {
  return objects(gateway?.Attachments).map(({ VpcId }) => VpcId);
}
