import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateModelCommand,
  CreateRequestValidatorCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  CreateStageCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  DeleteAuthorizerCommand,
  DeleteDeploymentCommand,
  DeleteMethodCommand,
  DeleteModelCommand,
  DeleteRequestValidatorCommand,
  DeleteStageCommand,
  DeleteUsagePlanCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateAccountCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
  UpdateUsagePlanCommand,
  type EndpointConfiguration,
  type PatchOperation,
  type PutMethodCommandInput,
} from "@aws-sdk/client-api-gateway";
import { IAMClient } from "@aws-sdk/client-iam";
import { emulatorForSuite, refusal } from "../../running-emulator";
import { permit, roleFor } from "../roles";

// moto starts in seconds on a busy machine.
jest.setTimeout(60_000);

describe("REST APIs", () => {
  const aws = emulatorForSuite();
  let gateway: APIGatewayClient;

  beforeAll(() => {
    gateway = new APIGatewayClient(aws.client());
  });

  const createApi = async (name: string): Promise<{ restApiId: string; resourceId: string }> => {
    const { id = "", rootResourceId = "" } = await gateway.send(new CreateRestApiCommand({ name }));
    return { restApiId: id, resourceId: rootResourceId };
  };
  const method = (input: Pick<PutMethodCommandInput, "restApiId" | "resourceId"> & Partial<PutMethodCommandInput>) =>
    new PutMethodCommand({ httpMethod: "GET", authorizationType: "NONE", ...input });
  const mock = (input: { restApiId: string; resourceId: string }) =>
    new PutIntegrationCommand({ httpMethod: "GET", type: "MOCK", ...input });
  const deployed = async (name: string): Promise<{ restApiId: string; resourceId: string; deploymentId: string }> => {
    const api = await createApi(name);
    await gateway.send(method(api));
    await gateway.send(mock(api));
    const { id = "" } = await gateway.send(new CreateDeploymentCommand({ restApiId: api.restApiId }));
    return { ...api, deploymentId: id };
  };

  it("refuses a second child of one path part [resource-name-in-use]", async () => {
    const { restApiId, resourceId } = await createApi("names");
    const child = (pathPart: string) =>
      refusal(gateway.send(new CreateResourceCommand({ restApiId, parentId: resourceId, pathPart })));
    expect(await child("orders")).toBe("");
    expect(await child("orders")).toBe("ConflictException");
    expect(await child("users")).toBe("");
  });

  it("refuses a second variable among siblings [resource-second-variable]", async () => {
    const { restApiId, resourceId } = await createApi("variables");
    const child = (pathPart: string) =>
      refusal(gateway.send(new CreateResourceCommand({ restApiId, parentId: resourceId, pathPart })));
    expect(await child("{id}")).toBe("");
    expect(await child("{proxy+}")).toBe("BadRequestException");
    expect(await child("fixed")).toBe("");
  });

  it("refuses to put a method twice [method-in-use]", async () => {
    const api = await createApi("methods");
    expect(await refusal(gateway.send(method(api)))).toBe("");
    expect(await refusal(gateway.send(method(api)))).toBe("ConflictException");
    expect(await refusal(gateway.send(method({ ...api, httpMethod: "POST" })))).toBe("");
  });

  it("refuses a method with an authorizer that does not exist [method-authorizer-exists]", async () => {
    const api = await createApi("authorizers");
    const custom = { ...api, authorizationType: "COGNITO_USER_POOLS" };
    expect(await refusal(gateway.send(method({ ...custom, authorizerId: "abcdef" })))).toBe("BadRequestException");
    expect(await refusal(gateway.send(method({ ...custom, authorizerId: await authorizer(api.restApiId) })))).toBe("");
  });

  const authorizer = async (restApiId: string): Promise<string> => {
    const { id = "" } = await gateway.send(
      new CreateAuthorizerCommand({
        restApiId,
        name: "users",
        type: "COGNITO_USER_POOLS",
        identitySource: "method.request.header.Authorization",
        providerARNs: ["arn:aws:cognito-idp:us-east-1:111122223333:userpool/us-east-1_abc"],
      }),
    );
    return id;
  };

  it("refuses to delete an authorizer of a method [authorizer-in-use]", async () => {
    const api = await createApi("authorized");
    const authorizerId = await authorizer(api.restApiId);
    await gateway.send(method({ ...api, authorizationType: "COGNITO_USER_POOLS", authorizerId }));
    const end = new DeleteAuthorizerCommand({ restApiId: api.restApiId, authorizerId });
    expect(await refusal(gateway.send(end))).toBe("ConflictException");
    await gateway.send(new DeleteMethodCommand({ ...api, httpMethod: "GET" }));
    expect(await refusal(gateway.send(end))).toBe("");
  });

  it("refuses to delete a request validator of a method [request-validator-in-use]", async () => {
    const api = await createApi("validated");
    const { restApiId } = api;
    const { id: requestValidatorId } = await gateway.send(
      new CreateRequestValidatorCommand({ restApiId, name: "all" }),
    );
    await gateway.send(method({ ...api, requestValidatorId }));
    const end = new DeleteRequestValidatorCommand({ restApiId, requestValidatorId });
    expect(await refusal(gateway.send(end))).toBe("ConflictException");
    await gateway.send(new DeleteMethodCommand({ ...api, httpMethod: "GET" }));
    expect(await refusal(gateway.send(end))).toBe("");
  });

  it("refuses to delete a model of a method [model-in-use]", async () => {
    const api = await createApi("modelled");
    const { restApiId } = api;
    await gateway.send(
      new CreateModelCommand({ restApiId, name: "Order", contentType: "application/json", schema: "{}" }),
    );
    await gateway.send(method({ ...api, requestModels: { "application/json": "Order" } }));
    const end = new DeleteModelCommand({ restApiId, modelName: "Order" });
    expect(await refusal(gateway.send(end))).toBe("ConflictException");
    await gateway.send(new DeleteMethodCommand({ ...api, httpMethod: "GET" }));
    expect(await refusal(gateway.send(end))).toBe("");
  });

  it("refuses to deploy an API without methods [deployment-without-method]", async () => {
    const { restApiId } = await createApi("empty");
    expect(await refusal(gateway.send(new CreateDeploymentCommand({ restApiId })))).toBe("BadRequestException");
  });

  it("refuses to deploy an API with a method that has no integration [deployment-without-integration]", async () => {
    const api = await createApi("incomplete");
    await gateway.send(method(api));
    await gateway.send(mock(api));
    await gateway.send(method({ ...api, httpMethod: "POST" }));
    const deploy = new CreateDeploymentCommand({ restApiId: api.restApiId });
    expect(await refusal(gateway.send(deploy))).toBe("BadRequestException");
    await gateway.send(new PutIntegrationCommand({ ...api, httpMethod: "POST", type: "MOCK" }));
    expect(await refusal(gateway.send(deploy))).toBe("");
  });

  it("refuses to delete the deployment of a stage [deployment-in-use]", async () => {
    const { restApiId, deploymentId } = await deployed("staged");
    await gateway.send(new CreateStageCommand({ restApiId, deploymentId, stageName: "one" }));
    const end = new DeleteDeploymentCommand({ restApiId, deploymentId });
    expect(await refusal(gateway.send(end))).toBe("BadRequestException");
    await gateway.send(new DeleteStageCommand({ restApiId, stageName: "one" }));
    expect(await refusal(gateway.send(end))).toBe("");
  });

  it("refuses a stage of a deployment that does not exist [stage-deployment-exists]", async () => {
    const { restApiId, deploymentId } = await deployed("missing");
    const stage = (id: string) =>
      refusal(gateway.send(new CreateStageCommand({ restApiId, deploymentId: id, stageName: "one" })));
    expect(await stage("abcdef")).toBe("BadRequestException");
    expect(await stage(deploymentId)).toBe("");
    const patchOperations = [{ op: "replace" as const, path: "/deploymentId", value: "abcdef" }];
    const update = new UpdateStageCommand({ restApiId, stageName: "one", patchOperations });
    expect(await refusal(gateway.send(update))).toBe("BadRequestException");
  });

  it("refuses a usage plan of a stage that does not exist [usage-plan-stage-exists]", async () => {
    const { restApiId, deploymentId } = await deployed("planned");
    const plan = () =>
      refusal(
        gateway.send(new CreateUsagePlanCommand({ name: "plan", apiStages: [{ apiId: restApiId, stage: "one" }] })),
      );
    expect(await plan()).toBe("NotFoundException");
    await gateway.send(new CreateStageCommand({ restApiId, deploymentId, stageName: "one" }));
    expect(await plan()).toBe("");
  });

  it("refuses to delete a usage plan with stages [usage-plan-with-stages]", async () => {
    const { restApiId, deploymentId } = await deployed("plans");
    await gateway.send(new CreateStageCommand({ restApiId, deploymentId, stageName: "one" }));
    const apiStages = [{ apiId: restApiId, stage: "one" }];
    const { id: usagePlanId } = await gateway.send(new CreateUsagePlanCommand({ name: "plans", apiStages }));
    expect(await refusal(gateway.send(new DeleteUsagePlanCommand({ usagePlanId })))).toBe("BadRequestException");
    const patchOperations = [{ op: "remove" as const, path: "/apiStages", value: `${restApiId}:one` }];
    await gateway.send(new UpdateUsagePlanCommand({ usagePlanId, patchOperations }));
    expect(await refusal(gateway.send(new DeleteUsagePlanCommand({ usagePlanId })))).toBe("");
  });

  it("refuses a key twice in a plan, and in two plans of one stage [usage-plan-key-in-use]", async () => {
    const { restApiId, deploymentId } = await deployed("keys");
    await gateway.send(new CreateStageCommand({ restApiId, deploymentId, stageName: "one" }));
    const plan = async (name: string, ...stages: string[]) => {
      const apiStages = stages.map((stage) => ({ apiId: restApiId, stage }));
      return (await gateway.send(new CreateUsagePlanCommand({ name, apiStages }))).id ?? "";
    };
    const { id: keyId } = await gateway.send(new CreateApiKeyCommand({ name: "partner", enabled: true }));
    const add = (usagePlanId: string) =>
      refusal(gateway.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: "API_KEY" })));
    const first = await plan("first", "one");
    expect([await add(first), await add(first)]).toEqual(["", "ConflictException"]);
    expect([await add(await plan("second", "one")), await add(await plan("third"))]).toEqual(["ConflictException", ""]);
  });

  it("refuses logs until the account has a role that API Gateway may assume and that may write them [logging-without-role] [logging-role-trust] [logging-role-permissions]", async () => {
    const { restApiId, deploymentId } = await deployed("logged");
    await gateway.send(new CreateStageCommand({ restApiId, deploymentId, stageName: "one" }));
    const update = (path: string, value: string) => {
      const patchOperations = [{ op: "replace" as const, path, value }];
      return refusal(gateway.send(new UpdateStageCommand({ restApiId, stageName: "one", patchOperations })));
    };
    const access = () => update("/accessLogSettings/destinationArn", "arn:aws:logs:us-east-1:111122223333:log-group:a");
    expect(await access()).toBe("BadRequestException");
    expect(await update("/*/*/logging/loglevel", "ERROR")).toBe("BadRequestException");
    expect(await update("/*/*/logging/loglevel", "OFF")).toBe("");

    const iam = new IAMClient(aws.client());
    const account = (value: string) => {
      const patchOperations = [{ op: "replace" as const, path: "/cloudwatchRoleArn", value }];
      return refusal(gateway.send(new UpdateAccountCommand({ patchOperations })));
    };
    expect(await account(await roleFor(iam, "wrong", "ecs-tasks.amazonaws.com"))).toBe("BadRequestException");
    const logs = await roleFor(iam, "logs", "apigateway.amazonaws.com");
    expect(await account(logs)).toBe("BadRequestException");
    await permit(iam, "logs", "logs:*");
    expect(await account(logs)).toBe("");
    expect(await access()).toBe("");
    expect(await update("/*/*/logging/loglevel", "ERROR")).toBe("");
  });

  it("refuses to deploy a private API without a policy [private-api-without-policy]", async () => {
    const endpointConfiguration: EndpointConfiguration = { types: ["PRIVATE"] };
    const { id: restApiId = "", rootResourceId: resourceId = "" } = await gateway.send(
      new CreateRestApiCommand({ name: "private", endpointConfiguration }),
    );
    await gateway.send(method({ restApiId, resourceId }));
    await gateway.send(mock({ restApiId, resourceId }));
    const deploy = () => refusal(gateway.send(new CreateDeploymentCommand({ restApiId })));
    expect(await deploy()).toBe("BadRequestException");
    const statement = { Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "*" };
    const value = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    const patchOperations: PatchOperation[] = [{ op: "replace", path: "/policy", value }];
    await gateway.send(new UpdateRestApiCommand({ restApiId, patchOperations }));
    expect(await deploy()).toBe("");
  });
});
