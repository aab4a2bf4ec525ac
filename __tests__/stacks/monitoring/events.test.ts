import type { StageInput } from "../../../schema/stage";
import { minimalService, stageWith } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";

type Alarms = NonNullable<NonNullable<StageInput["monitoring"]>["alarms"]>;

const synthesized = (alarms: Alarms = {}, fields: Partial<StageInput> = {}) =>
  new Synthesized(stageWith({ ...fields, monitoring: { alarms } }));
const rule = (stack: Synthesized, id: string) =>
  String(stack.resource(`aws_cloudwatch_event_rule.monitoring_events_${id}_rule`)?.event_pattern);
const target = (stack: Synthesized, id: string) =>
  stack.resource(`aws_cloudwatch_event_target.monitoring_events_${id}`);

describe("the events of a stage", () => {
  const stack = synthesized();

  it("tell of deployments of its own cluster that ECS gave up", () => {
    const pattern = rule(stack, "failed-deployments");
    expect(pattern).toContain('"detail" = {"eventName" = ["SERVICE_DEPLOYMENT_FAILED"]}');
    expect(pattern).toContain(
      '"prefix" = join("", [replace(aws_ecs_cluster.compute.arn, ":cluster/", ":service/"), "/"]',
    );
  });

  it("tell of its tasks that could not start, crashed or failed a check, and of no others", () => {
    const pattern = rule(stack, "stopped-tasks");
    expect(pattern).toContain('"clusterArn" = [aws_ecs_cluster.compute.arn], "lastStatus" = ["STOPPED"]');
    expect(pattern).toContain(
      '"$or" = [{"stopCode" = ["TaskFailedToStart"]}, ' +
        '{"stopCode" = ["EssentialContainerExited"], "containers" = {"exitCode" = [{"anything-but" = [0]}]}}, ' +
        '{"stoppedReason" = [{"prefix" = "Task failed"}]}]',
    );
  });

  it.each([
    ["failed-deployments", "$.detail.reason"],
    ["stopped-tasks", "$.detail.stoppedReason"],
  ])("of %s write the reason to the topic, as JSON that no quote in it can break", (id, reason) => {
    const { arn, input_transformer: message, depends_on: after } = target(stack, `${id}_to-topic`) ?? {};
    expect(arn).toBe("${aws_sns_topic.monitoring_notices.arn}");
    expect(after).toEqual(["aws_sns_topic_policy.monitoring_notices"]);
    expect(message).toMatchObject({ input_paths: { reason } });
    expect(JSON.stringify(message)).toMatch(/\\"service\\":<service>,.*\\"reason\\":<reason>}/);
  });

  it("tell of its own database that failed, moved or is full, with the words of RDS", () => {
    const withServers = (data: StageInput["data"]) =>
      synthesized({}, { data, services: { orders: { ...minimalService, uses: ["postgres"] } } });
    const instance = withServers({ postgres: { kind: "instance" } });
    expect(rule(instance, "database")).toContain(
      '"detail" = {"SourceIdentifier" = [aws_db_instance.data_postgres_server.identifier], ' +
        '"EventCategories" = ["failure", "failover", "low storage"]}',
    );
    expect(target(instance, "database_to-topic")).toMatchObject({
      input_transformer: { input_paths: { reason: "$.detail.Message" } },
    });
    expect(rule(withServers({ postgres: { kind: "aurora-serverless" } }), "database")).toContain(
      '"SourceIdentifier" = [aws_rds_cluster.data_postgres_server.cluster_identifier, ' +
        "aws_rds_cluster_instance.data_postgres_server_server_1.identifier, " +
        "aws_rds_cluster_instance.data_postgres_server_server_2.identifier]",
    );
  });

  it("tell of files of its own services that could not be backed up, and why", () => {
    const files = { orders: { ...minimalService, fileSystem: { mountPath: "/files" } } };
    const withFiles = synthesized({}, { services: files });
    expect(rule(withFiles, "failed-backups")).toContain(
      '"detail" = {"resourceArn" = [aws_efs_file_system.services_orders.arn], "state" = ["FAILED"]}',
    );
    expect(target(withFiles, "failed-backups_to-topic")).toMatchObject({
      input_transformer: { input_paths: { reason: "$.detail.statusMessage" } },
    });
  });

  it("are nobody's news where the stage says so, or has nothing to tell of", () => {
    const names = (each: Synthesized) => Object.keys(each.all("aws_cloudwatch_event_rule"));
    const fields = {
      data: { postgres: { kind: "instance" } },
      services: { orders: { ...minimalService, uses: ["postgres"], fileSystem: { mountPath: "/files" } } },
    } as const satisfies Partial<StageInput>;
    const silent = { failedDeployments: false, stoppedTasks: false, databaseEvents: false, failedBackups: false };
    expect(names(synthesized({}, fields))).toHaveLength(4);
    expect(names(synthesized(silent, fields))).toEqual([]);
    expect(names(stack)).toHaveLength(2);
  });
});

