import { object, objects, text, type JsonObject, type JsonValue } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { reference, service } from "./reference";

/** A method of a REST API with the path of its resource. */
interface Method {
  readonly name: string;
  readonly method: JsonObject;
}

/** Rules on the methods of a REST API, and on what they refer to. */
export const methodRules: readonly Rule[] = [
  {
    // PutIntegration, in contrast, replaces an integration.
    name: "method-in-use",
    service,
    operations: ["PutMethod"],
    code: "ConflictException",
    status: 409,
    rule: "A method of a resource cannot be put twice.",
    source: `${reference}/API_PutMethod.html`,
    refuse: async ({ input, ask }) => {
      const { restApiId, resourceId, httpMethod } = input;
      const method = await ask("GetMethod", { restApiId, resourceId, httpMethod });
      return method.httpMethod === undefined ? undefined : "Method already exists for this resource";
    },
  },
  {
    name: "authorizer-in-use",
    service,
    operations: ["DeleteAuthorizer"],
    code: "ConflictException",
    status: 409,
    rule: "An authorizer of a method cannot be deleted.",
    source: `${reference}/API_DeleteAuthorizer.html`,
    refuse: async (call) => {
      const { restApiId, authorizerId } = call.input;
      if (restApiId === undefined) return undefined;
      const user = (await methodsOf(call)).find(({ method }) => method.authorizerId === authorizerId);
      return user && `Cannot delete authorizer '${text(authorizerId)}', is referenced in method: ${user.name}`;
    },
  },
  {
    name: "request-validator-in-use",
    service,
    operations: ["DeleteRequestValidator"],
    code: "ConflictException",
    status: 409,
    rule: "A request validator of a method cannot be deleted.",
    source: `${reference}/API_DeleteRequestValidator.html`,
    refuse: async (call) => {
      const { requestValidatorId: id } = call.input;
      const user = (await methodsOf(call)).find(({ method }) => method.requestValidatorId === id);
      return user && `Cannot delete request validator '${text(id)}', is referenced in method: ${user.name}`;
    },
  },
  {
    name: "model-in-use",
    service,
    operations: ["DeleteModel"],
    code: "ConflictException",
    status: 409,
    rule: "A model of a method cannot be deleted.",
    source: `${reference}/API_DeleteModel.html`,
    refuse: async (call) => {
      const { modelName, restApiId } = call.input;
      if (restApiId === undefined) return undefined;
      const user = (await methodsOf(call)).find(({ method }) => modelsOf(method).includes(modelName));
      return user && `Cannot delete model '${text(modelName)}', is referenced in method: ${user.name}`;
    },
  },
];

/** The methods of the REST API that the call names. */
async function methodsOf(call: RuleCall): Promise<readonly Method[]> {
  return (await resourcesOf(call)).flatMap(({ path, resourceMethods }) =>
    Object.entries(object(resourceMethods)).map(([verb, method]) => ({
      name: `${verb}/${text(path)}`,
      method: object(method),
    })),
  );
}

/** The resources of the REST API that the call names, with their methods. */
export async function resourcesOf({ input, ask }: RuleCall): Promise<readonly JsonObject[]> {
  const { items } = await ask("GetResources", { restApiId: input.restApiId, embed: ["methods"], limit: 500 });
  return objects(items);
}

function modelsOf({ requestModels, methodResponses }: JsonObject): readonly JsonValue[] {
  const responses = Object.values(object(methodResponses)).map((response) => object(response).responseModels);
  return [requestModels, ...responses].flatMap((models) => Object.values(object(models)));
}
