import { scopeKey, type Aws, type Scope } from "./models/aws";
import type { Layer } from "./proxy/layer";
import { list, object, objects, text } from "./wire/json";

/** Services whose resources are in VPCs. */
const vpcServices = ["apigateway", "ec2", "ecs", "elasticache", "elasticfilesystem", "elasticloadbalancing", "rds"];

/**
 * moto's default VPCs have no internet gateway and no route to one, which AWS's have; affects whatever uses the default VPC,
 * such as an internet-facing load balancer.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html
 */
export class DefaultVpcs {
  private readonly completed = new Map<string, Promise<void>>();

  constructor(private readonly aws: Aws) {}

  /** Completes the default VPC of an account in a region before its first call. */
  readonly layer: Layer = async (request, next) => {
    const { account, region, service } = request;
    if (service !== "" && service !== "sts") {
      const completion = this.complete({ account, region });
      if (vpcServices.includes(service)) await completion;
    }
    return next(request);
  };

  /** Adds the internet gateway and the route; resolves when they exist. */
  complete(scope: Scope): Promise<void> {
    const key = scopeKey(scope);
    const completion = this.completed.get(key) ?? this.addGateway(scope);
    this.completed.set(key, completion);
    return completion;
  }

  /** Forgets which are complete. */
  clear(): void {
    this.completed.clear();
  }

  private async addGateway(scope: Scope): Promise<void> {
    const ask = (operation: string, input = {}) => this.aws.ask(scope, "ec2", operation, input);
    const { Vpcs } = await ask("DescribeVpcs", { Filters: [{ Name: "is-default", Values: ["true"] }] });
    const VpcId = text(objects(Vpcs)[0]?.VpcId);
    if (VpcId === "") return;
    const attached = { Filters: [{ Name: "attachment.vpc-id", Values: [VpcId] }] };
    if (list((await ask("DescribeInternetGateways", attached)).InternetGateways).length > 0) return;
    const { InternetGateway } = await ask("CreateInternetGateway");
    const GatewayId = text(object(InternetGateway).InternetGatewayId);
    await ask("AttachInternetGateway", { InternetGatewayId: GatewayId, VpcId });
    const main = { Name: "association.main", Values: ["true"] };
    const { RouteTables } = await ask("DescribeRouteTables", {
      Filters: [{ Name: "vpc-id", Values: [VpcId] }, main],
    });
    const RouteTableId = text(objects(RouteTables)[0]?.RouteTableId);
    await ask("CreateRoute", { RouteTableId, DestinationCidrBlock: "0.0.0.0/0", GatewayId });
  }
}
