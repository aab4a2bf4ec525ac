import { z } from "zod";
import type { StageInput } from "../../schema";
import { everyFeature } from "../fixtures/every-feature";
import { ingresses, minimalDomain, minimalService, openNetwork, stackWith } from "../fixtures/stage";
import { Synthesized } from "../fixtures/synthesized";

const authorization = { userPool: { source: "create", scopes: { read: "Read" } } } as const;
const rotation = { lambdaArn: "arn:aws:lambda:us-east-1:111122223333:function:rotate", automaticallyAfterDays: 30 };
const copies = "arn:aws:backup:eu-west-1:111122223333:backup-vault:copies";

/** All that stores data, the bastion and what monitors a stage. */
const dataAndMonitoring = {
  network: openNetwork,
  containerInsights: "enabled",
  ingress: {
    ...ingresses["rest-api via nlb-alb"],
    authorization,
    waf: {},
    cors: { allowOrigins: ["https://a.example.com"] },
    uploads: { contentTypes: ["image/png"] },
    apiKeys: {
      callers: ["partner"],
      quota: { limit: 1000, period: "DAY" },
      throttling: { ratePerSecond: 5, burst: 10 },
    },
    domain: { ...minimalDomain, routing: { policy: "latency", allowRegionalData: true } },
  },
  data: {
    postgres: { kind: "instance", proxy: {} },
    redis: { kind: "replication-group" },
    uploads: {},
    queues: { letters: { keep: true } },
    tables: { users: { partitionKey: { name: "id", type: "string" } } },
    topics: { sold: {} },
    secrets: { stripe: { source: "create", rotation } },
    backup: {
      rules: { daily: { schedule: "cron(0 1 * * ? *)", copyActions: [{ destinationVaultArn: copies }] } },
      vaultLock: { minimumRetentionDays: 7 },
    },
  },
  services: {
    orders: {
      ...minimalService,
      routes: [{ route: "GET /health", public: true }, "/*"],
      uses: ["postgres", "redis", "uploads", "table:users", "secret:stripe", "topic:sold"],
    },
  },
  bastion: { access: "ssm" },
  monitoring: {
    alarms: { email: ["ops@example.com"], chat: "slack" },
    budget: { monthlyUsd: 100, email: ["ops@example.com"] },
  },
} satisfies Partial<StageInput>;

const serverless = {
  data: { postgres: { kind: "aurora-serverless", proxy: {} }, redis: { kind: "serverless" } },
  services: { orders: { ...minimalService, uses: ["postgres", "redis"] } },
  bastion: { access: "ssh", cidrs: ["198.51.100.0/24"], publicKey: "ssh-ed25519 AAAA ops@example.com" },
  network: openNetwork,
} satisfies Partial<StageInput>;

const connected = {
  discovery: "service-connect",
  network: { ...openNetwork, egress: { mode: "public-subnets" } },
  services: {
    orders: { ...minimalService, calls: ["users"] },
    users: { ...minimalService, routes: ["/users/*"], listenerPort: 8081 },
  },
} satisfies Partial<StageInput>;

const stacks = [
  new Synthesized(everyFeature),
  ...Object.values(ingresses).map((ingress) => stackWith({ ingress })),
  stackWith({ ingress: { ...ingresses["http-api"], authorization, domain: minimalDomain } }),
  stackWith(dataAndMonitoring),
  stackWith(serverless),
  stackWith(connected),
];

/**
 * What must exist before each resource on the first apply although the resource does not refer to it, and why. `*` is a
 * name from a stage file, a zone, a path or a status code; `{a,b}` is each of them.
 */
