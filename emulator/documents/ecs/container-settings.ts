import { list, object, objects, text, type JsonObject } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { isOutside, isSet, numberOf } from "../values";
import { clientException, isFargate } from "./task-definition";

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
const healthCheckLimits = [
  ["interval", 5, 300],
  ["timeout", 2, 60],
  ["retries", 1, 10],
  ["startPeriod", 0, 300],
] as const;

/** Settings of each container: health check, logs, secrets, restarts and resource limits. */
export const containerSettings: DocumentCheck = {
  service: "ecs",
  operations: ["RegisterTaskDefinition"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
  check: (input) => {
    const all = objects(input.containerDefinitions);
    const rules = [hostname(input), healthCheck, logging(input), environment, secrets, restarts, limits];
    return all.map((container) => firstRefusal(rules, container)).find((refusal) => refusal !== undefined);
  },
};

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
function hostname({ networkMode }: JsonObject): (container: JsonObject) => Refusal | undefined {
  return (container) =>
    networkMode === "awsvpc" && text(container.hostname) !== ""
      ? clientException("hostname is not supported on container when networkMode=awsvpc.")
      : undefined;
}

function healthCheck({ name, healthCheck: check }: JsonObject): Refusal | undefined {
  if (!isSet(check)) return undefined;
  const { command, ...settings } = object(check);
  const [first] = list(command);
  if (first !== "CMD" && first !== "CMD-SHELL" && first !== "NONE") {
    return clientException(
      `Invalid setting for container '${text(name)}'. The health check command must start with CMD or CMD-SHELL.`,
    );
  }
  const outside = healthCheckLimits.find(([setting, minimum, maximum]) =>
    isOutside(settings[setting], minimum, maximum),
  );
  if (!outside) return undefined;
  const [setting, minimum, maximum] = outside;
  return clientException(
    `Invalid setting for container '${text(name)}'. Health check '${setting}' must be between ${minimum} and ${maximum}.`,
  );
}

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
function logging(input: JsonObject): (container: JsonObject) => Refusal | undefined {
  const hasRouter = objects(input.containerDefinitions).some(({ firelensConfiguration }) =>
    isSet(firelensConfiguration),
  );
  // A Fargate task has no Docker ID that would name the stream instead.
  const required = ["awslogs-region", "awslogs-group", ...(isFargate(input) ? ["awslogs-stream-prefix"] : [])];
  return ({ logConfiguration }) => {
    const { logDriver, options } = object(logConfiguration);
    if (logDriver === "awsfirelens" && !hasRouter) {
      return clientException(
        "When the log driver 'awsfirelens' is specified, a container with a 'firelensConfiguration' is required.",
      );
    }
    if (logDriver !== "awslogs") return undefined;
    const missing = required.filter((option) => text(object(options)[option]) === "");
    return missing.length === 0
      ? undefined
      : clientException(`Log driver awslogs requires options: ${missing.join(", ")}`);
  };
}

function environment({ environment: variables, secrets: all }: JsonObject): Refusal | undefined {
  const names = objects(variables).map(({ name }) => name);
  const secretNames = objects(all).map(({ name }) => name);
  const shared = secretNames.find((name, index) => names.includes(name) || secretNames.indexOf(name) < index);
  return shared === undefined
    ? undefined
    : clientException(
        `The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '${text(shared)}'.`,
      );
}

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html
function secrets({ secrets: all, logConfiguration }: JsonObject): Refusal | undefined {
  const logSecrets = objects(object(logConfiguration).secretOptions);
  for (const { name, valueFrom } of [...objects(all), ...logSecrets]) {
    const source = text(valueFrom);
    const isArn = source.startsWith("arn:");
    if (
      isArn &&
      !/^arn:[\w-]+:(secretsmanager:[\w-]+:\d{12}:secret:.+|ssm:[\w-]+:\d{12}:parameter\/.+)$/.test(source)
    ) {
      return clientException(
        `The ARN specified for secret ${text(name)} is invalid. Specify the ARN of a Secrets Manager secret or a Systems Manager parameter.`,
      );
    }
    if (!isArn && !/^[\w.\-/,]{1,2048}$/.test(source)) {
      return clientException(
        `The Systems Manager parameter name specified for secret ${text(name)} is invalid. The parameter name can be up to 2048 characters and include the following letters and symbols: a-zA-Z0-9_.-,`,
      );
    }
  }
  return undefined;
}

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerRestartPolicy.html
function restarts({ name, restartPolicy }: JsonObject): Refusal | undefined {
  const { restartAttemptPeriod, ignoredExitCodes } = object(restartPolicy);
  if (isOutside(restartAttemptPeriod, 60, 1800)) {
    return clientException(
      `Invalid setting for container '${text(name)}'. 'restartAttemptPeriod' must be between 60 and 1800.`,
    );
  }
  return list(ignoredExitCodes).length > 50
    ? clientException(`Invalid setting for container '${text(name)}'. 'ignoredExitCodes' can have at most 50 items.`)
    : undefined;
}

function limits({ name, ulimits }: JsonObject): Refusal | undefined {
  const wrong = objects(ulimits).find(({ softLimit, hardLimit }) => {
    const [soft, hard] = [numberOf(softLimit), numberOf(hardLimit)];
    // -1 is unlimited.
    return soft !== undefined && hard !== undefined && hard !== -1 && (soft === -1 || soft > hard);
  });
  return wrong
    ? clientException(
        `Invalid setting for container '${text(name)}'. The soft limit of ulimit '${text(wrong.name)}' cannot be greater than its hard limit.`,
      )
    : undefined;
}
