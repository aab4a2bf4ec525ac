import { apiGateway } from "./api-gateway";
import { backups } from "./backups";
import { bastion } from "./bastion";
import { caches } from "./caches";
import { databases } from "./databases";
import { discovery } from "./discovery";
import { domains } from "./domains";
import { ecr } from "./ecr";
import { ecs } from "./ecs";
import { files } from "./files";
import { securityGroup } from "./firewall";
import { httpApi } from "./http-api";
import { identity } from "./identity";
import { keys } from "./keys";
import { loadBalancers } from "./load-balancers";
import { money } from "./money";
import { network } from "./network";
import { notices } from "./notices";
import { observability } from "./observability";
import { s3 } from "./s3";
import { scaling } from "./scaling";
import { scheduler } from "./scheduler";
import { secrets } from "./secrets";
import { securityGroups } from "./security-groups";
import { dataServices } from "./stores";
import type { ActionTable } from "./table";

export type { ActionTable, TypeActions } from "./table";

/** What Terraform calls, for every type that the stacks make. */
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
  ...securityGroup,
  ...domains,
  ...identity,
  ...s3,
  ...dataServices,
  ...databases,
  ...caches,
  ...files,
  ...secrets,
  ...backups,
  ...keys,
  ...bastion,
  ...observability,
  ...notices,
  ...money,
  // The provider answers these by itself.
  "data.aws_iam_policy_document": { read: [], on: () => [] },
  "data.aws_partition": { read: [], on: () => [] },
};
