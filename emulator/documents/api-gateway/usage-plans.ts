import { reference } from "../../rules/api-gateway/reference";
import { object, objects, text, type JsonObject } from "../../wire/json";
import type { DocumentCheck, Refusal } from "../document";
import { isOutside, isSet, numberOf } from "../values";
import { badRequest, restCheck, verbs } from "./request";

/** Quotas of usage plans. */
export const quotas = restCheck(["CreateUsagePlan", "UpdateUsagePlan"], `${reference}/API_QuotaSettings.html`, [
  limit,
  offset,
  period,
]);

/** What the quota of a new usage plan must have, and the limits of its methods. */
export const newUsagePlans = restCheck(["CreateUsagePlan"], `${reference}/API_CreateUsagePlan.html`, [
  ({ quota }) => (isSet(quota) && !isSet(object(quota).period) ? wrongPeriod() : undefined),
  methods,
]);

/** The stages that a usage plan is given, as "api:stage". */
export const usagePlanStages: DocumentCheck = {
  service: "apigateway",
  operations: ["UpdateUsagePlan"],
  source: "https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html",
  check: ({ patchOperations }) =>
    objects(patchOperations).some(({ path, value }) => path === "/apiStages" && !/^[^:]+:[^:]+$/.test(text(value)))
      ? badRequest("Invalid API Stage specified")
      : undefined,
};

const periods = ["DAY", "WEEK", "MONTH"];
const mostOffset: Readonly<Record<string, number>> = { DAY: 0, WEEK: 6, MONTH: 27 };

function wrongPeriod(): Refusal {
  return badRequest(`Invalid Usage Plan quota period specified. Must be one of [${periods.join(", ")}]`);
}

function limit({ quota }: JsonObject): Refusal | undefined {
  const { limit: most } = object(quota);
  return isSet(most) && (numberOf(most) ?? 0) < 1
    ? badRequest("Usage Plan quota limit must be a non-negative numeric")
    : undefined;
}

function offset({ quota }: JsonObject): Refusal | undefined {
  const { offset: first, period: name } = object(quota);
  const most = mostOffset[text(name)];
  return most !== undefined && isOutside(first, 0, most)
    ? badRequest(`Usage Plan quota offset must be between 0 and ${most} inclusive in the ${text(name)} period`)
    : undefined;
}

function period({ quota }: JsonObject): Refusal | undefined {
  const { period: name } = object(quota);
  return isSet(name) && !periods.includes(text(name)) ? wrongPeriod() : undefined;
}

// https://docs.aws.amazon.com/apigateway/latest/api/API_ApiStage.html
function methods({ apiStages }: JsonObject): Refusal | undefined {
  const keys = objects(apiStages).flatMap(({ throttle }) => Object.keys(object(throttle)));
  const wrong = keys.find((key) => !key.startsWith("/") || !["*", ...verbs].includes(key.split("/").at(-1) ?? ""));
  return wrong === undefined ? undefined : badRequest(`Invalid method {resourcePath: ${wrong},method: } specified`);
}
