import type { StageInput } from "../../../../schema";
import { containersOf } from "../../../fixtures/synthesized";
import { minimalJob, minimalService, stackWith } from "../../../fixtures/stage";

type Secrets = NonNullable<NonNullable<StageInput["data"]>["secrets"]>;

const arn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:paypal-AbCdEf";
const kmsKeyArn = "arn:aws:kms:us-east-1:111122223333:key/0a";
const made = "aws_secretsmanager_secret.data_secrets_stripe.arn";
const envoy = { image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/envoy:1", memoryMiB: 64 };
const tasks = { migrate: { command: ["node", "migrate.js"] } };

const stackOf = (secrets: Secrets, fields: object) =>
  stackWith({ data: { secrets }, services: { orders: { ...minimalService, ...fields }, sweep: minimalJob } });
const definitionOf = (stack: ReturnType<typeof stackWith>, id: string) =>
  String(stack.resource(`aws_ecs_task_definition.services_${id}`)?.container_definitions);
const permissionsOf = (stack: ReturnType<typeof stackWith>, role: string) =>
  stack.json.data.aws_iam_policy_document?.[`services_orders_task_${role}_permissions`]?.statement;

describe("a secret of the stage in a container's variables", () => {
  const both = { secrets: { KEY: { secret: "stripe", key: "live" }, WHOLE: { secret: "stripe" } } };
  const stack = stackOf(
    { stripe: { source: "create" } },
    { ...both, tasks, sidecars: { envoy: { ...envoy, ...both } } },
  );

  it.each(["orders", "orders_tasks_migrate"])("is fetched by its ARN: %s", (id) => {
    const text = definitionOf(stack, id);
    expect(text).toContain(`{"name" = "KEY", "valueFrom" = "\${${made}}:live::"}`);
    expect(text).toContain(`{"name" = "WHOLE", "valueFrom" = ${made}}`);
    expect(text).not.toContain("dockerLabels");
  });

  it("is fetched for a sidecar as well", () => {
    const text = definitionOf(stack, "orders");
    expect(text.split(`"valueFrom" = "\${${made}}:live::"`)).toHaveLength(3);
  });

  it("is readable by the execution role, and not by the task role", () => {
    expect(permissionsOf(stack, "execution")).toContainEqual({
      actions: ["secretsmanager:GetSecretValue"],
      resources: [`\${${made}}`],
    });
    expect(permissionsOf(stack, "role")).toBeUndefined();
  });

  it("is reached by a VPC endpoint", () => {
    expect(stack.resource("aws_vpc_endpoint.network_secretsmanager")).toBeDefined();
  });

  it("that exists is fetched by its ARN, with the key that encrypts it", () => {
    const secrets = { PAYPAL: { secret: "paypal" } };
    const existing = stackOf({ paypal: { source: "existing", arn, kmsKeyArn } }, { secrets });
    expect(containersOf(existing).orders?.secrets).toEqual([{ name: "PAYPAL", valueFrom: arn }]);
    expect(permissionsOf(existing, "execution")).toEqual(
      expect.arrayContaining([
        { actions: ["secretsmanager:GetSecretValue"], resources: [arn] },
        { actions: ["kms:Decrypt"], resources: [kmsKeyArn] },
      ]),
    );
  });
});

test("a service that reads a secret itself may decrypt it by the key that encrypts it", () => {
  const stack = stackOf({ paypal: { source: "existing", arn, kmsKeyArn } }, { uses: ["secret:paypal"] });
  expect(permissionsOf(stack, "role")).toEqual([
    { actions: ["secretsmanager:GetSecretValue"], resources: [arn] },
    { actions: ["kms:Decrypt"], resources: [kmsKeyArn] },
  ]);
});

describe("another generation of a secret", () => {
  const secrets = (generation: number): Secrets => ({ stripe: { source: "create", generation } });
  const labelsOf = (generation: number, fields: object, service = "orders") =>
    containersOf(stackOf(secrets(generation), fields), service)[service]?.dockerLabels;

  it.each<[string, object]>([
    ["by uses", { uses: ["secret:stripe"] }],
    ["as a variable", { secrets: { KEY: { secret: "stripe" } } }],
    ["in a sidecar", { sidecars: { envoy: { ...envoy, secrets: { KEY: { secret: "stripe" } } } } }],
  ])("is another task definition revision of every service that has the secret %s", (_, fields) => {
    expect(labelsOf(1, fields)).toEqual({ "secret.stripe": "1" });
    expect(labelsOf(2, fields)).toEqual({ "secret.stripe": "2" });
  });

  it("does not change other services", () => {
    expect(labelsOf(2, { uses: ["secret:stripe"] }, "sweep")).toBeUndefined();
  });
});
