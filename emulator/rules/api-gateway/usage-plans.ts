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

function stagesOf({ apiStages, patchOperations }: JsonObject): readonly JsonObject[] {
  const added = objects(patchOperations)
    .filter(({ op, path }) => op === "add" && path === "/apiStages")
    .map(({ value }) => text(value).split(":"));
  return [...objects(apiStages), ...added.map(([apiId, stage]) => ({ apiId, stage }))];
}
