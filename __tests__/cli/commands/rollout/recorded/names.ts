import { stageWith } from "../../../../fixtures/stage";
import { ecsServicesOf, type EcsService } from "../../../../../cli/lib/ecs";

/** The stage of the observed service. */
export const stage = stageWith();

export const ordersService: EcsService = orders();

const inEcs = (kind: string, ...path: readonly string[]) =>
  `arn:aws:ecs:us-east-1:111122223333:${kind}/${path.join("/")}`;
export const clusterArn = inEcs("cluster", ordersService.cluster);
export const serviceArn = inEcs("service", ordersService.cluster, ordersService.service);
export const targetGroupArn =
  "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/order-20261001090000000100000001/6d0ecf831eec9f09";
export const revisionArn = (revision: number) => inEcs("task-definition", `shop-orders-task-dev01:${revision}`);
export const imageOf = (revision: number) =>
  `111122223333.dkr.ecr.us-east-1.amazonaws.com/orders-dev01-image:${revision}.0.0`;
export const taskArn = (id: string) => inEcs("task", ordersService.cluster, id);
export const serviceDeploymentArn = (id: string) =>
  inEcs("service-deployment", ordersService.cluster, ordersService.service, id);
export const serviceRevisionArn = (id: string) =>
  inEcs("service-revision", ordersService.cluster, ordersService.service, id);

/** Ids of deployments: the one before, the observed one, and its rollback. */
export const before = "ecs-svc/3348108895209946212";
export const observed = "ecs-svc/7246342417563559064";
export const rollbackId = "ecs-svc/9031145520167386411";

/** Ids of tasks: three of the observed deployment, and one of the deployment before. */
export const first = "66066f5cae104f0fae66c804d885fae7";
export const second = "b5067ed30cc5431d89fe74c47fd9981f";
export const third = "22450d8cbf7b4648ac0837b9a710e807";
export const oldTask = "d729507e9c0946579ff8ed2eb86a603c";

/** A time in seconds after the observed deployment was requested. */
export const at = (seconds: number) => new Date(Date.UTC(2026, 9, 5, 12) + seconds * 1000);

export const twoDaysBefore = -172_800;

function orders(): EcsService {
  const [service] = ecsServicesOf(stage, "orders");
  if (!service) throw new Error("the stage has no service orders");
  return service;
}
