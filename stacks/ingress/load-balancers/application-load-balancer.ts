import { Lb } from "@cdktf/provider-aws/lib/lb";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import { loadBalancerNamePrefix, networkName } from "../../naming";
import { SecurityGroup, type Peer } from "../../network/security-group";
import { internetFacingSettings, type Scheme } from "./scheme";

export interface ApplicationLoadBalancerProps {
  readonly stage: StageConfig;
  readonly vpcId: string;
  /** Who reaches it, and where it stands. */
  readonly scheme: Scheme;
  /** Time after which an idle connection is closed. @default 60 */
  readonly idleTimeoutSeconds?: number;
}

/** An ALB whose security group lets in nothing but declared flows. */
export class ApplicationLoadBalancer extends Construct {
  public readonly arn: string;
  public readonly dnsName: string;
  public readonly zoneId: string;
  /** Name in the metrics of CloudWatch. */
  public readonly metricName: string;
  public readonly peer: Peer;
  public readonly idleTimeoutSeconds: number;

  constructor(scope: Construct, id: string, props: ApplicationLoadBalancerProps) {
    super(scope, id);
    const { stage, vpcId, scheme, idleTimeoutSeconds = 60 } = props;
    const securityGroup = new SecurityGroup(this, "security-group", { stage, vpcId, role: "alb" });
    const loadBalancer = new Lb(this, "lb", {
      namePrefix: loadBalancerNamePrefix(stage.stage),
      loadBalancerType: "application",
      internal: scheme.kind === "internal",
      subnets: scheme.subnets.subnetIds,
      securityGroups: [securityGroup.id],
      idleTimeout: idleTimeoutSeconds,
      // Against request smuggling: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#desync-mitigation-mode
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive",
      ...internetFacingSettings(scheme),
      tags: { Name: networkName(stage, "alb") },
    });
    this.arn = loadBalancer.arn;
    this.dnsName = loadBalancer.dnsName;
    this.zoneId = loadBalancer.zoneId;
    this.metricName = loadBalancer.arnSuffix;
    this.peer = securityGroup.peer;
    this.idleTimeoutSeconds = idleTimeoutSeconds;
  }
}
