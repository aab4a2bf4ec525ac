import { settingsOf } from "../../documents/api-gateway/request";
import { text, type JsonObject } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { resourcesOf } from "./methods";
import { reference, service } from "./reference";

/** A resource that is made or renamed, among the others of its parent. */
interface Child {
  readonly pathPart: string;
  readonly siblings: readonly JsonObject[];
}

/** Rules on the resources of a REST API. */
export const resourceRules: readonly Rule[] = [
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
  const { resourceId, parentId, pathPart } = call.input;
  const resources = await resourcesOf(call);
  if (resourceId === undefined) {
    return { pathPart: text(pathPart), siblings: resources.filter((each) => each.parentId === parentId) };
  }
  const changed = settingsOf(call.input);
  const parent = changed.parentId ?? resources.find(({ id }) => id === resourceId)?.parentId;
  return {
    pathPart: text(changed.pathPart),
    siblings: resources.filter((each) => each.parentId === parent && each.id !== resourceId),
  };
}

function isVariable(pathPart: string): boolean {
  return pathPart.startsWith("{");
}
