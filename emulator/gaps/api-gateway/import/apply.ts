import { isJsonObject, list, object, objects, scalarText, text, type JsonObject } from "../../../wire/json";
import type { ImportedApi, ImportedMethod } from "./document";

/** Makes one call to API Gateway: its output, or the message of its refusal. */
export type Call = (operation: string, input: JsonObject) => Promise<JsonObject | string>;

/** Applies a document to a REST API by single calls, which are checked as those of clients. */
export class Import {
  /** Refusals, in the words of API Gateway's import. */
  public readonly errors: string[] = [];
  private readonly resources = new Map<string, JsonObject>();
  private readonly authorizers = new Map<string, string>();
  private readonly validators = new Map<string, string>();

  constructor(
    private readonly call: Call,
    private readonly restApiId: string,
    private readonly api: ImportedApi,
  ) {}

  /** Adds to what the API has, and replaces what the document has too. */
  public async merge(): Promise<void> {
    await this.updateSettings(false);
    await this.addParts();
    await this.addMethods();
  }

  /** Replaces everything that the API has. Resources of paths that remain keep their ids. */
  public async overwrite(): Promise<void> {
    await this.removeAll();
    await this.updateSettings(true);
    await this.addParts();
    await this.addMethods();
  }

  private async removeAll(): Promise<void> {
    await this.readResources();
    const remaining = this.api.methods.flatMap(({ path }) => pathsTo(path));
    const deepest = [...this.resources].toSorted(([one], [other]) => other.length - one.length);
    for (const [path, { id: resourceId, resourceMethods }] of deepest) {
      for (const httpMethod of Object.keys(object(resourceMethods))) {
        await this.try("delete method", "DeleteMethod", { resourceId, httpMethod });
      }
      if (path !== "/" && !remaining.includes(path))
        await this.try("delete resource", "DeleteResource", { resourceId });
    }
    for (const { id } of await this.all("GetAuthorizers")) {
      await this.try("delete authorizer", "DeleteAuthorizer", { authorizerId: id });
    }
    for (const { id } of await this.all("GetRequestValidators")) {
      await this.try("delete validator", "DeleteRequestValidator", { requestValidatorId: id });
    }
    for (const { name } of await this.all("GetModels")) {
      await this.try("delete model", "DeleteModel", { modelName: name });
    }
    for (const { responseType, defaultResponse } of await this.all("GetGatewayResponses")) {
      if (defaultResponse === true) continue;
      await this.try("delete gateway response", "DeleteGatewayResponse", { responseType });
    }
  }

  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/import-edge-optimized-api.html */
  private async updateSettings(resets: boolean): Promise<void> {
    const { binaryMediaTypes, policy, ...plain } = this.api.settings;
    const current = await this.call("GetRestApi", { restApiId: this.restApiId });
    const old = isJsonObject(current) ? list(current.binaryMediaTypes).map(text) : [];
    const defaults: JsonObject = { apiKeySource: "HEADER", disableExecuteApiEndpoint: false };
    const wanted = Object.entries({ ...plain, policy: policy == null ? policy : JSON.stringify(policy) });
    const patchOperations = [
      ...wanted.flatMap(([name, value]) => {
        const path = `/${name}`;
        if (value != null) return [{ op: "replace", path, value: scalarText(value) }];
        if (!resets || name === "name") return [];
        const initial = defaults[name];
        return [initial === undefined ? { op: "remove", path } : { op: "replace", path, value: scalarText(initial) }];
      }),
      ...(resets || binaryMediaTypes != null ? old.map((type) => binaryType("remove", type)) : []),
      ...list(binaryMediaTypes).map((type) => binaryType("add", text(type))),
    ];
    if (patchOperations.length > 0) await this.try("update the API", "UpdateRestApi", { patchOperations });
  }

  private async addParts(): Promise<void> {
    const models = (await this.all("GetModels")).map(({ name }) => name);
    for (const model of this.api.models) {
      const { name: modelName, schema } = model;
      const patchOperations = [{ op: "replace", path: "/schema", value: schema }];
      const what = `model '${text(modelName)}'`;
      if (models.includes(modelName)) await this.try(`update ${what}`, "UpdateModel", { modelName, patchOperations });
      else await this.try(`create ${what}`, "CreateModel", model);
    }
    await this.addNamed("authorizer", "GetAuthorizers", "CreateAuthorizer", this.api.authorizers, this.authorizers);
    const { validators } = this.api;
    await this.addNamed("validator", "GetRequestValidators", "CreateRequestValidator", validators, this.validators);
    for (const response of this.api.gatewayResponses) {
      await this.try(`put gateway response '${text(response.responseType)}'`, "PutGatewayResponse", response);
    }
  }

