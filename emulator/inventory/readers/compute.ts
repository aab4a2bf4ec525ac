import { jsonReaders, restReaders, type Reader } from "../reader";
import { text, type JsonObject } from "../../wire/json";

const ecr = jsonReaders("ecr", "AmazonEC2ContainerRegistry_V20150921");
const ecs = jsonReaders("ecs", "AmazonEC2ContainerServiceV20141113");
const scaling = jsonReaders("application-autoscaling", "AnyScaleFrontendService");
const cloudMap = jsonReaders("servicediscovery", "Route53AutoNaming_v20170314");
const efs = restReaders("elasticfilesystem");

const inactive = "a deregistered task definition stays INACTIVE";
const namespaces = ["ecs", "dynamodb", "rds"];

const scaled = namespaces.flatMap((ServiceNamespace) => [
  scaling("Scalable target", "DescribeScalableTargets", "ScalableTargets", "ResourceId", {
    input: { ServiceNamespace },
  }),
  scaling("Scaling policy", "DescribeScalingPolicies", "ScalingPolicies", "PolicyARN", { input: { ServiceNamespace } }),
  scaling("Scheduled action", "DescribeScheduledActions", "ScheduledActions", "ScheduledActionARN", {
    input: { ServiceNamespace },
  }),
]);

/** ECR, ECS, scaling, service discovery and file systems. */
export const compute: readonly Reader[] = [
  ecr("Repository", "DescribeRepositories", "repositories", "repositoryName"),
  ecs("Cluster", "ListClusters", "clusterArns", "", {
    within: ({ item: cluster }) => [ecs("Service", "ListServices", "serviceArns", "", { input: { cluster } })],
  }),
  ecs("Task definition", "ListTaskDefinitions", "taskDefinitionArns", "", { input: { status: "ACTIVE" } }),
  ecs("Task definition", "ListTaskDefinitions", "taskDefinitionArns", "", {
    input: { status: "INACTIVE" },
    lingering: () => inactive,
  }),
  ...scaled,
  cloudMap("Namespace", "ListNamespaces", "Namespaces", "Name"),
  cloudMap("Discovery service", "ListServices", "Services", "Name"),
  efs("File system", "/2015-02-01/file-systems", "FileSystems", "FileSystemId", {
    within: ({ FileSystemId }: JsonObject) => [
      efs(
        "Mount target",
        `/2015-02-01/mount-targets?FileSystemId=${text(FileSystemId)}`,
        "MountTargets",
        "MountTargetId",
      ),
    ],
  }),
  efs("Access point", "/2015-02-01/access-points", "AccessPoints", "AccessPointId"),
];
