import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  DeleteDeploymentCommand,
  GetExportCommand,
  PutGatewayResponseCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateIntegrationCommand,
  UpdateMethodCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import { servedApi, type DeployedApi } from "../../../gaps/api-gateway/deployments";
import { emulatorForSuite } from "../../running-emulator";

// moto starts in seconds on a busy machine.
jest.setTimeout(60_000);

describe("the deployments of a REST API", () => {
  const aws = emulatorForSuite();
  let gateway: APIGatewayClient;

  beforeAll(() => {
    gateway = new APIGatewayClient(aws.client());
  });

  const served = (restApiId: string, stageName: string): Promise<DeployedApi | undefined> =>
    servedApi(
      async (_, { exportType }) => {
        const command = new GetExportCommand({ restApiId, stageName, exportType: String(exportType) });
        return { body: new TextDecoder().decode((await gateway.send(command)).body) };
      },
      restApiId,
      stageName,
    );
  const replace = (path: string, value: string) => ({ patchOperations: [{ op: "replace" as const, path, value }] });
  const createApi = async () => {
    const { id: restApiId = "", rootResourceId: resourceId = "" } = await gateway.send(
      new CreateRestApiCommand({ name: "api", binaryMediaTypes: ["image/png"] }),
    );
    const method = { restApiId, resourceId, httpMethod: "GET" };
    await gateway.send(new PutMethodCommand({ ...method, authorizationType: "NONE" }));
    await gateway.send(new PutIntegrationCommand({ ...method, type: "MOCK", timeoutInMillis: 29_000 }));
    await gateway.send(new PutGatewayResponseCommand({ restApiId, responseType: "UNAUTHORIZED", statusCode: "401" }));
    return method;
  };

  it("are copies that later changes of the API do not change", async () => {
    const method = await createApi();
    const { restApiId } = method;
    const { id } = await gateway.send(new CreateDeploymentCommand({ restApiId, stageName: "dev" }));

    await gateway.send(new UpdateRestApiCommand({ restApiId, ...replace("/disableExecuteApiEndpoint", "true") }));
    await gateway.send(new UpdateMethodCommand({ ...method, ...replace("/apiKeyRequired", "true") }));
    await gateway.send(new UpdateIntegrationCommand({ ...method, ...replace("/timeoutInMillis", "5000") }));
    await gateway.send(new PutGatewayResponseCommand({ restApiId, responseType: "UNAUTHORIZED", statusCode: "403" }));
    await gateway.send(new CreateResourceCommand({ restApiId, parentId: method.resourceId, pathPart: "later" }));

    const before = await served(restApiId, "dev");
    expect(before).toMatchObject({
      deploymentId: id,
      restApi: { id: restApiId, binaryMediaTypes: ["image/png"] },
      resources: [{ path: "/", resourceMethods: { GET: { methodIntegration: { type: "MOCK" } } } }],
      gatewayResponses: [{ responseType: "UNAUTHORIZED", statusCode: "401" }],
    });
    expect(before?.restApi.disableExecuteApiEndpoint).not.toBe(true);
    expect(before?.resources).toHaveLength(1);
    expect(before).not.toHaveProperty("resources.0.resourceMethods.GET.apiKeyRequired", true);

    const { id: next } = await gateway.send(new CreateDeploymentCommand({ restApiId }));
    expect(await served(restApiId, "dev")).toEqual(before);
    await gateway.send(
      new UpdateStageCommand({ restApiId, stageName: "dev", ...replace("/deploymentId", next ?? "") }),
    );
    const after = await served(restApiId, "dev");
    expect(after).toMatchObject({
      deploymentId: next,
      restApi: { disableExecuteApiEndpoint: true },
      gatewayResponses: [{ responseType: "UNAUTHORIZED", statusCode: "403" }],
    });
    expect(after?.resources).toHaveLength(2);
    const root = after?.resources.find(({ path }) => path === "/");
    expect(root).toMatchObject({
      resourceMethods: { GET: { apiKeyRequired: true, methodIntegration: { timeoutInMillis: 5000 } } },
    });
    expect(before).not.toEqual(after);
  });

  it("are served by no stage that does not exist", async () => {
    const { restApiId } = await createApi();
    const { id: deploymentId } = await gateway.send(new CreateDeploymentCommand({ restApiId }));
    expect(await served(restApiId, "missing")).toBeUndefined();
    await gateway.send(new DeleteDeploymentCommand({ restApiId, deploymentId }));
  });
});
