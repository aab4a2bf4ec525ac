import { object, objects, text, type JsonObject } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { validationException as invalid } from "../refusals";
import { isSet, valueOf } from "../values";
import { patternProblem } from "./event-pattern";
import { isCronExpression, isRuleRate } from "./schedule-expression";

/** The event pattern or schedule of an EventBridge rule. */
export const rules: DocumentCheck = {
  service: "events",
  operations: ["PutRule"],
  source: "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html",
  check: (input) => firstRefusal([either, schedule, pattern], input),
};

/** Event patterns outside of rules. */
export const eventPatterns: DocumentCheck = {
  service: "events",
  operations: ["TestEventPattern", "CreateArchive", "UpdateArchive"],
  source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html",
  check: pattern,
};

/** What a rule passes to its targets. */
export const targets: DocumentCheck = {
  service: "events",
  operations: ["PutTargets"],
  source: "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html",
  check: ({ Targets }) =>
    objects(Targets)
      .map(target)
      .find((refusal) => refusal !== undefined),
};

function either({ EventPattern, ScheduleExpression }: JsonObject): Refusal | undefined {
  return text(EventPattern) === "" && text(ScheduleExpression) === ""
    ? invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.")
    : undefined;
}

function schedule({ ScheduleExpression, EventBusName }: JsonObject): Refusal | undefined {
  const expression = text(ScheduleExpression);
  if (expression === "") return undefined;
  if (!isCronExpression(expression) && !isRuleRate(expression)) {
    return invalid("Parameter ScheduleExpression is not valid.");
  }
  return /^(|default|arn:.*\/default)$/.test(text(EventBusName))
    ? undefined
    : invalid("ScheduleExpression is supported only on the default event bus.");
}

function pattern({ EventPattern }: JsonObject): Refusal | undefined {
  const written = text(EventPattern);
  if (written === "") return undefined;
  const reason = patternProblem(valueOf(written));
  return reason === undefined
    ? undefined
    : { code: "InvalidEventPatternException", message: `Event pattern is not valid. Reason: ${reason}` };
}

/** Targets to which EventBridge sends with a role: they have no policy of their own for it. */
const needsRole =
  /^arn:[\w-]+:(ecs:.*:cluster\/|kinesis:.*:stream\/|firehose:.*:deliverystream\/|states:.*:stateMachine:|batch:.*:job-queue\/|codepipeline:|codebuild:.*:project\/)/;

function target(input: JsonObject): Refusal | undefined {
  const { Id, Arn, RoleArn, DeadLetterConfig, Input, InputPath, InputTransformer } = input;
  if (needsRole.test(text(Arn)) && text(RoleArn) === "") {
    return invalid(`RoleArn is required for target ${text(Arn)}.`);
  }
  if (/^arn:[\w-]+:ecs:.*:cluster\//.test(text(Arn)) && !isSet(input.EcsParameters)) {
    return invalid(`Parameter EcsParameters is required for target ${text(Id)}.`);
  }
  const deadLetters = text(object(DeadLetterConfig).Arn);
  if (deadLetters !== "" && !/^arn:[\w-]+:sqs:[\w-]+:\d{12}:[\w-]+$/.test(deadLetters)) {
    return invalid(
      `Parameter DeadLetterConfig of target ${text(Id)} is not valid: it must be a standard queue of SQS.`,
    );
  }
  if (text(InputPath) !== "" && !text(InputPath).startsWith("$")) {
    return invalid(`Invalid InputPath for target ${text(Id)}.`);
  }
  if ([Input, InputPath, InputTransformer].filter(isSet).length > 1) {
    return invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${text(Id)}.`);
  }
  if (isSet(Input) && valueOf(text(Input)) === undefined) {
    return invalid(`JSON syntax error in input for target ${text(Id)}.`);
  }
  if (!isSet(InputTransformer)) return undefined;
  const { InputPathsMap, InputTemplate } = object(InputTransformer);
  const paths = Object.entries(object(InputPathsMap));
  const reserved = paths.find(([name]) => name.startsWith("AWS"));
  if (reserved) return invalid(`Invalid InputPathsMap key ${reserved[0]} for target ${text(Id)}.`);
  if (paths.some(([, path]) => !text(path).startsWith("$"))) {
    return invalid(`Invalid InputPath for target ${text(Id)}.`);
  }
  const names = paths.map(([name]) => name);
  const placeholders = [...text(InputTemplate).matchAll(/(?<!\\)<([A-Za-z][\w-]*)>/g)].map(([, name = ""]) => name);
  const unknown = placeholders.find((name) => !names.includes(name));
  return unknown === undefined
    ? undefined
    : invalid(`InputTemplate for target ${text(Id)} contains invalid placeholder ${unknown}.`);
}
