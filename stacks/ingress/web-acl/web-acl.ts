import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Wafv2IpSet } from "@cdktf/provider-aws/lib/wafv2-ip-set";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { Construct } from "constructs";
import type { Uploads } from "../../../schema/ingress/uploads";
import { addressFamily, type Waf } from "../../../schema/waf";
import type { WebAclMonitoringTarget } from "../../monitoring/monitoring-target";
import { webAclLogGroupName, webAclName, type Named } from "../../naming";
import { addressRule, managedRules, numbered, rateRule, uploadRules, visibility, type IpSet } from "./rules";

export interface WebAclProps {
  readonly stage: Named;
  readonly waf: Waf;
  /** Uploads whose size and types the rules limit. @default - there are none */
  readonly uploads?: Uploads | undefined;
}

/** A web ACL with a log of blocked requests. */
export class WebAcl extends Construct {
  public readonly monitoringTargets: WebAclMonitoringTarget;
  private readonly arn: string;

  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    const { stage, waf, uploads } = props;
    const rules = [
      ...this.ipSets(stage, "allowed", waf.allowedCidrs).map((set) => addressRule(set, "allow")),
      ...this.ipSets(stage, "blocked", waf.blockedCidrs).map((set) => addressRule(set, "block")),
      ...(uploads === undefined ? [] : uploadRules(uploads)),
      rateRule(waf.requestsPerFiveMinutes),
      ...managedRules(waf, uploads),
    ];
    const metricName = webAclName(stage);
    const acl = new Wafv2WebAcl(this, "acl", {
      name: webAclName(stage),
      description: `Guards ${stage.app} on ${stage.stage}`,
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      // Web ACLs of a region with the same metric name would share a metric.
      visibilityConfig: visibility(metricName),
      rule: numbered(rules),
    });
    this.arn = acl.arn;
    const { name: logGroup } = this.log(stage, waf, acl);
    this.monitoringTargets = { metricName, logGroup };
  }

  /** Puts the web ACL in front of a resource: a stage of a REST API, or an ALB. */
  public associate(resourceArn: string): void {
    new Wafv2WebAclAssociation(this, "association", { webAclArn: this.arn, resourceArn });
  }

  private ipSets(stage: Named, role: string, cidrs: readonly string[]): IpSet[] {
    const families = ["IPV4", "IPV6"] as const;
    return families.flatMap((ipAddressVersion) => {
      const addresses = cidrs.filter((cidr) => addressFamily(cidr) === ipAddressVersion);
      const id = `${role}-${ipAddressVersion.toLowerCase()}`;
      if (addresses.length === 0) return [];
      const name = `${webAclName(stage)}-${id}`;
      const { arn } = new Wafv2IpSet(this, id, {
        name,
        scope: "REGIONAL",
        ipAddressVersion,
        addresses,
        // WAF refuses to delete a set that a rule refers to. Nothing that a stage file says replaces a set.
        lifecycle: { createBeforeDestroy: true },
      });
      return [{ name: id, arn }];
    });
  }

  /** WAF adds a resource policy to the log group with the caller's permissions. https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html */
  private log(stage: Named, waf: Waf, acl: Wafv2WebAcl): CloudwatchLogGroup {
    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: webAclLogGroupName(stage),
      retentionInDays: waf.logRetentionDays,
    });
    const redacted = ["authorization", "cookie", ...waf.redactedHeaders];
    new Wafv2WebAclLoggingConfiguration(this, "logging", {
      resourceArn: acl.arn,
      logDestinationConfigs: [logGroup.arn],
      redactedFields: redacted.map((name) => ({ singleHeader: { name } })),
      // Allowed requests are in the access log.
      loggingFilter: {
        defaultBehavior: "DROP",
        filter: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            condition: ["BLOCK", "COUNT"].map((action) => ({ actionCondition: { action } })),
          },
        ],
      },
    });
    return logGroup;
  }
}
