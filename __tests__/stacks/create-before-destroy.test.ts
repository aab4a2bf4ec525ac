import { createdBeforeDestroyed } from "../fixtures/created-before-destroyed";
import { ingresses, stageWith } from "../fixtures/stage";
import { Synthesized } from "../fixtures/synthesized";
import { featureStages } from "../policy/feature-stages";

const stacks = [
  ...Object.values(featureStages),
  ...Object.values(ingresses).map((ingress) => stageWith({ ingress })),
].map((stage) => new Synthesized(stage));

/** Types whose resources have generated names, so that AWS accepts a replacement beside the old one. */
const generatedNames = ["aws_lb", "aws_lb_target_group", "aws_security_group"];

/** Why a replacement of each other type never claims what the old resource still has. */
const reasons: Readonly<Record<string, string>> = {
  aws_acm_certificate: "An account may have several certificates of a domain.",
  aws_acm_certificate_validation: "It exists in the state only.",
  aws_api_gateway_authorizer: "It is replaced only with its API.",
  aws_api_gateway_deployment: "An API has many deployments, which have generated ids.",
  aws_api_gateway_gateway_response: "It is replaced only with its API: its response type is in its address.",
  aws_api_gateway_integration: "It is replaced only with its method.",
  aws_api_gateway_integration_response: "It is replaced only with its integration.",
  aws_api_gateway_method: "It is replaced only with its path: its method is in its address.",
  aws_api_gateway_method_response: "It is replaced only with its method: its status is in its address.",
  aws_api_gateway_model: "Its name has a hash of its schema.",
  aws_api_gateway_request_validator: "It is replaced only with its API.",
  aws_api_gateway_resource: "It is replaced only with its parent: its path is in its address.",
  aws_api_gateway_rest_api: "An account may have several APIs of one name.",
  aws_api_gateway_vpc_link: "An account may have several VPC links of one name.",
  aws_apigatewayv2_api: "An account may have several APIs of one name.",
  aws_apigatewayv2_authorizer: "It is replaced only with its API.",
  aws_apigatewayv2_domain_name: "Only its name replaces it.",
  aws_cognito_resource_server: "It is replaced only with its user pool.",
  aws_cognito_user_pool_client: "A user pool may have several clients of one name.",
  aws_route53_health_check: "It has a generated id.",
  aws_wafv2_ip_set: "Only its name and its family replace it, and its family is in its address.",
  aws_apigatewayv2_vpc_link: "An account may have several VPC links of one name.",
  aws_cognito_user_pool: "An account may have several user pools of one name.",
  aws_efs_file_system: "An account may have several, which have generated ids.",
  aws_efs_mount_target: "It is replaced only with its file system or its subnet.",
  aws_eip: "It has a generated id.",
  aws_kms_key: "It has a generated id.",
  aws_nat_gateway: "It is replaced only with its subnet and its address.",
  aws_route_table_association: "It is replaced only with its subnet.",
  aws_service_discovery_http_namespace: "Only its name replaces it.",
  aws_service_discovery_private_dns_namespace:
    "Only its name and its VPC replace it, and its name is taken once in a VPC.",
  aws_service_discovery_service: "It is replaced only with its namespace: its name is in its address.",
  aws_vpc_endpoint: "It is replaced only with its VPC: its service is in its address.",
  aws_vpc_security_group_egress_rule:
    "It is replaced only with its security group: its port and its peer are in its address.",
  aws_vpc_security_group_ingress_rule:
    "It is replaced only with its security group: its port and its peer are in its address.",
  aws_db_parameter_group: "Its name has its family, which alone replaces it.",
  aws_iam_role: "Only its name replaces it.",
  aws_iam_role_policy: "It is replaced only with its role.",
  aws_internet_gateway: "It is never replaced: another VPC detaches it.",
  aws_lb_listener: "It is replaced only with its load balancer.",
  aws_lb_listener_rule: "It is replaced only with its listener.",
  aws_rds_cluster_parameter_group: "Its name has its family, which alone replaces it.",
  aws_route: "It is replaced only with its route table.",
  aws_route53_record: "The record that validates a domain is the same for all its certificates, and is overwritten.",
  aws_route_table: "It is replaced only with its VPC.",
  aws_s3_bucket: "Only its name replaces it.",
  aws_s3_bucket_ownership_controls: "It is replaced only with its bucket.",
  aws_s3_bucket_policy: "It is replaced only with its bucket.",
  aws_s3_bucket_public_access_block: "It is replaced only with its bucket.",
  aws_subnet: "It is replaced only with its VPC: its zone is in its address, and its range follows from both.",
  aws_vpc: "VPCs may have the same range.",
};

/** What the tasks and the data of a stage are. A replacement of one has the name of the old one, which must go first. */
const replacedInPlace =
  /^aws_(ecs_|db_instance|db_proxy|db_subnet_group|rds_cluster$|elasticache_|dynamodb_|sqs_|sns_|secretsmanager_|ecr_|cloudwatch_log_group)/;

const typeOf = (address: string) => address.replace(/\..+/, "");
const types = [...new Set(stacks.flatMap(createdBeforeDestroyed).map(typeOf))].sort();

describe("what is created before the resource that it replaces is destroyed", () => {
  it.each(types)("may exist twice: %s", (type) => {
    expect([...generatedNames, ...Object.keys(reasons)]).toContain(type);
  });

  it.each(generatedNames)("has a generated name: %s", (type) => {
    const names = stacks.flatMap((stack) => Object.values(stack.all(type))).filter((each) => !("name_prefix" in each));
    expect(names).toEqual([]);
    expect(types).toContain(type);
  });

  it("are neither the tasks nor the data of a stage", () => {
    const refused = ["aws_ecs_service", "aws_ecs_task_definition", "aws_db_instance"];
    expect(refused.filter((type) => !replacedInPlace.test(type))).toEqual([]);
    expect(types.filter((type) => replacedInPlace.test(type))).toEqual([]);
  });
});
