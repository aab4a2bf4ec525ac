/** What AWS identifies a resource by: attributes of a namespace, which other types of resources may share. */
export interface Key {
  readonly namespace?: string;
  /** Paths of attributes; one that ends in "?" may be absent. */
  readonly attributes: readonly string[];
}

/** Why AWS accepts any number of resources of a type. */
export interface WithoutKey {
  readonly none: string;
}

const key = (...attributes: readonly string[]): Key => ({ attributes });
const shared = (namespace: string, ...attributes: readonly string[]): Key => ({ namespace, attributes });
const none = (reason: string): WithoutKey => ({ none: reason });

const generatedId = none("has a generated id, and a name that others may have");

/** A rule of a security group: AWS refuses a second one of the same direction, protocol, ports and peer. */
const securityGroupRule = key(
  "security_group_id",
  "ip_protocol",
  "from_port",
  "to_port",
  "cidr_ipv4?",
  "cidr_ipv6?",
  "prefix_list_id?",
  "referenced_security_group_id?",
);

/** The key of each type of resource in AWS. A resource with `name_prefix` has none. */
export const awsKeys: Readonly<Record<string, Key | WithoutKey>> = {
  aws_acm_certificate: none("has a generated ARN; an account may have several for a name"),
  aws_acm_certificate_validation: none("waits, and creates nothing"),

  aws_api_gateway_account: key(),
  aws_api_gateway_api_key: generatedId,
  aws_api_gateway_authorizer: key("rest_api_id", "name"),
  aws_api_gateway_base_path_mapping: shared("path of a domain name of API Gateway", "domain_name", "base_path?"),
  aws_api_gateway_deployment: generatedId,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html
  aws_api_gateway_domain_name: shared("domain name of API Gateway", "domain_name"),
  aws_api_gateway_gateway_response: key("rest_api_id", "response_type"),
  aws_api_gateway_integration: key("rest_api_id", "resource_id", "http_method"),
  aws_api_gateway_integration_response: key("rest_api_id", "resource_id", "http_method", "status_code"),
  aws_api_gateway_method: key("rest_api_id", "resource_id", "http_method"),
  aws_api_gateway_method_response: key("rest_api_id", "resource_id", "http_method", "status_code"),
  aws_api_gateway_method_settings: key("rest_api_id", "stage_name", "method_path"),
  aws_api_gateway_model: key("rest_api_id", "name"),
  aws_api_gateway_request_validator: generatedId,
  aws_api_gateway_resource: key("rest_api_id", "parent_id", "path_part"),
  aws_api_gateway_rest_api: generatedId,
  aws_api_gateway_stage: key("rest_api_id", "stage_name"),
  aws_api_gateway_usage_plan: generatedId,
  aws_api_gateway_usage_plan_key: key("usage_plan_id", "key_id"),
  aws_api_gateway_vpc_link: generatedId,

  aws_apigatewayv2_api: generatedId,
  aws_apigatewayv2_api_mapping: shared("path of a domain name of API Gateway", "domain_name", "api_mapping_key?"),
  aws_apigatewayv2_authorizer: key("api_id", "name"),
  aws_apigatewayv2_domain_name: shared("domain name of API Gateway", "domain_name"),
  aws_apigatewayv2_integration: generatedId,
  aws_apigatewayv2_route: key("api_id", "route_key"),
  aws_apigatewayv2_stage: key("api_id", "name"),
  aws_apigatewayv2_vpc_link: generatedId,

  aws_appautoscaling_policy: key("service_namespace", "resource_id", "scalable_dimension", "name"),
  aws_appautoscaling_scheduled_action: key("service_namespace", "resource_id", "scalable_dimension", "name"),
  aws_appautoscaling_target: key("service_namespace", "resource_id", "scalable_dimension"),

  aws_backup_plan: generatedId,
  aws_backup_selection: key("plan_id", "name"),
  aws_backup_vault: key("name"),

  aws_budgets_budget: key("name"),
  aws_ce_anomaly_monitor: key("name"),
  aws_ce_anomaly_subscription: key("name"),

  aws_cloudwatch_composite_alarm: shared("alarm", "alarm_name"),
  aws_cloudwatch_dashboard: key("dashboard_name"),
  aws_cloudwatch_event_api_destination: key("name"),
  aws_cloudwatch_event_connection: key("name"),
  aws_cloudwatch_event_rule: key("event_bus_name?", "name"),
  aws_cloudwatch_event_target: none("has an id that Terraform generates"),
  aws_cloudwatch_log_group: key("name"),
  aws_cloudwatch_log_metric_filter: key("log_group_name", "name"),
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
  aws_cloudwatch_metric_alarm: shared("alarm", "alarm_name"),
  aws_cloudwatch_query_definition: key("name"),

  aws_cognito_resource_server: key("user_pool_id", "identifier"),
  aws_cognito_user_pool: generatedId,
  aws_cognito_user_pool_client: generatedId,
  aws_cognito_user_pool_domain: key("domain"),

  aws_db_instance: shared("identifier of a DB instance", "identifier"),
  aws_db_parameter_group: key("name"),
  aws_db_proxy: key("name"),
  aws_db_proxy_default_target_group: key("db_proxy_name"),
  aws_db_proxy_target: key("db_proxy_name", "target_group_name"),
  aws_db_subnet_group: key("name"),
  aws_rds_cluster: key("cluster_identifier"),
  aws_rds_cluster_instance: shared("identifier of a DB instance", "identifier"),
  aws_rds_cluster_parameter_group: key("name"),
  aws_dynamodb_table: key("name"),

  aws_default_security_group: key("vpc_id"),
  aws_ec2_instance_connect_endpoint: key("subnet_id"),
  aws_egress_only_internet_gateway: generatedId,
  aws_eip: generatedId,
  aws_flow_log: key("vpc_id", "traffic_type", "log_destination"),
  aws_instance: generatedId,
  aws_internet_gateway: key("vpc_id"),
  aws_key_pair: key("key_name"),
  aws_nat_gateway: key("allocation_id"),
  aws_route: key("route_table_id", "destination_cidr_block?", "destination_ipv6_cidr_block?"),
  aws_route_table: generatedId,
  aws_route_table_association: key("subnet_id"),
  aws_security_group: key("vpc_id", "name"),
  aws_subnet: key("vpc_id", "cidr_block"),
  aws_vpc: generatedId,
  // The private DNS name of a service is taken once in a VPC.
  aws_vpc_endpoint: key("vpc_id", "service_name"),
  aws_vpc_security_group_egress_rule: securityGroupRule,
  aws_vpc_security_group_ingress_rule: securityGroupRule,

  aws_ecr_lifecycle_policy: key("repository"),
  aws_ecr_repository: key("name"),
  aws_ecs_cluster: key("name"),
  aws_ecs_cluster_capacity_providers: key("cluster_name"),
  aws_ecs_service: key("cluster", "name"),
  aws_ecs_task_definition: none("is a new revision of its family"),

  aws_efs_access_point: generatedId,
  aws_efs_backup_policy: key("file_system_id"),
  aws_efs_file_system: generatedId,
  aws_efs_mount_target: key("file_system_id", "subnet_id"),

  aws_elasticache_replication_group: key("replication_group_id"),
  aws_elasticache_serverless_cache: key("name"),
  aws_elasticache_subnet_group: key("name"),
  aws_elasticache_user: key("user_id"),
  aws_elasticache_user_group: key("user_group_id"),

  aws_iam_instance_profile: key("name"),
  aws_iam_role: key("name"),
  aws_iam_role_policy: key("role", "name"),
  aws_iam_role_policy_attachment: key("role", "policy_arn"),
  aws_kms_key: generatedId,

  aws_lb: key("name"),
  aws_lb_listener: key("load_balancer_arn", "port"),
  aws_lb_listener_rule: key("listener_arn", "priority"),
  aws_lb_target_group: key("name"),
  aws_lb_target_group_attachment: key("target_group_arn", "target_id", "port"),

  aws_route53_health_check: generatedId,
  aws_route53_record: key("zone_id", "name", "type", "set_identifier?"),

  aws_s3_bucket: key("bucket"),
  aws_s3_bucket_cors_configuration: key("bucket"),
  aws_s3_bucket_lifecycle_configuration: key("bucket"),
  aws_s3_bucket_ownership_controls: key("bucket"),
  aws_s3_bucket_policy: key("bucket"),
  aws_s3_bucket_public_access_block: key("bucket"),
  aws_s3_bucket_server_side_encryption_configuration: key("bucket"),
  aws_s3_bucket_versioning: key("bucket"),

  aws_scheduler_schedule: key("group_name?", "name"),
  aws_secretsmanager_secret: key("name"),
  aws_secretsmanager_secret_version: none("is a new version of its secret"),

  aws_service_discovery_http_namespace: shared("name of a Cloud Map namespace", "name"),
  aws_service_discovery_private_dns_namespace: shared("name of a Cloud Map namespace", "name"),
  aws_service_discovery_service: key("dns_config.namespace_id", "name"),

  aws_sns_topic: key("name"),
  aws_sns_topic_policy: key("arn"),
  aws_sns_topic_subscription: key("topic_arn", "protocol", "endpoint"),
  aws_sqs_queue: key("name"),
  aws_sqs_queue_policy: key("queue_url"),
  aws_sqs_queue_redrive_allow_policy: key("queue_url"),
  aws_ssm_document: key("name"),

  aws_wafv2_ip_set: key("scope", "name"),
  aws_wafv2_web_acl: key("scope", "name"),
  aws_wafv2_web_acl_association: key("resource_arn"),
  aws_wafv2_web_acl_logging_configuration: key("resource_arn"),

  terraform_data: none("exists in the state only"),
};

/**
 * Attributes for which Terraform replaces a resource that others have in their keys.
 * https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/elbv2/load_balancer.go
 */
export const replacedWhenChanged: Readonly<Record<string, readonly string[]>> = {
  aws_lb: ["internal", "load_balancer_type"],
};
