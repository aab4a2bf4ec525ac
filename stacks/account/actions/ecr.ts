import { repositoryName } from "../../naming";
import { arnOf, type Place } from "../place";
import type { ActionTable } from "./table";

const on = (place: Place) => [arnOf(place, "ecr", `repository/${repositoryName(place, "*")}`)];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html */
export const ecr: ActionTable = {
  aws_ecr_repository: {
    create: ["ecr:CreateRepository", "ecr:TagResource"],
    read: ["ecr:DescribeRepositories", "ecr:ListTagsForResource"],
    update: ["ecr:PutImageScanningConfiguration", "ecr:PutImageTagMutability", "ecr:TagResource", "ecr:UntagResource"],
    delete: ["ecr:DeleteRepository"],
    on,
  },
  aws_ecr_lifecycle_policy: {
    create: ["ecr:PutLifecyclePolicy"],
    read: ["ecr:GetLifecyclePolicy"],
    update: ["ecr:PutLifecyclePolicy"],
    delete: ["ecr:DeleteLifecyclePolicy"],
    on,
  },
};
