import { object, objects, text } from "../wire/json";
import type { RuleSet } from "./rule";
import { trustsService } from "./trust";

const service = "scheduler";
const reference = "https://docs.aws.amazon.com/scheduler/latest/APIReference";

/** Rules of EventBridge Scheduler between schedules, their groups and their roles. */
export function scheduler(): RuleSet {
  return {
    rules: [
      {
        name: "schedule-role-trust",
        service,
        operations: ["CreateSchedule", "UpdateSchedule"],
        code: "ValidationException",
        rule: "The role of a schedule must trust scheduler.amazonaws.com.",
        source: "https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html",
        refuse: async (call) => {
          const { Target, GroupName } = call.input;
          // https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
          const source = `schedule-group/${text(GroupName) || "default"}`;
          return (await trustsService(call, text(object(Target).RoleArn), "scheduler.amazonaws.com", { source }))
            ? undefined
            : "The execution role you provide must allow AWS EventBridge Scheduler to assume the role.";
        },
      },
      {
        name: "schedule-group-exists",
        service,
        operations: ["CreateSchedule"],
        code: "ResourceNotFoundException",
        status: 404,
        rule: "The group of a schedule must exist.",
        source: `${reference}/API_CreateSchedule.html`,
        refuse: async ({ input, ask }) => {
          if (input.GroupName === undefined) return undefined;
          const { Name } = await ask("GetScheduleGroup", { Name: input.GroupName });
          return Name === undefined ? `Schedule group ${text(input.GroupName)} does not exist.` : undefined;
        },
      },
      {
        name: "schedule-group-in-use",
        service,
        operations: ["CreateScheduleGroup"],
        code: "ConflictException",
        status: 409,
        rule: "A schedule group's name is unique in its account and region.",
        source: `${reference}/API_CreateScheduleGroup.html`,
        refuse: async ({ input, ask }) => {
          const { ScheduleGroups } = await ask("ListScheduleGroups");
          return objects(ScheduleGroups).some(({ Name }) => Name === input.Name)
            ? `Schedule group ${text(input.Name)} already exists.`
            : undefined;
        },
      },
    ],
  };
}
