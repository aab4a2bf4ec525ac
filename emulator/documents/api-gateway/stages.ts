import { reference } from "../../rules/api-gateway/reference";
import { object, objects, text, type JsonObject } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { isOutside, isSet, numberOf } from "../values";
import { badRequest, restCheck, verbs } from "./request";
import { wrongLogDestination, wrongLogFormat, wrongStageName, wrongVariables } from "./stage-settings";

/** Names and variables of a REST API's stages. */
export const stages = restCheck(
  ["CreateStage", "CreateDeployment", "UpdateStage"],
  `${reference}/API_CreateStage.html`,
  [({ stageName }) => wrongStageName(stageName), ({ variables }) => wrongVariables(variables), cacheSize],
);

/** A canary release, which needs a stage. */
export const deployments = restCheck(["CreateDeployment"], `${reference}/API_CreateDeployment.html`, [canary]);

/** Access log of a stage. */
export const accessLogs = restCheck(
  ["UpdateStage"],
  "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
  [
    ({ accessLogSettings: log }) => wrongLogDestination(object(log).destinationArn, ["logs", "firehose"]),
    ({ accessLogSettings: log }) => wrongLogFormat(object(log).format),
  ],
);

/** Settings of methods, each of which is the path of a patch operation. */
export const methodSettings: DocumentCheck = {
  service: "apigateway",
  operations: ["UpdateStage"],
  source: `${reference}/API_MethodSetting.html`,
  check: ({ patchOperations }) => {
    const given = objects(patchOperations).filter(({ op }) => op === "add" || op === "replace");
    const refusals = given.map((operation) => firstRefusal([methodPath, logLevel, cacheTtl, throttle], operation));
    return refusals.find((refusal) => refusal !== undefined);
  },
};

/** What a patch operation of a stage changes; the settings of methods have a path of several parts. */
export const stagePaths: DocumentCheck = {
  service: "apigateway",
  operations: ["UpdateStage"],
  source: "https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateStage-Patch",
  check: ({ patchOperations }) => {
    const wrong = objects(patchOperations).find(
      ({ path }) => /^\/[^/]*$/.test(text(path)) && !stageProperties.includes(text(path).slice(1)),
    );
    return (
      wrong &&
      badRequest(
        `Invalid patch path  '${text(wrong.path)}' specified for op '${text(wrong.op)}'. Must be one of: [${stageProperties.map((name) => `/${name}`).join(", ")}]`,
      )
    );
  },
};

const stageProperties = [
  "accessLogSettings",
  "cacheClusterEnabled",
  "cacheClusterSize",
  "canarySettings",
  "clientCertificateId",
  "deploymentId",
  "description",
  "documentationVersion",
  "tracingEnabled",
  "variables",
];
const cacheSizes = ["0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"];
const setting = /\/(metrics\/enabled|logging\/\w+|throttling\/\w+|caching\/\w+)$/;

// The API model has the sizes for new stages.
function cacheSize({ cacheClusterSize: size }: JsonObject): Refusal | undefined {
  return isSet(size) && text(size) !== "" && !cacheSizes.includes(text(size))
    ? badRequest(`Invalid cache cluster size specified. Valid options are ${cacheSizes.join(",")}`)
    : undefined;
}

function canary({ canarySettings, stageName }: JsonObject): Refusal | undefined {
  if (!isSet(canarySettings) || text(stageName) !== "") return undefined;
  return badRequest(
    `Invalid deployment content specified.Non null and non empty stageName must be provided for canary deployment. Provided value is ${isSet(stageName) ? "" : "null"}`,
  );
}

// Slashes in the path of a resource are written as "~1": "/~1orders/GET/logging/loglevel".
function methodPath({ path }: JsonObject): Refusal | undefined {
  if (!setting.test(text(path))) return undefined;
  const [, resource = "", verb = "", ...more] = text(path).replace(setting, "").split("/");
  return resource !== "" && ["*", ...verbs].includes(verb) && more.length === 0
    ? undefined
    : badRequest(`Invalid method setting path: ${text(path)}`);
}

function logLevel({ path, value }: JsonObject): Refusal | undefined {
  const levels = ["OFF", "ERROR", "INFO"];
  return text(path).endsWith("/logging/loglevel") && !levels.includes(text(value))
    ? badRequest(`Invalid logging level specified. Valid options are ${levels.join(",")}`)
    : undefined;
}

function cacheTtl({ path, value }: JsonObject): Refusal | undefined {
  if (!text(path).endsWith("/caching/ttlInSeconds")) return undefined;
  return numberOf(value) === undefined || isOutside(value, 0, 3600)
    ? badRequest("Invalid time-to-live setting, must be an integer no greater than 3600")
    : undefined;
}

// -1 is without limit.
function throttle({ path, value }: JsonObject): Refusal | undefined {
  return /\/throttling\/(burst|rate)Limit$/.test(text(path)) && numberOf(value) === undefined
    ? badRequest(`Invalid throttling setting: ${text(value)}`)
    : undefined;
}
