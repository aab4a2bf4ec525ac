import { list, objects, text, type JsonObject } from "../../wire/json";
import { canonicalBlock } from "../../wire/ipv4";
import { vpcOfSubnet } from "../network";
import type { Quotas } from "../quotas";
import type { Rule } from "../rule";
import { attachments } from "./attachments";
import { reference, service } from "./source";

/** Rules of gateways, routes and elastic IP addresses. */
export function gatewayRules({ elasticIps }: Quotas): readonly Rule[] {
  return [
    {
      name: "second-internet-gateway",
      service,
      operations: ["AttachInternetGateway"],
      code: "InvalidParameterValue",
      rule: "A VPC has one internet gateway.",
      source: "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html",
      refuse: async ({ input, ask }) => {
        const vpcId = text(input.VpcId);
        const Filters = [{ Name: "attachment.vpc-id", Values: [vpcId] }];
        const { InternetGateways } = await ask("DescribeInternetGateways", { Filters });
        return objects(InternetGateways).some(({ InternetGatewayId }) => InternetGatewayId !== input.InternetGatewayId)
          ? `Network ${vpcId} already has an internet gateway attached`
          : undefined;
      },
    },
    {
      name: "internet-gateway-in-use",
      service,
      operations: ["DetachInternetGateway"],
      code: "DependencyViolation",
      rule: "An internet gateway cannot be detached while the VPC has public addresses.",
      source: `${reference}/API_DetachInternetGateway.html`,
      refuse: async ({ input, ask }) => {
        const vpcId = text(input.VpcId);
        const { Subnets } = await ask("DescribeSubnets", { Filters: [{ Name: "vpc-id", Values: [vpcId] }] });
        const ofVpc = objects(Subnets).map(({ SubnetId }) => text(SubnetId));
        const isInUse = (await attachments(ask)).some(
          ({ subnets, isPublic = false }) => isPublic && subnets.some((subnet) => ofVpc.includes(subnet)),
        );
        return isInUse
          ? `Network ${vpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`
          : undefined;
      },
    },
    {
      name: "subnet-with-another-route-table",
      service,
      operations: ["AssociateRouteTable"],
      code: "Resource.AlreadyAssociated",
      rule: "A subnet is associated with one route table.",
      source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html",
      refuse: async ({ input, ask }) => {
        const subnetId = text(input.SubnetId);
        if (subnetId === "") return undefined;
        const Filters = [{ Name: "association.subnet-id", Values: [subnetId] }];
        const { RouteTables } = await ask("DescribeRouteTables", { Filters });
        const other = objects(RouteTables).find(({ RouteTableId }) => RouteTableId !== input.RouteTableId);
        return other
          ? `the specified association for route table ${text(input.RouteTableId)} conflicts with an existing association`
          : undefined;
      },
    },
    {
      name: "route-exists",
      service,
      operations: ["CreateRoute"],
      code: "RouteAlreadyExists",
      rule: "A route table has one route for each destination.",
      source: `${reference}/API_CreateRoute.html`,
      refuse: async ({ input, ask }) => {
        const destination = destinationOf(input);
        const { RouteTables } = await ask("DescribeRouteTables", { RouteTableIds: [text(input.RouteTableId)] });
        return objects(RouteTables).some(({ Routes }) =>
          objects(Routes).some((route) => destinationOf(route) === destination),
        )
          ? `The route identified by ${destination} already exists.`
          : undefined;
      },
    },
    {
      // AWS takes the request, and the gateway fails with this code. Emulated gateways never fail.
      name: "nat-gateway-without-internet-gateway",
      service,
      operations: ["CreateNatGateway"],
      code: "Gateway.NotAttached",
      rule: "The VPC of a public NAT gateway has an internet gateway.",
      source: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html",
      refuse: async ({ input, ask }) => {
        if (input.ConnectivityType === "private") return undefined;
        const vpcId = (await vpcOfSubnet(ask, input.SubnetId)) ?? text(input.VpcId);
        if (vpcId === "") return undefined;
        const Filters = [{ Name: "attachment.vpc-id", Values: [vpcId] }];
        return list((await ask("DescribeInternetGateways", { Filters })).InternetGateways).length > 0
          ? undefined
          : `Network ${vpcId} has no Internet gateway attached`;
      },
    },
    {
      name: "too-many-elastic-ips",
      service,
      operations: ["AllocateAddress"],
      code: "AddressLimitExceeded",
      rule: "A region has at most 5 elastic IP addresses of an account.",
      source: "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html",
      refuse: async ({ ask }) =>
        list((await ask("DescribeAddresses")).Addresses).length >= elasticIps
          ? "The maximum number of addresses has been reached."
          : undefined,
    },
    {
      name: "elastic-ip-in-use",
      service,
      operations: ["ReleaseAddress"],
      code: "InvalidIPAddress.InUse",
      rule: "An elastic IP address cannot be released while it is associated.",
      source: `${reference}/API_ReleaseAddress.html`,
      refuse: async ({ input, ask }) => {
        const { Addresses } = await ask("DescribeAddresses", { AllocationIds: [text(input.AllocationId)] });
        const address = objects(Addresses).find(({ AssociationId }) => text(AssociationId) !== "");
        return address && `Address ${text(address.PublicIp)} is in use.`;
      },
    },
  ];
}

function destinationOf({
  DestinationCidrBlock,
  DestinationIpv6CidrBlock,
  DestinationPrefixListId,
}: JsonObject): string {
  return canonicalBlock(text(DestinationCidrBlock ?? DestinationIpv6CidrBlock ?? DestinationPrefixListId));
}
