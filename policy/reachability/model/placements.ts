import { referenceOf } from "./reference";
import { blocksOf, type Resource, type Resources } from "./terraform";

/** Where the network interfaces of a resource are, in its own fields' words. */
interface Placement {
  readonly groups: unknown;
  readonly subnets: unknown;
  /** @default - none */
  readonly publicIp?: unknown;
}

type Read = (fields: Resource["fields"], resources: Resources) => Placement | undefined;

/** Where each type of resource says what its network interfaces are; undefined when one has none. */
export const placements: Readonly<Record<string, Read>> = {
  aws_ecs_service: (fields) => tasksOf(fields),
  aws_scheduler_schedule: ({ target }) => {
    const [tasks] = blocksOf(target).flatMap(({ ecs_parameters }) => blocksOf(ecs_parameters));
    return tasks && tasksOf(tasks);
  },
  aws_cloudwatch_event_target: ({ ecs_target }) => {
    const [tasks] = blocksOf(ecs_target);
    return tasks && tasksOf(tasks);
  },
  aws_lb: ({ security_groups, subnets, internal }) => ({
    groups: security_groups,
    subnets,
    publicIp: typeof internal === "boolean" ? !internal : (internal ?? true),
  }),
  aws_vpc_endpoint: ({ vpc_endpoint_type = "Gateway", security_group_ids, subnet_ids }) =>
    vpc_endpoint_type === "Gateway" ? undefined : { groups: security_group_ids, subnets: subnet_ids },
  aws_apigatewayv2_vpc_link: ({ security_group_ids, subnet_ids }) => ({
    groups: security_group_ids,
    subnets: subnet_ids,
  }),
  aws_db_instance: ({ vpc_security_group_ids, db_subnet_group_name, publicly_accessible }, resources) => ({
    groups: vpc_security_group_ids,
    subnets: subnetsOfGroup(resources, db_subnet_group_name),
    publicIp: publicly_accessible,
  }),
  aws_rds_cluster: ({ vpc_security_group_ids, db_subnet_group_name }, resources) => ({
    groups: vpc_security_group_ids,
    subnets: subnetsOfGroup(resources, db_subnet_group_name),
    // Its instances are public together or not at all, so that one of them says it for the cluster.
    publicIp: resources.of("aws_rds_cluster_instance").some(({ fields }) => fields.publicly_accessible === true),
  }),
  aws_elasticache_replication_group: ({ security_group_ids, subnet_group_name }, resources) => ({
    groups: security_group_ids,
    subnets: subnetsOfGroup(resources, subnet_group_name),
  }),
  aws_elasticache_serverless_cache: ({ security_group_ids, subnet_ids }) => ({
    groups: security_group_ids,
    subnets: subnet_ids,
  }),
  aws_efs_mount_target: ({ security_groups, subnet_id }) => ({ groups: security_groups, subnets: [subnet_id] }),
  aws_db_proxy: ({ vpc_security_group_ids, vpc_subnet_ids }) => ({
    groups: vpc_security_group_ids,
    subnets: vpc_subnet_ids,
  }),
  aws_ec2_instance_connect_endpoint: ({ security_group_ids, subnet_id }) => ({
    groups: security_group_ids,
    subnets: [subnet_id],
  }),
  aws_instance: ({ vpc_security_group_ids, subnet_id, associate_public_ip_address }) => ({
    groups: vpc_security_group_ids,
    subnets: [subnet_id],
    publicIp: associate_public_ip_address,
  }),
  aws_lambda_function: ({ vpc_config }) => {
    const [inVpc] = blocksOf(vpc_config);
    return inVpc && { groups: inVpc.security_group_ids, subnets: inVpc.subnet_ids };
  },
};

/** What runs tasks of ECS: they need a way to their image. */
export const taskTypes = ["aws_ecs_service", "aws_scheduler_schedule", "aws_cloudwatch_event_target"];

/** Resources that others name to say in which subnets they stand. */
export const subnetGroupTypes = ["aws_db_subnet_group", "aws_elasticache_subnet_group"];

function tasksOf({ network_configuration }: Resource["fields"]): Placement {
  const [{ security_groups, subnets, assign_public_ip } = {}] = blocksOf(network_configuration);
  return { groups: security_groups, subnets, publicIp: assign_public_ip };
}

function subnetsOfGroup(resources: Resources, name: unknown): unknown {
  const group = resources.at(referenceOf(name)?.address);
  return group !== undefined && subnetGroupTypes.includes(group.type) ? group.fields.subnet_ids : undefined;
}
