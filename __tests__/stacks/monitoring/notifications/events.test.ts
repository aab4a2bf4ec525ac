import type { StageInput } from "../../../../schema/stage";
import { minimalService } from "../../../fixtures/stage";
import type { Synthesized } from "../../../fixtures/synthesized";
import { nameWithin, topicOf, withAlarms } from "../monitored-stage";

/** The ids of a stack's rules by their names without app and stage. */
const rules = (stack: Synthesized) =>
  Object.fromEntries(
    Object.entries(stack.all("aws_cloudwatch_event_rule")).map(([id, { name }]) => [nameWithin(name), id]),
  );
const patternOf = (stack: Synthesized, rule: string) =>
  String(stack.resource(`aws_cloudwatch_event_rule.${String(rules(stack)[rule])}`)?.event_pattern);
const targetsOf = (stack: Synthesized, rule: string) =>
  Object.values(stack.all("aws_cloudwatch_event_target")).filter(
    (each) => each.rule === `\${aws_cloudwatch_event_rule.${String(rules(stack)[rule])}.name}`,
  );
const topicTarget = (stack: Synthesized, rule: string) =>
  targetsOf(stack, rule).find(({ arn }) => arn === topicOf(stack));
const chatTarget = (stack: Synthesized, rule: string) =>
  targetsOf(stack, rule).find(({ arn }) => String(arn).includes("aws_cloudwatch_event_api_destination"));
/** The only id of a type. */
const idOf = (stack: Synthesized, type: string) => Object.keys(stack.all(type)).join();

describe("the event rules of a stage", () => {
  const stack = withAlarms();
  const cluster = `aws_ecs_cluster.${idOf(stack, "aws_ecs_cluster")}.arn`;

  it("match failed deployments of the stage's cluster", () => {
    const pattern = patternOf(stack, "failed-deployments");
    expect(pattern).toContain('"detail" = {"eventName" = ["SERVICE_DEPLOYMENT_FAILED"]}');
    expect(pattern).toContain(`"prefix" = join("", [replace(${cluster}, ":cluster/", ":service/"), "/"]`);
  });

  it("match tasks of the cluster that fail to start, exit with an error or fail a health check, and no others", () => {
    const pattern = patternOf(stack, "stopped-tasks");
    expect(pattern).toContain(`"clusterArn" = [${cluster}], "lastStatus" = ["STOPPED"]`);
    expect(pattern).toContain(
      '"$or" = [{"stopCode" = ["TaskFailedToStart"]}, ' +
        '{"stopCode" = ["EssentialContainerExited"], "containers" = {"exitCode" = [{"anything-but" = [0]}]}}, ' +
        '{"stoppedReason" = [{"prefix" = "Task failed"}]}]',
    );
  });

  it.each([
    ["failed-deployments", "$.detail.reason"],
    ["stopped-tasks", "$.detail.stoppedReason"],
  ])("send the reason of %s to the topic, as JSON in which EventBridge escapes quotes", (rule, reason) => {
    const { input_transformer: message, depends_on: after } = topicTarget(stack, rule) ?? {};
    expect(after).toEqual([`aws_sns_topic_policy.${idOf(stack, "aws_sns_topic_policy")}`]);
    expect(message).toMatchObject({ input_paths: { reason } });
    expect(JSON.stringify(message)).toMatch(/\\"service\\":<service>,.*\\"reason\\":<reason>}/);
  });

  it("match failures, failovers and low storage of the stage's database", () => {
    const withServers = (data: StageInput["data"]) =>
      withAlarms({ data, services: { orders: { ...minimalService, uses: ["postgres"] } } });
    const instance = withServers({ postgres: { kind: "instance" } });
    expect(patternOf(instance, "database")).toContain(
      `"detail" = {"SourceIdentifier" = [aws_db_instance.${idOf(instance, "aws_db_instance")}.identifier], ` +
        '"EventCategories" = ["failure", "failover", "low storage"]}',
    );
    expect(topicTarget(instance, "database")).toMatchObject({
      input_transformer: { input_paths: { reason: "$.detail.Message" } },
    });
    const cluster = withServers({ postgres: { kind: "aurora-serverless" } });
    const servers = Object.keys(cluster.all("aws_rds_cluster_instance"));
    expect(servers).toHaveLength(2);
    expect(patternOf(cluster, "database")).toContain(
      `"SourceIdentifier" = [aws_rds_cluster.${idOf(cluster, "aws_rds_cluster")}.cluster_identifier, ` +
        servers.map((id) => `aws_rds_cluster_instance.${id}.identifier`).join(", ") +
        "]",
    );
  });

  it("match failed backups of the file systems of the stage's services", () => {
    const withFiles = withAlarms({ services: { orders: { ...minimalService, fileSystem: { mountPath: "/files" } } } });
    expect(patternOf(withFiles, "failed-backups")).toContain(
      `"detail" = {"resourceArn" = [aws_efs_file_system.${idOf(withFiles, "aws_efs_file_system")}.arn], "state" = ["FAILED"]}`,
    );
    expect(topicTarget(withFiles, "failed-backups")).toMatchObject({
      input_transformer: { input_paths: { reason: "$.detail.statusMessage" } },
    });
  });

  it("are only those that the stage file enables and the stage has events for", () => {
    const fields = {
      data: { postgres: { kind: "instance" } },
      services: { orders: { ...minimalService, uses: ["postgres"], fileSystem: { mountPath: "/files" } } },
    } as const satisfies Partial<StageInput>;
    const disabled = { failedDeployments: false, stoppedTasks: false, databaseEvents: false, failedBackups: false };
    const all = ["database", "failed-backups", "failed-deployments", "stopped-tasks"];
    expect(Object.keys(rules(withAlarms(fields))).sort()).toEqual(all);
    expect(Object.keys(rules(withAlarms(fields, disabled)))).toEqual([]);
    expect(Object.keys(rules(stack)).sort()).toEqual(["failed-deployments", "stopped-tasks"]);
  });
});

