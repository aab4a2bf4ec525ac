import { objects, text, type JsonObject } from "../../wire/json";
import type { Rule } from "../rule";
import { reference, service } from "./reference";

/** Rules on usage plans and the stages that they are for. */
export const usagePlanRules: readonly Rule[] = [
  {
    name: "usage-plan-with-stages",
    service,
    operations: ["DeleteUsagePlan"],
    code: "BadRequestException",
    rule: "A usage plan with stages cannot be deleted.",
    source: `${reference}/API_DeleteUsagePlan.html`,
    refuse: async ({ input, ask }) => {
      const { usagePlanId } = input;
      const { apiStages } = await ask("GetUsagePlan", { usagePlanId });
      const [first] = objects(apiStages);
      return (
        first &&
        `Cannot delete Usage Plan ${text(usagePlanId)} because there are API Stages associated with it, including ${text(first.apiId)}:${text(first.stage)}`
      );
    },
  },
  {
    name: "usage-plan-key-in-use",
    service,
    operations: ["CreateUsagePlanKey"],
    code: "ConflictException",
    status: 409,
    rule: "An API key is in a usage plan once, and in one usage plan of each stage.",
    source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html",
    refuse: async ({ input, ask }) => {
      const { usagePlanId, keyId } = input;
      const { items } = await ask("GetUsagePlans", { limit: 500 });
      const wanted = objects(items).find(({ id }) => id === usagePlanId);
      if (wanted === undefined) return undefined;
      const stages = stagesOf(wanted).map(stageName);
      for (const plan of objects(items)) {
        const shared = stagesOf(plan)
          .map(stageName)
          .find((stage) => stages.includes(stage));
        if (plan.id !== usagePlanId && shared === undefined) continue;
        const keys = await ask("GetUsagePlanKeys", { usagePlanId: plan.id, limit: 500 });
        if (!objects(keys.items).some(({ id }) => id === keyId)) continue;
        return plan.id === usagePlanId
          ? "Usage Plan Key already exists"
          : `API Key ${text(keyId)} is in the usage plan ${text(plan.id)} of the stage ${shared ?? ""} already.`;
      }
      return undefined;
    },
  },
  {
    name: "usage-plan-stage-exists",
    service,
    operations: ["CreateUsagePlan", "UpdateUsagePlan"],
    code: "NotFoundException",
    status: 404,
    rule: "The stages of a usage plan must exist.",
    source: `${reference}/API_CreateUsagePlan.html`,
    refuse: async ({ input, ask }) => {
      for (const { apiId, stage } of stagesOf(input)) {
        const found = await ask("GetStage", { restApiId: apiId, stageName: stage });
        if (found.stageName !== undefined) continue;
        return `Invalid API Stage {api: ${text(apiId)}, stage: ${text(stage)}} specified for usageplan ${text(input.name)}`;
      }
      return undefined;
    },
  },
];

function stageName({ apiId, stage }: JsonObject): string {
  return `${text(apiId)}:${text(stage)}`;
}

function stagesOf({ apiStages, patchOperations }: JsonObject): readonly JsonObject[] {
  const added = objects(patchOperations)
    .filter(({ op, path }) => op === "add" && path === "/apiStages")
    .map(({ value }) => text(value).split(":"));
  return [...objects(apiStages), ...added.map(([apiId, stage]) => ({ apiId, stage }))];
}