describe("the chat of a stage", () => {
  const stack = synthesized({ chat: "slack" });

  it("has the secret address of its webhook from a variable, whose value no plan shows", () => {
    expect(stack.json.variable.chat_webhook_url).toMatchObject({ type: "string", sensitive: true });
    expect(stack.json.variable.chat_webhook_url).not.toHaveProperty("default");
    expect(stack.all("aws_cloudwatch_event_api_destination")).toMatchObject({
      monitoring_events_chat_destination: { invocation_endpoint: "${var.chat_webhook_url}", http_method: "POST" },
    });
  });

  it("is posted to by a role that may do nothing else", () => {
    expect(stack.json.data.aws_iam_policy_document?.monitoring_events_chat_poster_permissions).toEqual({
      statement: [
        {
          actions: ["events:InvokeApiDestination"],
          resources: ["${aws_cloudwatch_event_api_destination.monitoring_chat.arn}"],
        },
      ],
    });
  });

  it("hears of every alarm that writes, and of both events", () => {
    expect(rule(stack, "alarms_alarms-1")).toContain('"state" = {"value" = ["ALARM", "OK"]}');
    const named = [...rule(stack, "alarms_alarms-1").matchAll(/alarm\.monitoring_alarms_([\w-]+)\.alarm_name/g)];
    expect(named.map(([, id]) => id)).toEqual([
      "way-in_api_faults",
      "way-in_api_latency",
      "services_orders",
      "services_orders_cpu",
      "services_orders_memory",
    ]);
    const chats = Object.keys(stack.all("aws_cloudwatch_event_target")).filter((id) => id.endsWith("_to-chat"));
    expect(chats.map((id) => id.replace(/monitoring_events_(.*)_to-chat/, "$1"))).toEqual([
      "alarms_alarms-1",
      "failed-deployments",
      "stopped-tasks",
    ]);
  });

  it("has a rule for every twenty alarms, as a pattern has its limit", () => {
    const services = Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => [
        `s${index}`,
        { ...minimalService, routes: [`/s${index}/*`], port: 8000 + index },
      ]),
    );
    const rules = Object.keys(synthesized({ chat: "slack" }, { services }).all("aws_cloudwatch_event_rule"));
    expect(rules.filter((id) => id.includes("_alarms_"))).toEqual([
      "monitoring_alarms_alarms_1",
      "monitoring_events_alarms_alarms-2_rule",
    ]);
  });

  it.each([
    ["slack", '{"text":"Task stopped","attachments":[{"text":<service>}'],
    ["google-chat", '{"cardsV2":[{"card":{"header":{"title":"Task stopped"}'],
    ["teams", '{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive"'],
  ] as const)("of kind %s gets what it can read", (chat, beginning) => {
    const { input_transformer: message } = target(synthesized({ chat }), "stopped-tasks_to-chat") ?? {};
    expect(message).toMatchObject({ input_template: expect.stringContaining(beginning) as string }); // jest types it any
    expect(JSON.stringify(message)).toContain("<reason>");
  });
});
