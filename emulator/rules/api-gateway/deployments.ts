import { list, object, objects, text } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { reference, service } from "./reference";

/** Rules on the deployments and stages of a REST API, and on its end. */
export const deploymentRules: readonly Rule[] = [
  {
    name: "deployment-without-integration",
    service,
    operations: ["CreateDeployment"],
    code: "BadRequestException",
    rule: "Each method of a REST API must have an integration before the API is deployed.",
    source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-deployments.html",
    refuse: async ({ input, ask }) => {
      if (input.restApiId === undefined) return undefined;
      const { items } = await ask("GetResources", { restApiId: input.restApiId, embed: ["methods"], limit: 500 });
      const methods = objects(items).flatMap(({ resourceMethods }) => Object.values(object(resourceMethods)));
      return methods.some((method) => object(method).methodIntegration == null)
        ? "No integration defined for method"
        : undefined;
    },
  },
  {
    name: "private-api-without-policy",
    service,
    operations: ["CreateDeployment"],
    code: "BadRequestException",
    rule: "A private REST API must have a resource policy before it is deployed.",
    source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-api-create.html",
    refuse: async ({ input, ask }) => {
      if (input.restApiId === undefined) return undefined;
      const { endpointConfiguration, policy } = await ask("GetRestApi", { restApiId: input.restApiId });
      return list(object(endpointConfiguration).types).includes("PRIVATE") && text(policy) === ""
        ? "Private REST API doesn't have a resource policy attached to it"
        : undefined;
    },
  },
  {
    name: "canary-stage-exists",
    service,
    operations: ["CreateDeployment"],
    code: "BadRequestException",
    rule: "The stage of a canary release must exist.",
    source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/create-canary-deployment.html",
    refuse: async ({ input, ask }) => {
      const { restApiId, stageName, canarySettings } = input;
      if (canarySettings == null) return undefined;
      const stage = await ask("GetStage", { restApiId, stageName });
      return stage.stageName === undefined
        ? `Invalid deployment content specified.Stage ${text(stageName)} must already be created before making a canary release deployment`
        : undefined;
    },
  },
  {
    name: "deployment-in-use",
    service,
    operations: ["DeleteDeployment"],
    code: "BadRequestException",
    rule: "A deployment that a stage serves cannot be deleted.",
    source: `${reference}/API_DeleteDeployment.html`,
    refuse: async ({ input, ask }) => {
      const { restApiId, deploymentId } = input;
      if (restApiId === undefined) return undefined;
      const { item } = await ask("GetStages", { restApiId });
      return objects(item).some((stage) => stage.deploymentId === deploymentId)
        ? "Active stages pointing to this deployment must be moved or deleted"
        : undefined;
    },
  },
  {
    name: "stage-deployment-exists",
    service,
    operations: ["CreateStage", "UpdateStage"],
    code: "BadRequestException",
    rule: "The deployment of a stage must exist.",
    source: `${reference}/API_CreateStage.html`,
    refuse: async ({ input, ask }) => {
      const { restApiId, deploymentId, patchOperations } = input;
      if (restApiId === undefined) return undefined;
      const moved = objects(patchOperations).find(({ path }) => path === "/deploymentId")?.value;
      const wanted = deploymentId ?? moved;
      if (wanted === undefined) return undefined;
      const { items } = await ask("GetDeployments", { restApiId, limit: 500 });
      return objects(items).some(({ id }) => id === wanted) ? undefined : "Deployment id does not exist";
    },
  },
  {
    name: "rest-api-mapped",
    service,
    operations: ["DeleteRestApi"],
    code: "BadRequestException",
    rule: "A REST API to which a domain name maps cannot be deleted.",
    source: `${reference}/API_DeleteRestApi.html`,
    refuse: async ({ input, ask }) => {
      const name = await mappedName(ask, text(input.restApiId));
      return (
        name &&
        `Deleting RestApi ${text(input.restApiId)} failed. Please remove all base path mappings related to the RestApi in your domains: ${name}`
      );
    },
  },
];

/** A domain name of either API that maps a path to an API. */
async function mappedName(ask: RuleCall["ask"], apiId: string): Promise<string | undefined> {
  // Both kinds of API have a GetDomainNames: only that of REST APIs takes a limit.
  for (const { domainName } of objects((await ask("GetDomainNames", { limit: 500 })).items)) {
    const { items } = await ask("GetBasePathMappings", { domainName, limit: 500 });
    if (objects(items).some(({ restApiId }) => restApiId === apiId)) return text(domainName);
  }
  for (const { DomainName } of objects((await ask("GetDomainNames", { MaxResults: "500" })).Items)) {
    const { Items } = await ask("GetApiMappings", { DomainName });
    if (objects(Items).some(({ ApiId }) => ApiId === apiId)) return text(DomainName);
  }
  return undefined;
}
