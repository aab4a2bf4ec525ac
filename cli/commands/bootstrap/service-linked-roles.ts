import { CreateServiceLinkedRoleCommand, paginateListRoles, type IAMClient } from "@aws-sdk/client-iam";
import { callAws } from "../../lib/aws";

const path = "/aws-service-role/";

/**
 * Services whose documentation describes how an administrator creates their role. The roles of EventBridge and EC2
 * Instance Connect are left to these services.
 */
const sources: Readonly<Record<string, string>> = {
  "backup.amazonaws.com": "https://docs.aws.amazon.com/aws-backup/latest/devguide/using-service-linked-roles.html",
  "ecs.amazonaws.com": "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles.html",
  "ecs.application-autoscaling.amazonaws.com":
    "https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html",
  "elasticache.amazonaws.com":
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/using-service-linked-roles.html",
  "elasticfilesystem.amazonaws.com": "https://docs.aws.amazon.com/efs/latest/ug/using-service-linked-roles.html",
  "elasticloadbalancing.amazonaws.com":
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-service-linked-roles.html",
  "ops.apigateway.amazonaws.com":
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/using-service-linked-roles.html",
  "rds.amazonaws.com":
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAM.ServiceLinkedRoles.html",
  "wafv2.amazonaws.com": "https://docs.aws.amazon.com/waf/latest/developerguide/using-service-linked-roles.html",
};

/**
 * Creates the service-linked roles of the services that the account lacks; returns the services whose role is new. A
 * service would create its role on the first use, and may refuse that use while the role takes effect:
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html
 */
export async function createServiceLinkedRoles(iam: IAMClient, services: readonly string[]): Promise<string[]> {
  const existing = await callAws("iam:ListRoles", linkedServicesOf(iam));
  const missing = services.filter((service) => service in sources && !existing.has(service));
  for (const AWSServiceName of missing) {
    await callAws("iam:CreateServiceLinkedRole", iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName })));
  }
  return missing;
}

/** The services with a service-linked role in the account. */
async function linkedServicesOf(client: IAMClient): Promise<ReadonlySet<string>> {
  const services = new Set<string>();
  for await (const { Roles = [] } of paginateListRoles({ client }, { PathPrefix: path })) {
    for (const { Path = "" } of Roles) services.add(Path.slice(path.length, -1));
  }
  return services;
}
