import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import { encodedJson } from "../../json";
import { loadBalancerNamePrefix, networkName } from "../../naming";
import { SecurityGroup, type Peer } from "../../network/security-group";
import { internetFacingSettings, tlsPolicy, type Scheme } from "./load-balancer";

export interface ApplicationLoadBalancerProps {
  readonly stage: StageConfig;
  readonly vpcId: string;
  /** Whether it is internal or internet-facing, and its subnets. */
  readonly scheme: Scheme;
  /** Time after which an idle connection is closed. @default 60 */
  readonly idleTimeoutSeconds?: number;
}

/** An ALB whose security group allows declared connections only. */
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
      // Listeners and VPC links move to a replacement before this one is deleted.
      lifecycle: { createBeforeDestroy: true },
    });
    this.arn = loadBalancer.arn;
    this.dnsName = loadBalancer.dnsName;
    this.zoneId = loadBalancer.zoneId;
    this.metricName = loadBalancer.arnSuffix;
    this.peer = securityGroup.peer;
    this.idleTimeoutSeconds = idleTimeoutSeconds;
  }
}

export interface HttpListenerProps {
  readonly loadBalancer: ApplicationLoadBalancer;
  /** Certificate for HTTPS. @default - the listener uses HTTP */
  readonly certificateArn?: string;
}

/** The listener of an ALB on 443, or on 80 without a certificate. Requests that match no rule get 404. */
export class HttpListener extends LbListener {
  /** Port of the listener as a number, not as a token. */
  public readonly listenerPort: number;

  constructor(scope: Construct, id: string, props: HttpListenerProps) {
    const { loadBalancer, certificateArn } = props;
    const port = certificateArn === undefined ? 80 : 443;
    super(scope, id, {
      loadBalancerArn: loadBalancer.arn,
      port,
      ...(certificateArn === undefined
        ? { protocol: "HTTP" }
        : { protocol: "HTTPS", certificateArn, sslPolicy: tlsPolicy }),
      defaultAction: [
        {
          type: "fixed-response",
          fixedResponse: {
            statusCode: "404",
            contentType: "application/json",
            messageBody: encodedJson({ message: "Not Found" }),
          },
        },
      ],
      // Its rules and the targets behind them are replaced first. A replacement belongs to another load balancer.
      lifecycle: { createBeforeDestroy: true },
    });
    this.listenerPort = port;
  }
}
