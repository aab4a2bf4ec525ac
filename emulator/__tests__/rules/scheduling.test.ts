import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Target,
} from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import {
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from "@aws-sdk/client-scheduler";
import { emulatorForSuite, refusal } from "../running-emulator";
import { roleFor } from "./roles";

// moto starts in seconds on a busy machine.
jest.setTimeout(60_000);

const queue = "arn:aws:sqs:us-east-1:111122223333:orders";

describe("EventBridge and Scheduler", () => {
  const aws = emulatorForSuite();
  let events: EventBridgeClient;
  let scheduler: SchedulerClient;
  let eventsRole: string;
  let schedulerRole: string;

  beforeAll(async () => {
    events = new EventBridgeClient(aws.client());
    scheduler = new SchedulerClient(aws.client());
    const iam = new IAMClient(aws.client());
    eventsRole = await roleFor(iam, "events", "events.amazonaws.com");
    schedulerRole = await roleFor(iam, "scheduler", "scheduler.amazonaws.com");
  });

  const rule = async (Name: string): Promise<string> => {
    await events.send(new PutRuleCommand({ Name, ScheduleExpression: "rate(1 hour)" }));
    return Name;
  };
  const targets = (Rule: string, ...Targets: Target[]) =>
    refusal(events.send(new PutTargetsCommand({ Rule, Targets })));

  it("refuses to delete a rule with targets [event-rule-with-targets]", async () => {
    const Name = await rule("used");
    await targets(Name, { Id: "one", Arn: queue });
    expect(await refusal(events.send(new DeleteRuleCommand({ Name })))).toBe("ValidationException");
    await events.send(new RemoveTargetsCommand({ Rule: Name, Ids: ["one"] }));
    expect(await refusal(events.send(new DeleteRuleCommand({ Name })))).toBe("");
  });

  it("refuses to delete an event bus with rules [event-bus-with-rules]", async () => {
    await events.send(new CreateEventBusCommand({ Name: "orders" }));
    const used = { Name: "paid", EventBusName: "orders" };
    await events.send(new PutRuleCommand({ ...used, EventPattern: '{"source":["shop"]}' }));
    expect(await refusal(events.send(new DeleteEventBusCommand({ Name: "orders" })))).toBe("ValidationException");
    await events.send(new DeleteRuleCommand(used));
    expect(await refusal(events.send(new DeleteEventBusCommand({ Name: "orders" })))).toBe("");
  });

  it("refuses targets of a rule that does not exist [event-rule-exists]", async () => {
    expect(await targets("missing", { Id: "one", Arn: queue })).toBe("ResourceNotFoundException");
  });

  it("refuses a role that does not trust EventBridge [event-role-trust]", async () => {
    const Name = await rule("roles");
    const Arn = "arn:aws:ecs:us-east-1:111122223333:cluster/one";
    const EcsParameters = { TaskDefinitionArn: "arn:aws:ecs:us-east-1:111122223333:task-definition/one" };
    expect(await targets(Name, { Id: "one", Arn, EcsParameters, RoleArn: schedulerRole })).toBe("ValidationException");
    expect(await targets(Name, { Id: "one", Arn, EcsParameters, RoleArn: eventsRole })).toBe("");
  });

  it("refuses a sixth target of a rule [event-targets-quota]", async () => {
    const Name = await rule("many");
    const target = (Id: string): Target => ({ Id, Arn: queue });
    expect(await targets(Name, ...["1", "2", "3", "4"].map(target))).toBe("");
    expect(await targets(Name, target("5"))).toBe("");
    expect(await targets(Name, target("6"))).toBe("LimitExceededException");
    expect(await targets(Name, target("5"))).toBe("");
  });

  const schedule = (Name: string, RoleArn = schedulerRole, GroupName?: string) => ({
    Name,
    GroupName,
    ScheduleExpression: "rate(1 hour)",
    FlexibleTimeWindow: { Mode: "OFF" as const },
    Target: { Arn: queue, RoleArn },
  });
  const create = (...args: Parameters<typeof schedule>) =>
    refusal(scheduler.send(new CreateScheduleCommand(schedule(...args))));

  it("refuses a second schedule of one name in a group [schedule-name-in-use]", async () => {
    expect(await create("twice")).toBe("");
    expect(await create("twice")).toBe("ConflictException");
  });

  it("refuses a role that does not trust Scheduler [schedule-role-trust]", async () => {
    expect(await create("role", eventsRole)).toBe("ValidationException");
    expect(await create("role", "arn:aws:iam::111122223333:role/missing")).toBe("ValidationException");
    expect(await create("role")).toBe("");
    const update = new UpdateScheduleCommand(schedule("role", eventsRole));
    expect(await refusal(scheduler.send(update))).toBe("ValidationException");
  });

  it("refuses a schedule of a group that does not exist [schedule-group-exists]", async () => {
    expect(await create("grouped", schedulerRole, "reports")).toBe("ResourceNotFoundException");
    await scheduler.send(new CreateScheduleGroupCommand({ Name: "reports" }));
    expect(await create("grouped", schedulerRole, "reports")).toBe("");
  });

  it("refuses a second group of one name [schedule-group-in-use]", async () => {
    const group = (Name: string) => refusal(scheduler.send(new CreateScheduleGroupCommand({ Name })));
    expect(await group("twice")).toBe("");
    expect(await group("twice")).toBe("ConflictException");
    expect(await group("default")).toBe("ConflictException");
  });
});
