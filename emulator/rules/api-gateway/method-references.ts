import { schema } from "../../documents/api-gateway/models";
import { settingsOf } from "../../documents/api-gateway/request";
import { object, text } from "../../wire/json";
import type { Rule } from "../rule";
import { reference, service } from "./reference";

/** The models that every REST API has. */
const ownModels = ["Empty", "Error"];

/** Rules on what a method of a REST API refers to: its authorizer, validator and models. */
export const methodReferenceRules: readonly Rule[] = [
  {
    name: "method-authorizer-exists",
    service,
    operations: ["PutMethod", "UpdateMethod"],
    code: "BadRequestException",
    rule: "The authorizer of a method must be one of its API.",
    source: `${reference}/API_PutMethod.html`,
    refuse: async ({ operation, input, ask }) => {
      const { restApiId, resourceId, httpMethod } = input;
      const given = settingsOf(input);
      if (given.authorizationType == null && given.authorizerId == null) return undefined;
      const current = operation === "PutMethod" ? {} : await ask("GetMethod", { restApiId, resourceId, httpMethod });
      const type = text(given.authorizationType ?? current.authorizationType).toUpperCase();
      if (type !== "CUSTOM" && type !== "COGNITO_USER_POOLS") return undefined;
      const authorizerId = text(given.authorizerId ?? current.authorizerId);
      const authorizer = authorizerId === "" ? {} : await ask("GetAuthorizer", { restApiId, authorizerId });
      return authorizer.id === undefined
        ? "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer."
        : undefined;
    },
  },
  {
    name: "method-validator-exists",
    service,
    operations: ["PutMethod", "UpdateMethod"],
    code: "BadRequestException",
    rule: "The request validator of a method must be one of its API.",
    source: `${reference}/API_PutMethod.html`,
    refuse: async ({ input, ask }) => {
      const requestValidatorId = text(settingsOf(input).requestValidatorId);
      if (requestValidatorId === "") return undefined;
      const found = await ask("GetRequestValidator", { restApiId: input.restApiId, requestValidatorId });
      return found.id === undefined ? "Invalid Request Validator identifier specified" : undefined;
    },
  },
  {
    name: "method-model-exists",
    service,
    operations: ["PutMethod", "UpdateMethod", "PutMethodResponse", "UpdateMethodResponse"],
    code: "BadRequestException",
    rule: "The models of a method's request and of its responses must be models of its API.",
    source: `${reference}/API_PutMethod.html`,
    refuse: async ({ input, ask }) => {
      const { requestModels, responseModels } = settingsOf(input);
      for (const model of [requestModels, responseModels].flatMap((models) => Object.values(object(models)))) {
        const modelName = text(model);
        if (modelName === "" || ownModels.includes(modelName)) continue;
        const found = await ask("GetModel", { restApiId: input.restApiId, modelName });
        if (found.name === undefined) return `Invalid model identifier specified: ${modelName}`;
      }
      return undefined;
    },
  },
  {
    name: "model-schema-changed",
    service,
    operations: ["UpdateModel"],
    code: "BadRequestException",
    rule: "The schema that a model of JSON changes to must be a JSON schema.",
    source: `${reference}/API_CreateModel.html`,
    refuse: async ({ input, ask }) => {
      const { restApiId, modelName } = input;
      const { schema: written } = settingsOf(input);
      if (written == null) return undefined;
      const { contentType } = await ask("GetModel", { restApiId, modelName });
      return schema({ schema: written, contentType })?.message;
    },
  },
  {
    name: "model-name-in-use",
    service,
    operations: ["CreateModel"],
    code: "ConflictException",
    status: 409,
    rule: "A REST API has one model of each name.",
    source: `${reference}/API_CreateModel.html`,
    refuse: async ({ input, ask }) => {
      const { restApiId, name } = input;
      if (restApiId === undefined) return undefined;
      const found = await ask("GetModel", { restApiId, modelName: name });
      return found.name === undefined ? undefined : "Model name already exists for this REST API";
    },
  },
];