const orders: readonly Order[] = [
  {
    resource: "aws_ecs_service.services_*",
    needs: ["aws_ecs_cluster_capacity_providers.compute"],
    reason: "ECS refuses a service whose capacity provider is not yet one of the cluster's.",
  },
  {
    resource: "aws_ecs_service.services_*",
    needs: [
      "aws_iam_role_policy.services_*_{task,task_execution}",
      "aws_iam_role_policy_attachment.services_*_rollout_infrastructure",
    ],
    reason:
      "A task that starts before its roles have their permissions cannot pull its image, and requests are not shifted.",
  },
  {
    resource: "aws_ecs_service.services_*",
    needs: [
      "aws_vpc_security_group_egress_rule.services_*_to_{*_files,dynamodb,internet,postgres,postgres_proxy,redis,s3,vpc_endpoints}_tcp_*",
      "aws_vpc_security_group_ingress_rule.services_*_to_{*_files,postgres,postgres_proxy,redis,vpc_endpoints}_tcp_*",
    ],
    reason: "A task that starts before its security group allows its connections fails, and the deployment with it.",
  },
  {
    resource: "aws_ecs_service.services_*",
    needs: ["aws_db_proxy_target.data_postgres", "aws_rds_cluster_instance.data_postgres_server_server_{1,2}"],
    reason: "A task that starts before its database answers fails, and the deployment with it.",
  },
  {
    resource: "aws_db_proxy_target.data_postgres",
    needs: ["aws_rds_cluster_instance.data_postgres_server_server_{1,2}"],
    reason: "RDS Proxy marks a cluster without an instance as unavailable.",
  },
  {
    resource: "aws_ecs_service.services_*",
    needs: [
      "aws_vpc_security_group_{egress,ingress}_rule.services_*_from_{alb_lb,nlb,public_alb_lb,public_nlb}_tcp_*",
      "aws_vpc_security_group_{egress,ingress}_rule.services_*_calls_*_tcp_*",
    ],
    reason:
      "Requests reach a task from its start to its end: the rules of an old port go after the tasks that listen on it.",
  },
  {
    resource: "aws_ecs_service.services_*",
    needs: [
      "aws_route_table_association.network_{private,public}_*",
      "aws_route.network_{private_*_nat,public_*_internet,public_*_internet_ipv6}",
      "aws_vpc_endpoint.network_{dynamodb,ecr_api,ecr_dkr,logs,s3,secretsmanager,sqs,ssm,ssmmessages,xray}",
    ],
    reason:
      "A task that cannot reach ECR and CloudWatch Logs does not start, and a removed route or endpoint may be in use.",
  },
  {
    resource: "aws_ecs_service.services_*",
    needs: ["aws_ecs_service.services_*"],
    reason: "A task resolves only those services of Service Connect that existed when it started.",
  },
  {
    resource: "aws_ecs_service.services_*",
    needs: ["aws_efs_mount_target.services_*_file_system_*"],
    reason: "A task cannot mount a file system that has no mount target in its zone.",
  },
  {
    resource: "aws_ecs_service.services_*",
    needs: [
      "aws_lb_listener.ingress_{nlb,public_nlb}_port_*",
      "aws_lb_listener_rule.ingress_{alb,public_alb}_targets_*_association",
    ],
    reason: "ECS refuses a target group that no listener of a load balancer forwards to.",
  },
  {
    resource: "aws_ecs_service.services_*",
    needs: ["aws_lb_listener_rule.ingress_public_alb_<route>", "aws_lb_listener_rule.ingress_public_alb_<route>_test"],
    reason: "ECS shifts the traffic of listener rules that exist.",
  },
  {
    resource: "aws_lb_listener_rule.ingress_{alb,public_alb}_<route>",
    needs: ["aws_ecs_service.services_*"],
    reason: "A route that leads to a new service before its tasks are healthy has no targets.",
  },
  {
    resource: "aws_appautoscaling_policy.services_*_scaling_requests",
    needs: ["aws_appautoscaling_policy.services_*_scaling_steps_remove"],
    reason: "Application Auto Scaling refuses a second change of a target at the same time.",
  },
  {
    resource: "aws_appautoscaling_policy.services_*_scaling_steps_remove",
    needs: ["aws_appautoscaling_policy.services_*_scaling_cpu"],
    reason: "Application Auto Scaling refuses a second change of a target at the same time.",
  },
  {
    resource: "aws_appautoscaling_scheduled_action.services_*_scaling_at_night",
    needs: ["aws_appautoscaling_policy.services_*_scaling_cpu"],
    reason: "Application Auto Scaling refuses a second change of a target at the same time.",
  },
  {
    resource: "aws_scheduler_schedule.services_*",
    needs: [
      "aws_ecs_cluster_capacity_providers.compute",
      "aws_efs_mount_target.services_*_file_system_*",
      "aws_iam_role_policy.services_*_{starter,task,task_execution}",
      "aws_vpc_security_group_egress_rule.services_*_to_{*_files,dynamodb,internet,s3,vpc_endpoints}_tcp_*",
      "aws_vpc_security_group_ingress_rule.services_*_to_{*_files,vpc_endpoints}_tcp_*",
      "aws_vpc_security_group_{egress,ingress}_rule.services_*_calls_*_tcp_*",
      "aws_route_table_association.network_private_*",
      "aws_route.network_private_*_nat",
      "aws_vpc_endpoint.network_{dynamodb,ecr_api,ecr_dkr,logs,s3,secretsmanager,sqs,ssm,ssmmessages,xray}",
    ],
    reason: "A job may be due as soon as its schedule exists, and then needs what a service needs.",
  },
  {
    resource: "aws_ecs_cluster.compute",
    needs: ["aws_cloudwatch_log_group.compute_insights"],
    reason: "Container Insights creates the log group, without a retention, when the cluster has none.",
  },
  {
    resource: "aws_{db_instance,rds_cluster}.data_postgres_server",
    needs: ["aws_cloudwatch_log_group.data_postgres_server"],
    reason: "RDS creates the log group, without a retention, when it exports its first log.",
  },
  {
    resource: "aws_db_proxy.data_postgres",
    needs: ["aws_cloudwatch_log_group.data_postgres_proxy"],
    reason: "RDS creates the log group, without a retention, when the proxy writes its first line.",
  },
  {
    resource: "aws_db_proxy.data_postgres",
    needs: [
      "aws_iam_role_policy.data_postgres_proxy",
      "aws_vpc_security_group_{egress,ingress}_rule.data_postgres_proxy_to_postgres_tcp_*",
    ],
    reason: "A proxy that can neither read the password nor reach the server marks its targets as unavailable.",
  },
  {
    resource: "aws_secretsmanager_secret_rotation.data_secrets_stripe",
    needs: ["aws_secretsmanager_secret_version.data_secrets_stripe"],
    reason: "Secrets Manager rotates at once, and there must be a value to rotate.",
  },
  {
    resource: "aws_backup_selection.backups",
    needs: ["aws_iam_role_policy.backups"],
    reason: "A backup that starts before its role has its permissions fails.",
  },
  {
    resource: "aws_s3_bucket_policy.{data_uploads,ingress_access_logs,services_*_task_logs}",
    needs: ["aws_s3_bucket_public_access_block.{same}"],
    reason: "S3 refuses one of the two while the other is being changed.",
  },
  {
    resource: "aws_s3_bucket_lifecycle_configuration.{data_uploads,ingress_access_logs,services_*_task_logs}",
    needs: ["aws_s3_bucket_versioning.{same}"],
    reason: "Rules for old versions need a bucket that has versions.",
  },
  {
    resource: "aws_lb.ingress_public_{alb,nlb}",
    needs: ["aws_s3_bucket_{ownership_controls,policy}.ingress_access_logs"],
    reason: "Elastic Load Balancing refuses access logs to a bucket that it cannot write to.",
  },
  {
    resource: "aws_lb.ingress_public_{alb,nlb}",
    needs: ["aws_route_table_association.network_public_*", "aws_route.network_public_*_{internet,internet_ipv6}"],
    reason:
      "Elastic Load Balancing refuses an internet-facing load balancer in a VPC without an internet gateway, and leaves a zone before its routes go.",
  },
  {
    resource: "aws_lb_target_group_attachment.ingress_nlb_port_*",
    needs: ["aws_lb_listener.ingress_alb"],
    reason: "Elastic Load Balancing refuses an ALB as a target before it listens on the target group's port.",
  },
  {
    resource: "aws_nat_gateway.network_egress_*",
    needs: ["aws_route_table_association.network_public_*", "aws_route.network_public_*_{internet,internet_ipv6}"],
    reason:
      "A NAT gateway fails in a subnet that has no route to an internet gateway, and is in use until it is deleted.",
  },
  {
    resource: "aws_instance.bastion",
    needs: ["aws_iam_role_policy.bastion"],
    reason: "The agent of Systems Manager registers the instance once, with the permissions that it has then.",
  },
  {
    resource: "aws_cognito_user_pool_client.ingress_clients_{sign_in,programs}",
    needs: ["aws_cognito_resource_server.ingress_user_pool"],
    reason: "Cognito refuses a client with scopes that no resource server defines.",
  },
  {
    resource: "aws_route53_record.ingress_domain_{main,regional}_*",
    needs: ["aws_apigatewayv2_api_mapping.ingress_domain_{main,regional}", "aws_ecs_service.services_*"],
    reason: "A name leads to an API once the API answers, with its services behind it.",
  },
  {
    resource: "aws_route53_record.ingress_domain_main_*",
    needs: ["aws_lb_listener.{ingress_public_alb,ingress_public_nlb_port_*}"],
    reason: "A name leads to a load balancer once it listens.",
  },
  {
    resource: "aws_cloudwatch_event_target.monitoring_*_topic",
    needs: ["aws_sns_topic_policy.monitoring_notifications"],
    reason: "An event before the topic's policy allows EventBridge to publish is lost.",
  },
  {
    resource: "aws_cloudwatch_event_target.monitoring_*_chat",
    needs: ["aws_iam_role_policy.monitoring_events_chat"],
    reason: "An event before the role may call the API destination is lost.",
  },
  {
    resource: "aws_api_gateway_stage.ingress",
    needs: ["aws_cloudwatch_log_group.ingress_api_stage_error"],
    reason: "API Gateway creates the log group of errors, without a retention, when the stage writes its first line.",
  },
  {
    resource: "aws_api_gateway_deployment.ingress",
    needs: ["aws_iam_role_policy.ingress_api_uploads_writer", "aws_s3_bucket_{ownership_controls,policy}.data_uploads"],
    reason:
      "Uploads are accepted only when the role may write, and the bucket denies plain HTTP and belongs to its account.",
  },
];

