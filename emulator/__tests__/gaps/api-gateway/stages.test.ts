import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateRestApiCommand,
  CreateStageCommand,
  CreateUsagePlanCommand,
  GetResourcesCommand,
  GetStageCommand,
  GetUsagePlanCommand,
  GetUsagePlansCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateStageCommand,
  UpdateUsagePlanCommand,
  type PatchOperation,
} from "@aws-sdk/client-api-gateway";
import { emulatorForSuite, refusal } from "../../running-emulator";

describe("the gaps of stages and usage plans", () => {
  const aws = emulatorForSuite();
  const gateway = () => new APIGatewayClient(aws.client());
  const deployments: string[] = [];
  let restApiId = "";

  beforeAll(async () => {
    restApiId = (await gateway().send(new CreateRestApiCommand({ name: "staged" }))).id ?? "";
    const { items } = await gateway().send(new GetResourcesCommand({ restApiId }));
    const method = { restApiId, resourceId: items?.[0]?.id ?? "", httpMethod: "GET" };
    await gateway().send(new PutMethodCommand({ ...method, authorizationType: "NONE" }));
    await gateway().send(new PutIntegrationCommand({ ...method, type: "MOCK" }));
    for (let count = 0; count < 2; count += 1) {
      deployments.push((await gateway().send(new CreateDeploymentCommand({ restApiId }))).id ?? "");
    }
    await gateway().send(new CreateStageCommand({ restApiId, stageName: "prod", deploymentId: deployments[0] }));
  });

  it("keeps the canary of a stage, promotes it, and removes it", async () => {
    const stage = { restApiId, stageName: "canary" };
    const canarySettings = { deploymentId: deployments[1], percentTraffic: 10, useStageCache: false };
    const created = await gateway().send(
      new CreateStageCommand({ ...stage, deploymentId: deployments[0], canarySettings }),
    );
    expect(created.canarySettings).toEqual(canarySettings);
    const update = (...patchOperations: PatchOperation[]) =>
      gateway().send(new UpdateStageCommand({ ...stage, patchOperations }));
    await update({ op: "replace", path: "/canarySettings/percentTraffic", value: "25.5" });
    const changed = await gateway().send(new GetStageCommand(stage));
    expect(changed.canarySettings).toEqual({ ...canarySettings, percentTraffic: 25.5 });
    const promoted = await update(
      { op: "copy", from: "/canarySettings/deploymentId", path: "/deploymentId" },
      { op: "remove", path: "/canarySettings" },
    );
    expect(promoted.deploymentId).toBe(deployments[1]);
    expect((await gateway().send(new GetStageCommand(stage))).canarySettings).toBeUndefined();
  });

  it("changes and removes a stage of a usage plan that has limits of its methods", async () => {
    const limits = { rateLimit: 1, burstLimit: 2 };
    const stage = { apiId: restApiId, stage: "prod" };
    const { id: usagePlanId } = await gateway().send(
      new CreateUsagePlanCommand({ name: "limited", apiStages: [{ ...stage, throttle: { "/orders/GET": limits } }] }),
    );
    const update = (...patchOperations: PatchOperation[]) =>
      gateway().send(new UpdateUsagePlanCommand({ usagePlanId, patchOperations }));
    const stages = async () => (await gateway().send(new GetUsagePlanCommand({ usagePlanId }))).apiStages;
    const throttle = `/apiStages/${restApiId}:prod/throttle`;
    await update(
      { op: "replace", path: "/description", value: "changed" },
      { op: "replace", path: `${throttle}/~1orders~1GET/rateLimit`, value: "5" },
      { op: "replace", path: `${throttle}//orders/POST/burstLimit`, value: "7" },
    );
    const changed = { "/orders/GET": { ...limits, rateLimit: 5 }, "/orders/POST": { burstLimit: 7 } };
    expect(await stages()).toEqual([{ ...stage, throttle: changed }]);
    const { items } = await gateway().send(new GetUsagePlansCommand({}));
    expect(items?.[0]).toMatchObject({ description: "changed", apiStages: [{ ...stage, throttle: changed }] });
    await update({ op: "remove", path: `${throttle}/~1orders~1GET` });
    expect(await stages()).toEqual([{ ...stage, throttle: { "/orders/POST": { burstLimit: 7 } } }]);
    const removal = { op: "remove" as const, path: "/apiStages", value: `${restApiId}:prod` };
    expect(await refusal(update(removal))).toBe("");
    expect(await stages()).toEqual([]);
    await update({ ...removal, op: "add" });
    expect(await stages()).toEqual([stage]);
  });
});
