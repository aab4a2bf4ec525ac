import { text, type JsonObject } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { isSet } from "../values";
import { readAlarmRule } from "./alarm-rule";
import { validationError } from "./metric-alarms";

const mostAlarms = 100;

/** The rule of a composite alarm, and what suppresses its actions. */
export const compositeAlarms: DocumentCheck = {
  service: "monitoring",
  operations: ["PutCompositeAlarm"],
  source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html",
  check: (input) => firstRefusal([rule, suppressor], input),
};

function rule({ AlarmName, AlarmRule }: JsonObject): Refusal | undefined {
  const { alarms, problem } = readAlarmRule(text(AlarmRule));
  if (problem !== undefined) return validationError(`Error in AlarmRule [${problem}]`);
  if (alarms.includes(text(AlarmName))) {
    return validationError(`Error in AlarmRule [Alarm ${text(AlarmName)} cannot refer to itself]`);
  }
  return new Set(alarms).size > mostAlarms
    ? validationError(`Error in AlarmRule [More than ${mostAlarms} alarms]`)
    : undefined;
}

function suppressor(input: JsonObject): Refusal | undefined {
  const periods = ["ActionsSuppressorWaitPeriod", "ActionsSuppressorExtensionPeriod"];
  const wrong = periods.find((name) => isSet(input[name]) !== isSet(input.ActionsSuppressor));
  if (wrong === undefined) return undefined;
  return validationError(
    isSet(input.ActionsSuppressor)
      ? `${wrong} must be specified when ActionsSuppressor is specified`
      : `${wrong} cannot be specified without ActionsSuppressor`,
  );
}