interface Order {
  readonly resource: string;
  readonly needs: readonly string[];
  readonly reason: string;
}

const block = z.looseObject({ depends_on: z.array(z.string()).default([]) });

/** Every `depends_on` of a stack, as `<resource> needs <resource>`, with `*` for names from a stage file and for zones. */
function edges({ json }: Synthesized): string[] {
  const blocks = [
    ...Object.entries(json.resource),
    ...Object.entries(json.data).map(([type, all]) => [`data.${type}`, all] as const),
  ];
  return blocks.flatMap(([type, all]) =>
    Object.entries(all).flatMap(([name, content]) =>
      block.parse(content).depends_on.map((needed) => `${pattern(`${type}.${name}`)} needs ${pattern(needed)}`),
    ),
  );
}

/** An address with `*` for what a stage file or AWS names. */
function pattern(address: string): string {
  return address
    .replace(/(?<=_)(orders|users|mail|sweep)(?=_|$)/g, "*")
    .replace(/(?<=_)[ab](?=_|$)/g, "*")
    .replace(/(?<=_port_)\d+$/, "*")
    .replace(/(?<=aws_lb_listener_rule\.ingress_(public_)?alb_)(?!targets_).+?(?=(_test)?$)/, "<route>")
    .replace(/(?<=_tcp_)\d+$/, "*")
    .replace(/(?<=event_target\.monitoring_).+(?=_(chat|topic)$)/, "*");
}

