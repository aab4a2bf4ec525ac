import { App, TerraformOutput, TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { z } from "zod";
import { stageSchema, type StageInput } from "../../schema/stage";
import { typesOf } from "../../stacks/account/types-of";
import { AccountStack } from "../../stacks/account-stack";
import { addOutput, ReadableStack } from "../../stacks/readable-stack";
import { StageStack } from "../../stacks/stage-stack";
import { AddressCollisionError } from "../../stacks/terraform-address";
import { everyFeature } from "../fixtures/every-feature";
import {
  ingresses,
  minimalJob,
  minimalService,
  minimalStage,
  minimalWorker,
  stageWith,
  stageWithRoutes,
} from "../fixtures/stage";
import { accountWith, workloadBoundaryArn } from "./account/synthesized-account";

const named = z.record(z.string(), z.unknown()).default({});
const typed = z.record(z.string(), named).default({});
const shape = z.object({
  resource: typed,
  data: typed,
  ephemeral: typed,
  variable: named,
  output: named,
  locals: named,
});

/** Every name in a stack, as `<type or kind of block>.<name>`. */
function addressesOf(stack: TerraformStack): string[] {
  const text = Testing.synth(stack);
  const json = shape.parse(JSON.parse(text, (key, value: unknown) => (key === "//" ? undefined : value)));
  const { resource, data, ephemeral, ...rest } = json;
  const blocks = [resource, data, ephemeral, rest].flatMap((each) => Object.entries(each));
  return blocks.flatMap(([type, all]) => Object.keys(all).map((name) => `${type}.${name}`));
}

const stageStack = (fields: Partial<StageInput> = {}) => new StageStack(new App(), stageWith(fields));

function accountStack(): AccountStack {
  const state = { backend: "s3", bucket: "shop-state", region: "us-east-1" } as const;
  const stage = stageWith({ state, permissionsBoundaryArn: workloadBoundaryArn });
  const aliasRole = { name: "deployer", trustedRoleArns: ["arn:aws:iam::111122223333:role/runner"] };
  return new AccountStack(new App(), accountWith({ aliasRole }), [
    { stage, types: typesOf(new StageStack(new App(), stage)) },
  ]);
}

/** Whatever has a construct of its own beside services and ingress. */
const everythingElse = {
  ingress: { ...ingresses["rest-api via nlb"], waf: {}, uploads: { contentTypes: ["image/png"] } },
  data: {
    postgres: { kind: "instance", proxy: {}, deletionProtection: true },
    redis: { kind: "replication-group" },
    uploads: {},
    topics: { sold: {} },
    secrets: { stripe: { source: "create" } },
    backup: { rules: { daily: { schedule: "cron(0 1 * * ? *)" } } },
  },
  services: { orders: { ...minimalService, uses: ["postgres", "redis", "uploads", "secret:stripe", "topic:sold"] } },
  bastion: { access: "ssm" },
  monitoring: { alarms: {} },
} satisfies Partial<StageInput>;

const stacks: readonly (readonly [string, TerraformStack])[] = [
  ["a stage with every feature of services", new StageStack(new App(), everyFeature)],
  ["a stage with databases, uploads, a bastion and alarms", stageStack(everythingElse)],
  ...Object.entries(ingresses).map(([kind, ingress]) => [`a stage behind ${kind}`, stageStack({ ingress })] as const),
  ["an account", accountStack()],
];

/** Collections keep the names of a stage file apart from other names, also where they repeat a word of the type. */
const collection =
  /^(services(_[a-z]+_tasks)?|data_(queues|secrets|tables|topics)|ingress(_public)?_alb_targets|ingress_clients)_/;

/** Names that say more than their type does, although one of their words is in it. */
const withWordOfType = [
  "aws_cloudwatch_log_group.network_flow_logs",
  "aws_s3_bucket_public_access_block.ingress_access_logs",
  "aws_vpc_security_group_*_rule.*_to_vpc_endpoints",
  "aws_vpc_security_group_*_rule.*_from_vpc_link",
];

const singular = (word: string) => word.replace(/s$/, "");

/** Whether a word of the name repeats one of its type, apart from the area of the stack and the collection it begins with. */
function repeatsType(address: string): boolean {
  const [type = "", name = ""] = address.split(".");
  const typeWords = type.split("_").map(singular);
  const own = collection.test(name) ? name.replace(collection, "") : name.replace(/^[a-z0-9]+_?/, "");
  return own.split("_").some((word) => typeWords.includes(singular(word)));
}

const repeating = stacks.flatMap(([, stack]) => addressesOf(stack)).filter(repeatsType);
const matches = (pattern: string, address: string) =>
  new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", "\\w+")}$`).test(address);

const isPlain = (address: string) => /^[a-z0-9_]+\.[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(address);

describe("Terraform addresses", () => {
  it.each(stacks)("of %s are lower-case words separated by underscores", (_, stack) => {
    const addresses = addressesOf(stack);
    expect(addresses.length).toBeGreaterThan(10);
    expect(addresses.filter((each) => !isPlain(each))).toEqual([]);
  });

  it("do not repeat their type", () => {
    expect(repeating.filter((address) => !withWordOfType.some((pattern) => matches(pattern, address)))).toEqual([]);
  });

  it.each(withWordOfType)("repeat a word of their type where it distinguishes: %s", (pattern) => {
    expect(repeating.some((address) => matches(pattern, address))).toBe(true);
  });

  it("are refused when two constructs would have the same, with both named", () => {
    const a = { ...minimalService, tasks: { b: { command: ["node", "b.js"] } } };
    const services = { a: { ...a, routes: ["/a"] }, "a-tasks-b": minimalWorker };
    const synthesize = () => Testing.synth(stageStack({ services, ingress: ingresses.alb }));
    expect(synthesize).toThrow(AddressCollisionError);
    expect(synthesize).toThrow(
      "dev01-us-east-1: services/a/tasks/b and services/a-tasks-b/task/definition would both be aws_ecs_task_definition.services_a_tasks_b, ",
    );
  });

  it("are refused when two outputs would have the same name, with both named", () => {
    class Stack extends ReadableStack {}
    const stack = new Stack(new App(), "stack");
    const add = (id: string) => {
      addOutput(new Construct(stack, id), "orders_url", { value: "", description: "A URL" });
    };
    add("one");
    expect(() => {
      add("other");
    }).toThrow("stack: one/output-orders-url and other/output-orders-url would both be output.orders_url, ");
  });

  const segments = [
    "orders",
    "Orders",
    "ORDERS",
    "a-b",
    "a--b",
    "a.b",
    "-a",
    "a-",
    "~a",
    "_",
    "-",
    "1st",
    "{order_Id}",
  ];
  const behind = Object.entries(ingresses).flatMap(([kind, ingress]) =>
    kind === "nlb" ? [] : [[kind, ingress] as const],
  );
  it.each(behind)("differ for routes whose words read as the ids of other routes, behind %s", (_, ingress) => {
    const routes = ["/orders/*", "/orders-proxy", "/a/b", "/a-path-b", "/c/{d}", "/c-parameter-d", "/proxy", "/path/x"];
    const addresses = addressesOf(new StageStack(new App(), stageWithRoutes(ingress, ...routes)));
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it.each(behind)("differ for routes that differ in upper case and signs, behind %s", (_, ingress) => {
    const routesOf = (segment: string) => [`GET /${segment}`, `POST /${segment}/items`];
    const addresses = addressesOf(new StageStack(new App(), stageWithRoutes(ingress, ...segments.flatMap(routesOf))));
    expect(addresses.filter((each) => !isPlain(each))).toEqual([]);
    const ofRoutes = (address: string) =>
      /^aws_(lb_listener_rule|apigatewayv2_route|api_gateway_method)\./.test(address);
    expect(addresses.filter(ofRoutes).length).toBeGreaterThanOrEqual(2 * segments.length);
  });

  it.each(["Orders", "order--items", "order_items", "orders-", "1st"])("are not made from the id %s", (id) => {
    class Stack extends ReadableStack {}
    const stack = new Stack(new App(), "stack");
    new TerraformOutput(stack, id, { value: "" });
    expect(() => Testing.synth(stack)).toThrow(`construct id "${id}" must be in kebab-case: ${id}`);
  });
});

describe("names from a stage file that are words of resource types", () => {
  const words = [
    ...[
      "alarm",
      "alias",
      "attachment",
      "bucket",
      "client",
      "cluster",
      "definition",
      "domain",
      "filter",
      "group",
      "key",
    ],
    ...[
      "listener",
      "log",
      "log-group",
      "metric",
      "name",
      "policy",
      "queue",
      "repository",
      "role",
      "role-policy",
      "rule",
    ],
    ...["secret", "security-group", "service", "target", "target-group", "topic", "errors", "keys"],
    ...["queues", "secrets", "services", "tables", "targets", "tasks", "topics"],
  ];
  const data = {
    queues: Object.fromEntries(words.map((word) => [word, { keep: true }])),
    tables: Object.fromEntries(
      words.map((word) => [word, { partitionKey: { name: "id", type: "string" }, keep: true }]),
    ),
    topics: Object.fromEntries(words.map((word) => [word, { keep: true }])),
    secrets: Object.fromEntries(words.map((word) => [word, { source: "create", keep: true }])),
  };
  const tasks = Object.fromEntries(words.map((word) => [word, { command: ["node"] }]));
  const kinds = (word: string) => [{ ...minimalService, routes: [`/${word}/*`] }, minimalWorker, minimalJob];
  const services = Object.fromEntries(words.map((word, index) => [word, kinds(word)[index % 3]]));
  const stage = stageSchema.parse({
    ...minimalStage,
    ingress: ingresses.alb,
    data,
    services: { ...services, migration: { ...minimalWorker, tasks } },
    monitoring: { alarms: {} },
  });
  let addresses: readonly string[];
  beforeAll(() => {
    addresses = addressesOf(new StageStack(new App(), stage));
  });

  it.each(words)(
    "keep %s whole in the addresses of a service, a task, a queue, a table, a topic and a secret",
    (word) => {
      const name = word.replaceAll("-", "_");
      expect(addresses).toEqual(
        expect.arrayContaining([
          `aws_ecr_repository.services_${name}`,
          `aws_cloudwatch_log_group.services_${name}`,
          `aws_cloudwatch_log_metric_filter.monitoring_errors_${name}`,
          `aws_ecs_task_definition.services_${name}`,
          `aws_security_group.services_${name}`,
          `aws_iam_role.services_${name}_task_execution`,
          `aws_ecs_task_definition.services_migration_tasks_${name}`,
          `aws_sqs_queue.data_queues_${name}`,
          `aws_dynamodb_table.data_tables_${name}`,
          `aws_sns_topic.data_topics_${name}`,
          `aws_secretsmanager_secret.data_secrets_${name}`,
        ]),
      );
    },
  );
});
