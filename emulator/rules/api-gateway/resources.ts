import { settingsOf } from "../../documents/api-gateway/request";
import { text, type JsonObject, type JsonValue } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { resourcesOf } from "./methods";
import { reference, service } from "./reference";

/** A resource that is made or renamed, among the others of its parent. */
interface Child {
  readonly parentId: JsonValue;
  readonly pathPart: string;
  readonly siblings: readonly JsonObject[];
}

/** Rules on the resources of a REST API. */
export const resourceRules: readonly Rule[] = [
  {
    // moto keeps the resource nevertheless, and finds none of the API from then on.
    name: "resource-parent-exists",
    service,
    operations: ["CreateResource", "UpdateResource"],
    code: "NotFoundException",
    status: 404,
    rule: "The parent of a resource is a resource of the same REST API.",
    source: `${reference}/API_CreateResource.html`,
    refuse: async (call) => {
      const resources = await resourcesOf(call);
      const { parentId } = childIn(resources, call);
      // The root resource has no parent.
      if (resources.length === 0 || parentId == null || resources.some(({ id }) => id === parentId)) return undefined;
      return "Invalid Resource identifier specified";
    },
  },
  {
    name: "root-resource-deleted",
    service,
    operations: ["DeleteResource"],
    code: "BadRequestException",
    rule: "The root resource of a REST API is deleted with the API only.",
    source: `${reference}/API_DeleteResource.html`,
    refuse: async (call) => {
      const resource = (await resourcesOf(call)).find(({ id }) => id === call.input.resourceId);
      return resource?.path === "/" ? "Root resource cannot be deleted" : undefined;
    },
  },
  {
    name: "resource-name-in-use",
    service,
    operations: ["CreateResource", "UpdateResource"],
    code: "ConflictException",
    status: 409,
    rule: "A resource has one child of each path part.",
    source: `${reference}/API_CreateResource.html`,
    refuse: async (call) => {
      const { pathPart, siblings } = await childOf(call);
      return pathPart !== "" && siblings.some((sibling) => sibling.pathPart === pathPart)
        ? `Another resource with the same parent already has this name: ${pathPart}`
        : undefined;
    },
  },
  {
    name: "resource-second-variable",
    service,
    operations: ["CreateResource", "UpdateResource"],
    code: "BadRequestException",
    rule: "A resource has one child whose path part is a variable.",
    source: `${reference}/API_CreateResource.html`,
    refuse: async (call) => {
      const { pathPart, siblings } = await childOf(call);
      if (!isVariable(pathPart)) return undefined;
      const sibling = siblings.find((each) => isVariable(text(each.pathPart)));
      return (
        sibling &&
        `A sibling (${text(sibling.pathPart)}) of this resource already has a variable path part -- only one is allowed`
      );
    },
  },
  {
    name: "resource-below-greedy",
    service,
    operations: ["CreateResource"],
    code: "BadRequestException",
    rule: "A resource whose path part is a greedy variable, such as {proxy+}, has no children.",
    source:
      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html",
    refuse: async (call) => {
      const parent = (await resourcesOf(call)).find(({ id }) => id === call.input.parentId);
      const part = text(parent?.pathPart);
      return part.endsWith("+}")
        ? `Cannot create a child of a resource with a greedy path variable: ${part}`
        : undefined;
    },
  },
];

async function childOf(call: RuleCall): Promise<Child> {
  return childIn(await resourcesOf(call), call);
}

function childIn(resources: readonly JsonObject[], { input }: Pick<RuleCall, "input">): Child {
  const { resourceId } = input;
  const { pathPart, ...changed } = settingsOf(input);
  const parentId = changed.parentId ?? resources.find(({ id }) => id === resourceId)?.parentId;
  const siblings = resources.filter((each) => each.parentId === parentId && each.id !== resourceId);
  return { parentId, pathPart: text(pathPart), siblings };
}

function isVariable(pathPart: string): boolean {
  return pathPart.startsWith("{");
}