/** The edges of a row: `{a,b}` of the resource is each of them, and `{same}` of what it needs is the same one. */
function edgesOf({ resource, needs }: Order): string[] {
  return alternatives(resource).flatMap(([each, choice]) =>
    needs
      .map((need) => need.replace("{same}", choice))
      .flatMap(expanded)
      .map((need) => `${each} needs ${need}`),
  );
}

/** A text with each of the alternatives in its first braces, and that alternative. */
function alternatives(text: string): [text: string, choice: string][] {
  const [braces, choices = ""] = /\{(.+?)\}/.exec(text) ?? [];
  if (braces === undefined) return [[text, ""]];
  return choices.split(",").map((choice) => [text.replace(braces, choice), choice]);
}

function expanded(text: string): string[] {
  const found = alternatives(text).map(([each]) => each);
  return found.length === 1 ? found : found.flatMap(expanded);
}

describe("the order of a first apply", () => {
  const synthesized = new Set(stacks.flatMap(edges));
  const declared = orders.flatMap(edgesOf);

  it.each(orders)("$resource needs $needs: $reason", (order) => {
    expect(edgesOf(order).filter((edge) => !synthesized.has(edge))).toEqual([]);
  });

  it("is declared in the table for every depends_on of a stage", () => {
    expect([...synthesized].filter((edge) => !declared.includes(edge)).sort()).toEqual([]);
  });

  it("is declared once", () => {
    expect(declared).toHaveLength(new Set(declared).size);
  });
});
