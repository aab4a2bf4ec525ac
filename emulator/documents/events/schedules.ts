import { object, text, type JsonObject } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { validationException as invalid } from "../refusals";
import { isSet, numberOf } from "../values";
import { isAt, isCronExpression, isScheduleRate, isTimeZone } from "./schedule-expression";

/** Schedules of EventBridge Scheduler. */
export const schedules: DocumentCheck = {
  service: "scheduler",
  operations: ["CreateSchedule", "UpdateSchedule"],
  source: "https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html",
  check: (input) => firstRefusal([expression, timeZone, timeWindow, dates, target], input),
};

/** The group in which schedules are that name none. */
export const defaultScheduleGroup: DocumentCheck = {
  service: "scheduler",
  operations: ["DeleteScheduleGroup"],
  source: "https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-group.html",
  check: ({ Name }) => (Name === "default" ? invalid("The default schedule group cannot be deleted.") : undefined),
};

/** Scheduled actions of Application Auto Scaling. */
export const scheduledActions: DocumentCheck = {
  service: "application-autoscaling",
  operations: ["PutScheduledAction"],
  source: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html",
  check: (input) => firstRefusal([actionExpression, actionTimeZone, capacity], input),
};

function isSchedule(written: string): boolean {
  return isCronExpression(written) || isScheduleRate(written) || isAt(written);
}

function expression({ ScheduleExpression }: JsonObject): Refusal | undefined {
  const written = text(ScheduleExpression);
  return isSchedule(written) ? undefined : invalid(`Invalid Schedule Expression ${written}.`);
}

function timeZone({ ScheduleExpressionTimezone }: JsonObject): Refusal | undefined {
  const name = text(ScheduleExpressionTimezone);
  return name === "" || isTimeZone(name) ? undefined : invalid(`Invalid Schedule Expression Timezone ${name}.`);
}

// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_FlexibleTimeWindow.html
function timeWindow({ FlexibleTimeWindow }: JsonObject): Refusal | undefined {
  const { Mode, MaximumWindowInMinutes } = object(FlexibleTimeWindow);
  if (Mode === "FLEXIBLE" && !isSet(MaximumWindowInMinutes)) {
    return invalid("MaximumWindowInMinutes must be provided when FlexibleTimeWindow is set to FLEXIBLE.");
  }
  return Mode === "OFF" && (numberOf(MaximumWindowInMinutes) ?? 0) > 0
    ? invalid("MaximumWindowInMinutes must not be provided when FlexibleTimeWindow is set to OFF.")
    : undefined;
}

/** Parameters that a target needs. https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html */
const parameters = [
  [/^arn:[\w-]+:ecs:.*:cluster\//, "EcsParameters"],
  [/^arn:[\w-]+:kinesis:.*:stream\//, "KinesisParameters"],
  [/^arn:[\w-]+:events:.*:event-bus\//, "EventBridgeParameters"],
] as const;

function target({ Target }: JsonObject): Refusal | undefined {
  const target = object(Target);
  const arn = text(target.Arn);
  const missing = parameters.find(([form, name]) => form.test(arn) && !isSet(target[name]));
  if (missing) return invalid(`${missing[1]} must be specified for the target ${arn}.`);
  // https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
  return /^arn:[\w-]+:scheduler:::aws-sdk:\w+:(get|describe|list)/.test(arn)
    ? invalid(`${arn} is not a supported api for EventBridge Scheduler.`)
    : undefined;
}

function dates({ StartDate, EndDate }: JsonObject): Refusal | undefined {
  const [start, end] = [time(StartDate), time(EndDate)];
  return start !== undefined && end !== undefined && start >= end
    ? invalid("The StartDate you specify must come before the EndDate.")
    : undefined;
}

/** Seconds since 1970, which is how the API has dates, or those of an ISO 8601 text. */
function time(value: JsonObject[string]): number | undefined {
  const seconds = numberOf(value) ?? Date.parse(text(value)) / 1000;
  return Number.isNaN(seconds) ? undefined : seconds;
}

function actionExpression({ Schedule }: JsonObject): Refusal | undefined {
  const written = text(Schedule);
  return written === "" || isSchedule(written) ? undefined : invalid(`Invalid schedule expression: ${written}`);
}

function actionTimeZone({ Timezone }: JsonObject): Refusal | undefined {
  const name = text(Timezone);
  return name === "" || isTimeZone(name) ? undefined : invalid(`Invalid timezone: ${name}`);
}

function capacity({ ScalableTargetAction, Schedule }: JsonObject): Refusal | undefined {
  const { MinCapacity, MaxCapacity } = object(ScalableTargetAction);
  const [minimum, maximum] = [numberOf(MinCapacity), numberOf(MaxCapacity)];
  if (text(Schedule) !== "" && minimum === undefined && maximum === undefined) {
    return invalid("At least one of MinCapacity and MaxCapacity must be specified.");
  }
  return minimum !== undefined && maximum !== undefined && minimum > maximum
    ? invalid("Maximum capacity cannot be less than minimum capacity")
    : undefined;
}