  /** Creates what has a name and an id; a merge keeps what exists already. */
  private async addNamed(
    kind: string,
    list: string,
    create: string,
    inputs: readonly JsonObject[],
    ids: Map<string, string>,
  ): Promise<void> {
    for (const { id, name } of await this.all(list)) ids.set(text(name), text(id));
    for (const input of inputs) {
      const name = text(input.name);
      if (ids.has(name)) continue;
      const made = await this.try(`create ${kind} '${name}'`, create, input);
      if (made) ids.set(name, text(made.id));
    }
  }

  private async addMethods(): Promise<void> {
    await this.readResources();
    for (const method of this.api.methods.toSorted((one, other) => (one.path < other.path ? -1 : 1))) {
      const resource = await this.resourceAt(method.path);
      if (resource) await this.addMethod(method, resource);
    }
  }

  private async addMethod(imported: ImportedMethod, { id: resourceId, resourceMethods }: JsonObject): Promise<void> {
    const { path, verb: httpMethod, security, method, integration } = imported;
    const ids = { resourceId, httpMethod };
    if (object(resourceMethods)[httpMethod] != null) await this.try("delete method", "DeleteMethod", ids);
    const where = `'${httpMethod}' for resource at path '${path}'`;
    // AWS does not document its words on this.
    if (security.unknown !== undefined) {
      this.errors.push(`Unable to put method ${where}: Invalid security scheme specified: ${security.unknown}`);
      return;
    }
    const requestValidatorId = this.validators.get(imported.validator) ?? imported.validator;
    const made = await this.try(`put method ${where}`, "PutMethod", {
      ...ids,
      ...method,
      authorizationType: security.authorizationType,
      ...(security.authorizer !== undefined && { authorizerId: this.authorizers.get(security.authorizer) }),
      ...(security.scopes.length > 0 && { authorizationScopes: security.scopes }),
      apiKeyRequired: security.apiKeyRequired,
      ...(requestValidatorId !== "" && { requestValidatorId }),
    });
    if (!made) return;
    for (const each of imported.responses) {
      await this.try(`put method response on ${where}`, "PutMethodResponse", { ...ids, ...each });
    }
    if (!integration) return;
    const put = await this.try(`put integration on ${where}`, "PutIntegration", { ...ids, ...integration });
    if (!put) return;
    for (const each of imported.integrationResponses) {
      await this.try(`put integration response on ${where}`, "PutIntegrationResponse", { ...ids, ...each });
    }
  }

  /** The resource of a path, which is made with those above it. */
  private async resourceAt(path: string): Promise<JsonObject | undefined> {
    let parent = this.resources.get("/");
    for (const each of pathsTo(path).slice(1)) {
      const input = { parentId: parent?.id, pathPart: each.split("/").at(-1) };
      const resource =
        this.resources.get(each) ?? (await this.try(`create resource at path '${each}'`, "CreateResource", input));
      if (!resource) return undefined;
      this.resources.set(each, resource);
      parent = resource;
    }
    return parent;
  }

  private async readResources(): Promise<void> {
    this.resources.clear();
    const all = await this.all("GetResources", { embed: ["methods"] });
    for (const resource of all) this.resources.set(text(resource.path), resource);
  }

  private async all(operation: string, input: JsonObject = {}): Promise<readonly JsonObject[]> {
    const found = await this.call(operation, { restApiId: this.restApiId, limit: 500, ...input });
    return isJsonObject(found) ? objects(found.items) : [];
  }

  private async try(what: string, operation: string, input: JsonObject): Promise<JsonObject | undefined> {
    const result = await this.call(operation, { restApiId: this.restApiId, ...input });
    if (typeof result !== "string") return result;
    this.errors.push(`Unable to ${what}: ${result}`);
    return undefined;
  }
}

function binaryType(op: string, type: string): JsonObject {
  return { op, path: `/binaryMediaTypes/${type.replaceAll("~", "~0").replaceAll("/", "~1")}` };
}

/** `/orders/{id}` -> `/`, `/orders`, `/orders/{id}`. */
function pathsTo(path: string): string[] {
  const parts = path.split("/").filter((part) => part !== "");
  return ["/", ...parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}`)];
}
