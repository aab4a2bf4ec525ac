import { servedApi } from "../../gaps/api-gateway/deployments";
import { list, object, objects, text, type JsonObject } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { reference, service } from "./reference";

/** Rules on VPC links V1, of REST APIs, and V2, of HTTP and REST APIs. */
export const vpcLinkRules: readonly Rule[] = [
  {
    name: "vpc-link-in-use",
    service,
    operations: ["DeleteVpcLink"],
    code: "BadRequestException",
    rule: "A VPC link in an integration of an API, or of the deployment that a stage serves, cannot be deleted.",
    source: `${reference}/API_DeleteVpcLink.html`,
    refuse: async (call) => {
      const id = text(call.input.vpcLinkId ?? call.input.VpcLinkId);
      const users = [...(await restUsers(call, id)), ...(await httpUsers(call, id))];
      return users.length > 0
        ? `Cannot delete vpc link. Vpc link '${id}', is referenced in [${users.join(", ")}] in format of [RESTApiId:Method:Resource:Stage].`
        : undefined;
    },
  },
  {
    name: "integration-vpc-link-exists",
    service,
    operations: ["PutIntegration", "CreateIntegration"],
    code: "BadRequestException",
    rule: "The VPC link of an integration must exist.",
    source: `${reference}/API_PutIntegration.html`,
    refuse: async ({ input, ask }) => {
      const id = text(input.connectionId ?? input.ConnectionId);
      // A stage variable names the link only when a stage serves the integration.
      if (id === "" || id.includes("${stageVariables")) return undefined;
      const links = [await ask("GetVpcLink", { vpcLinkId: id }), await ask("GetVpcLink", { VpcLinkId: id })];
      return links.every(({ id: v1, VpcLinkId: v2 }) => v1 === undefined && v2 === undefined)
        ? `Invalid VpcLink ID: '${id}'`
        : undefined;
    },
  },
  {
    name: "vpc-link-load-balancer",
    service: "elasticloadbalancing",
    operations: ["DeleteLoadBalancer"],
    code: "ResourceInUse",
    rule: "A Network Load Balancer that is the target of a VPC link cannot be deleted.",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteLoadBalancer.html",
    refuse: async ({ input, ask }) => {
      const arn = text(input.LoadBalancerArn);
      const { items } = await ask("GetVpcLinks", { limit: 500 }, service);
      return objects(items).some(({ targetArns }) => list(targetArns).includes(arn))
        ? `Load balancer '${arn}' cannot be deleted because it is currently associated with another service`
        : undefined;
    },
  },
  {
    name: "vpc-link-target-immutable",
    service,
    operations: ["UpdateVpcLink"],
    code: "BadRequestException",
    rule: "The target of a VPC link cannot change.",
    source: `${reference}/API_UpdateVpcLink.html`,
    refuse: ({ input }) =>
      objects(input.patchOperations).some(({ path }) => text(path).startsWith("/targetArns"))
        ? "Target arns are not allowed to be changed/added."
        : undefined,
  },
];

async function restUsers({ ask }: RuleCall, link: string): Promise<readonly string[]> {
  const users: string[] = [];
  const { items } = await ask("GetRestApis", { limit: 500 });
  for (const { id } of objects(items)) {
    const restApiId = text(id);
    const resources = await ask("GetResources", { restApiId, embed: ["methods"], limit: 500 });
    users.push(...usersIn(objects(resources.items), link, restApiId));
    const { item } = await ask("GetStages", { restApiId });
    for (const { stageName } of objects(item)) {
      const served = await servedApi(ask, restApiId, text(stageName));
      users.push(...usersIn(served?.resources ?? [], link, restApiId).map((user) => `${user}:${text(stageName)}`));
    }
  }
  return users;
}

function usersIn(resources: readonly JsonObject[], link: string, api: string): readonly string[] {
  return resources.flatMap(({ id, resourceMethods }) =>
    Object.entries(object(resourceMethods))
      .filter(([, method]) => object(object(method).methodIntegration).connectionId === link)
      .map(([verb]) => `${api}:${verb}:${text(id)}`),
  );
}

async function httpUsers({ ask }: RuleCall, link: string): Promise<readonly string[]> {
  const users: string[] = [];
  const { Items } = await ask("GetApis");
  for (const { ApiId } of objects(Items)) {
    const integrations = await ask("GetIntegrations", { ApiId });
    const using = objects(integrations.Items).filter(({ ConnectionId }) => ConnectionId === link);
    users.push(...using.map(({ IntegrationId }) => `${text(ApiId)}:${text(IntegrationId)}`));
  }
  return users;
}