describe("the chat of a stage", () => {
  const stack = withAlarms({}, { chat: "slack" });
  const destination = "aws_cloudwatch_event_api_destination";

  it("has the address of its webhook from a sensitive variable without a default", () => {
    expect(stack.json.variable.chat_webhook_url).toMatchObject({ type: "string", sensitive: true });
    expect(stack.json.variable.chat_webhook_url).not.toHaveProperty("default");
    expect(Object.values(stack.all(destination))).toMatchObject([
      { invocation_endpoint: "${var.chat_webhook_url}", http_method: "POST" },
    ]);
  });

  it("receives at most one message a second", () => {
    expect(Object.values(stack.all(destination))).toMatchObject([{ invocation_rate_limit_per_second: 1 }]);
  });

  it("is posted to by a role that is only allowed to invoke it", () => {
    const [role] = Object.entries(stack.all("aws_iam_role")).filter(([, { name }]) =>
      String(name).startsWith("shop-chat-"),
    );
    const policies = Object.values(stack.all("aws_iam_role_policy")).filter(
      (policy) => policy.role === `\${aws_iam_role.${String(role?.[0])}.name}`,
    );
    const documents = policies.map(
      ({ policy }) => /\.aws_iam_policy_document\.([\w-]+)\.json/.exec(String(policy))?.[1],
    );
    expect(documents.map((id = "") => stack.json.data.aws_iam_policy_document?.[id])).toEqual([
      {
        statement: [
          {
            actions: ["events:InvokeApiDestination"],
            resources: [`\${${destination}.${idOf(stack, destination)}.arn}`],
          },
        ],
      },
    ]);
  });

  it("receives the state changes of every alarm that notifies, and all events", () => {
    expect(patternOf(stack, "alarm-states-1")).toContain('"state" = {"value" = ["ALARM", "OK"]}');
    const references = [
      ...patternOf(stack, "alarm-states-1").matchAll(/(aws_cloudwatch_\w+_alarm\.[\w-]+)\.alarm_name/g),
    ];
    expect(references.map(([, address = ""]) => nameWithin(stack.resource(address)?.alarm_name))).toEqual([
      "api-5xx-high",
      "api-latency-high",
      "orders-service-degraded",
      "orders-cpu-utilization-high",
      "orders-memory-utilization-high",
    ]);
    const chatRules = Object.keys(rules(stack)).filter((rule) => chatTarget(stack, rule) !== undefined);
    expect(chatRules.sort()).toEqual(["alarm-states-1", "failed-deployments", "stopped-tasks"]);
  });

  it("has a rule for every 20 alarms, whose pattern keeps EventBridge's 2048 characters with the longest names", () => {
    const longest = Array.from({ length: 12 }, (_, index) => String(index).padStart(24, "a"));
    const each = <Item>(item: Item) => Object.fromEntries(longest.map((name) => [name, item]));
    const long = withAlarms(
      {
        app: "a".repeat(24),
        stage: "s".repeat(12),
        data: { queues: each({ keep: true }), topics: each({ keep: true }) },
      },
      { chat: "slack" },
    );
    const names = Object.keys(rules(long)).filter((name) => name.startsWith("alarm-states"));
    expect(names).toEqual(["alarm-states-1", "alarm-states-2", "alarm-states-3"]);
    const patterns = names.map((name) =>
      patternOf(long, name)
        .replace(/(aws_cloudwatch_\w+_alarm\.[\w-]+)\.alarm_name/g, (_, address: string) =>
          JSON.stringify(long.resource(address)?.alarm_name),
        )
        .replace(/^\$\{jsonencode\((.*)\)\}$/, "$1")
        .replaceAll(" = ", ":")
        .replaceAll(", ", ","),
    );
    const lengths = patterns.map((pattern) => JSON.stringify(JSON.parse(pattern)).length);
    expect(Math.max(...lengths)).toBeGreaterThan(1900);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(2048);
  });

  it.each([
    ["slack", '{"text":"Task stopped","attachments":[{"text":<service>}'],
    ["google-chat", '{"cardsV2":[{"card":{"header":{"title":"Task stopped"}'],
    ["teams", '{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive"'],
  ] as const)("of kind %s receives messages in its format", (chat, beginning) => {
    const { input_transformer: message } = chatTarget(withAlarms({}, { chat }), "stopped-tasks") ?? {};
    expect(message).toMatchObject({ input_template: expect.stringContaining(beginning) as string }); // jest types it any
    expect(JSON.stringify(message)).toContain("<reason>");
  });
});
