import { apiGateway, httpApi } from "./api-gateway";
import { backups } from "./backups";
import { bastion } from "./bastion";
import { caches } from "./caches";
import { ecr, ecs, scaling, scheduler } from "./compute";
import { cost } from "./cost";
import { databases } from "./databases";
import { discovery } from "./discovery";
import { domains } from "./domains";
import { files } from "./files";
import { identity } from "./identity";
import { loadBalancers } from "./load-balancers";
import { network, securityGroups } from "./network";
import { notifications } from "./notifications";
import { observability } from "./observability";
import { queuesAndTables } from "./queues-and-tables";
import { s3 } from "./s3";
import { keys, secrets } from "./secrets";
import type { ActionTable } from "./table";
import { waf } from "./waf";

export type { ActionTable, TypeActions } from "./table";

/** The IAM actions of every resource and data source type that the stacks use. */
export const actionTable: ActionTable = {
  ...network,
  ...securityGroups,
  ...ecs,
  ...ecr,
  ...scaling,
  ...scheduler,
  ...discovery,
  ...loadBalancers,
  ...apiGateway,
  ...httpApi,
  ...waf,
  ...domains,
  ...identity,
  ...s3,
  ...queuesAndTables,
  ...databases,
  ...caches,
  ...files,
  ...secrets,
  ...backups,
  ...keys,
  ...bastion,
  ...observability,
  ...notifications,
  ...cost,
  // The provider resolves these without calling AWS.
  "data.aws_iam_policy_document": { read: [], on: () => [] },
  "data.aws_partition": { read: [], on: () => [] },
};
