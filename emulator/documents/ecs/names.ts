import { objects, text, type JsonObject } from "../../wire/json";
import { firstDuplicate, type DocumentCheck, type Refusal } from "../document";
import { invalidParameter as invalid } from "../refusals";
import { clientException } from "./task-definition";

/** Name of a new service. */
const serviceNames: DocumentCheck = {
  service: "ecs",
  operations: ["CreateService"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
  check: ({ serviceName }) => {
    if (text(serviceName) === "") return invalid("Service name cannot be blank.");
    return isName(text(serviceName)) ? undefined : invalid("Service name contains invalid characters.");
  },
};

/** Name of a new cluster, which is `default` when there is none. */
const clusterNames: DocumentCheck = {
  service: "ecs",
  operations: ["CreateCluster"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html",
  check: ({ clusterName }) =>
    text(clusterName) === "" || isName(text(clusterName))
      ? undefined
      : invalid("Cluster name contains invalid characters."),
};

/** Family of a task definition. */
const families: DocumentCheck = {
  service: "ecs",
  operations: ["RegisterTaskDefinition"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html",
  check: ({ family }) => (isName(text(family)) ? undefined : clientException("Family contains invalid characters.")),
};

/** Tags of what ECS has. */
const tags: DocumentCheck = {
  service: "ecs",
  operations: ["CreateCluster", "CreateService", "RegisterTaskDefinition", "RunTask", "TagResource"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html",
  check: tagProblem,
};

/** Names and tags of clusters, services and task definitions. */
export const names: readonly DocumentCheck[] = [serviceNames, clusterNames, families, tags];

function isName(name: string): boolean {
  return /^[A-Za-z0-9_-]{1,255}$/.test(name);
}

function tagProblem({ tags: all }: JsonObject): Refusal | undefined {
  const keys = objects(all).map(({ key }) => text(key));
  return firstDuplicate(keys) === undefined ? undefined : invalid("Duplicate tag keys found.");
}
