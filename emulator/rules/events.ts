import { objects, text, type JsonObject } from "../wire/json";
import type { RuleSet } from "./rule";
import { trustsService } from "./trust";

const service = "events";
const reference = "https://docs.aws.amazon.com/eventbridge/latest/APIReference";

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
const targetsOfRule = 5;

/** Rules of EventBridge between its buses, rules, targets and their roles. */
export function events(): RuleSet {
  return {
    rules: [
      {
        name: "event-role-trust",
        service,
        operations: ["PutTargets", "PutRule"],
        code: "ValidationException",
        rule: "The role of a rule or target must trust events.amazonaws.com.",
        source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html",
        refuse: async (call) => {
          const { Name, Rule, EventBusName } = call.input;
          const bus = text(EventBusName).split("/").at(-1) ?? "";
          const path = bus === "" || bus === "default" ? "" : `${bus}/`;
          const source = `rule/${path}${text(Name) || text(Rule)}`;
          // The role of a target is assumed at its first event.
          const later = call.operation === "PutTargets";
          for (const arn of rolesOf(call.input)) {
            if (await trustsService(call, arn, "events.amazonaws.com", { source, later })) continue;
            return `Provided role '${arn}' cannot be assumed by principal 'events.amazonaws.com'.`;
          }
          return undefined;
        },
      },
      {
        name: "event-targets-quota",
        service,
        operations: ["PutTargets"],
        code: "LimitExceededException",
        rule: "A rule has at most 5 targets.",
        source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html",
        refuse: async ({ input, ask }) => {
          const { Targets } = await ask("ListTargetsByRule", { Rule: input.Rule, EventBusName: input.EventBusName });
          const ids = new Set([...objects(Targets), ...objects(input.Targets)].map(({ Id }) => Id));
          return ids.size > targetsOfRule ? "The requested resource exceeds the maximum number allowed." : undefined;
        },
      },
      {
        name: "event-bus-with-rules",
        service,
        operations: ["DeleteEventBus"],
        code: "ValidationException",
        rule: "An event bus with rules cannot be deleted.",
        source: `${reference}/API_DeleteEventBus.html`,
        refuse: async ({ input, ask }) => {
          const { Rules } = await ask("ListRules", { EventBusName: input.Name });
          return objects(Rules).some(({ ManagedBy }) => text(ManagedBy) === "")
            ? "EventBus can't be deleted since it has rules."
            : undefined;
        },
      },
    ],
  };
}

function rolesOf({ RoleArn, Targets }: JsonObject): readonly string[] {
  return [RoleArn, ...objects(Targets).map((target) => target.RoleArn)].map(text).filter((arn) => arn !== "");
}
