import { list, object, objects, text, type JsonObject } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { isSet } from "../values";
import { clientException, isFargate } from "./task-definition";

/** What a task definition needs a task execution role for, and the form of its roles. */
export const executionRole: DocumentCheck = {
  service: "ecs",
  operations: ["RegisterTaskDefinition"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
  check: (input) => firstRefusal([roles, needed], input),
};

function roles(input: JsonObject): Refusal | undefined {
  const all = [input.executionRoleArn, input.taskRoleArn].map(text);
  const invalid = all.some((arn) => arn.startsWith("arn:") && !/^arn:[\w-]+:iam::\d{12}:role\/.+$/.test(arn));
  return invalid ? clientException("Role is not valid") : undefined;
}

function needed(input: JsonObject): Refusal | undefined {
  if (text(input.executionRoleArn) !== "") return undefined;
  for (const { image, secrets, logConfiguration, repositoryCredentials } of objects(input.containerDefinitions)) {
    const { logDriver, secretOptions } = object(logConfiguration);
    if (list(secrets).length > 0 || list(secretOptions).length > 0) {
      return clientException(
        "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
      );
    }
    if (isSet(repositoryCredentials)) {
      return clientException(
        "Private repository authentication requires that the task definition specify a value for executionRoleArn.",
      );
    }
    // An EC2 instance reads images and writes logs with its own role.
    if (!isFargate(input)) continue;
    if (/^\d{12}\.dkr[.-]ecr[.-]/.test(text(image))) {
      return clientException("Fargate requires task definition to have execution role ARN to support ECR images.");
    }
    if (logDriver === "awslogs") {
      return clientException(
        "Fargate requires task definition to have execution role ARN to support log driver awslogs.",
      );
    }
  }
  return undefined;
}
