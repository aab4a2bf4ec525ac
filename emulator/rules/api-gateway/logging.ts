import { object, objects, text, type JsonObject } from "../../wire/json";
import { partitionOf } from "../../iam/call";
import { allowDelivery, isDestination } from "../log-delivery";
import { permits } from "../permissions";
import type { Observer, Rule, RuleCall } from "../rule";
import { trustsService } from "../trust";
import { service } from "./reference";
import { protocolOf } from "./routes";

const setUpLogging = "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html";
const httpApiLogging = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html";
const unusableRole =
  "The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.";
const noRole = "CloudWatch Logs role ARN must be set in account settings to enable logging";

/** Rules on the role with which API Gateway writes logs. */
export const loggingRules: readonly Rule[] = [
  {
    name: "logging-without-role",
    service,
    operations: ["UpdateStage"],
    code: "BadRequestException",
    rule: "A stage of a REST API logs only when the account's settings have a CloudWatch Logs role.",
    source: setUpLogging,
    refuse: async ({ input, ask }) =>
      objects(input.patchOperations).some(logs) && !(await hasRole(ask)) ? noRole : undefined,
  },
  {
    // Stages of HTTP APIs log through a resource policy, which API Gateway writes with the permissions of the caller.
    name: "websocket-logging-without-role",
    service,
    operations: ["CreateStage", "UpdateStage"],
    code: "BadRequestException",
    rule: "A stage of a WebSocket API logs only when the account's settings have a CloudWatch Logs role.",
    source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html",
    refuse: async ({ input, ask }) => {
      const { ApiId, AccessLogSettings, DefaultRouteSettings } = input;
      const level = text(object(DefaultRouteSettings).LoggingLevel);
      const isLogging = AccessLogSettings !== undefined || level === "INFO" || level === "ERROR";
      if (ApiId === undefined || !isLogging) return undefined;
      const { ProtocolType } = await ask("GetApi", { ApiId });
      return ProtocolType === "WEBSOCKET" && !(await hasRole(ask)) ? noRole : undefined;
    },
  },
  {
    name: "http-api-execution-logs",
    service,
    operations: ["CreateStage", "UpdateStage"],
    code: "BadRequestException",
    rule: "The stages of an HTTP API have access logs, but no execution logs.",
    source: httpApiLogging,
    refuse: async (call) => {
      const { DefaultRouteSettings, RouteSettings } = call.input;
      const settings = [object(DefaultRouteSettings), ...Object.values(object(RouteSettings)).map(object)];
      const isLogging = settings.some(({ LoggingLevel: level }) => level === "INFO" || level === "ERROR");
      return isLogging && (await protocolOf(call)) === "HTTP"
        ? "Execution logs are not supported on protocolType HTTP"
        : undefined;
    },
  },
  {
    name: "http-api-log-group-exists",
    service,
    operations: ["CreateStage", "UpdateStage"],
    code: "BadRequestException",
    rule: "The log group of a stage of an HTTP API exists in its account and Region.",
    source: httpApiLogging,
    refuse: async (call) => {
      const destination = await httpApiDestination(call);
      return destination === undefined || (await isDestination(call, destination))
        ? undefined
        : "Invalid ARN specified in the request: the log group does not exist.";
    },
  },
  {
    name: "logging-role-trust",
    service,
    operations: ["UpdateAccount"],
    code: "BadRequestException",
    rule: "The CloudWatch Logs role of the account's settings must trust apigateway.amazonaws.com.",
    source: setUpLogging,
    refuse: async (call) => {
      const role = logRole(call);
      return role === "" || (await trustsService(call, role, "apigateway.amazonaws.com")) ? undefined : unusableRole;
    },
  },
  {
    name: "logging-role-permissions",
    service,
    operations: ["UpdateAccount"],
    code: "BadRequestException",
    rule: "The CloudWatch Logs role of the account's settings must be allowed to write logs.",
    source: setUpLogging,
    refuse: async (call) => {
      const role = logRole(call);
      if (role === "") return undefined;
      const { account, region } = call;
      const stream = `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:API-Gateway-Execution-Logs_a1/v1:log-stream:`;
      for (const action of ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]) {
        if (!(await permits(call, role, action, stream))) return unusableRole;
      }
      return undefined;
    },
  },
];

/** Stages of HTTP APIs whose access logs CloudWatch Logs delivers. */
export const loggingObservers: readonly Observer[] = [
  {
    service,
    operations: ["CreateStage", "UpdateStage"],
    observe: async (call) => {
      const destination = await httpApiDestination(call);
      if (destination !== undefined) await allowDelivery(call, destination);
    },
  },
];

async function httpApiDestination({ input, ask }: RuleCall): Promise<string | undefined> {
  const { ApiId, AccessLogSettings } = input;
  const destination = text(object(AccessLogSettings).DestinationArn);
  if (ApiId === undefined || destination === "") return undefined;
  return (await ask("GetApi", { ApiId })).ProtocolType === "HTTP" ? destination : undefined;
}

function logRole({ input }: RuleCall): string {
  return text(objects(input.patchOperations).find(({ path }) => path === "/cloudwatchRoleArn")?.value);
}

async function hasRole(ask: (operation: string) => Promise<JsonObject>): Promise<boolean> {
  return text((await ask("GetAccount")).cloudwatchRoleArn) !== "";
}

// https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateStage.html
function logs({ op, path, value }: JsonObject): boolean {
  if (op !== "replace" && op !== "add") return false;
  if (text(path).endsWith("/logging/loglevel")) return value === "INFO" || value === "ERROR";
  return path === "/accessLogSettings/destinationArn" && text(value).includes(":logs:");
}
