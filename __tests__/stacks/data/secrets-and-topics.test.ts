import type { StageInput } from "../../../schema";
import { minimalService, stageWith } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";

type Data = NonNullable<StageInput["data"]>;

const stackWith = (data: Data, use: string) =>
  new Synthesized(stageWith({ data, services: { orders: { ...minimalService, uses: [use] } } }));
const permissions = (stack: Synthesized) =>
  stack.json.data.aws_iam_policy_document?.services_orders_task_role_permissions?.statement;
const definition = (stack: Synthesized) =>
  String(stack.resource("aws_ecs_task_definition.services_orders")?.container_definitions);

describe("a secret that the stage makes", () => {
  const rotation = { lambdaArn: "arn:aws:lambda:us-east-1:111122223333:function:rotate", automaticallyAfterDays: 30 };
  const stack = stackWith({ secrets: { stripe: { source: "create" } } }, "secret:stripe");
  const version = stack.resource("aws_secretsmanager_secret_version.data_secrets_stripe");

  it("has a random value that is in no plan and no state", () => {
    const generator = "aws_secretsmanager_random_password";
    expect(stack.json.ephemeral).toEqual({
      [generator]: { data_secrets_stripe: { password_length: 32, exclude_punctuation: true } },
    });
    expect(version).toMatchObject({
      secret_string_wo: `\${ephemeral.${generator}.data_secrets_stripe.random_password}`,
      secret_string_wo_version: 1,
    });
    expect(version).not.toHaveProperty("secret_string");
    expect(stack.json.terraform).toMatchObject({ required_version: ">= 1.11.0" });
  });

  it("is not overwritten by Terraform once its real value is set", () => {
    expect(version).toMatchObject({
      version_stages: ["AWSCURRENT", "initial"],
      lifecycle: { ignore_changes: ["version_stages"] },
    });
  });

  it("has a variable with its ARN for the services that use it, which may read only that secret", () => {
    const arn = "aws_secretsmanager_secret.data_secrets_stripe.arn";
    expect(definition(stack)).toContain(`{"name" = "STRIPE_SECRET_ARN", "value" = ${arn}}`);
    expect(permissions(stack)).toEqual([{ actions: ["secretsmanager:GetSecretValue"], resources: [`\${${arn}}`] }]);
    expect(stack.resource("aws_vpc_endpoint.network_secretsmanager")).toBeDefined();
  });

  it("can be recovered for 30 days, and is not rotated, by default", () => {
    const address = "aws_secretsmanager_secret.data_secrets_stripe";
    expect(stack.resource(address)).toMatchObject({ name: "shop/dev01/stripe", recovery_window_in_days: 30 });
    expect(stack.all("aws_secretsmanager_secret_rotation")).toEqual({});
    const settings = { source: "create", recoveryWindowDays: 0, length: 64, rotation } as const;
    const other = stackWith({ secrets: { stripe: settings } }, "secret:stripe");
    expect(other.resource(address)).toMatchObject({ recovery_window_in_days: 0 });
    expect(JSON.stringify(other.json.ephemeral)).toContain('"password_length":64');
    expect(other.resource("aws_secretsmanager_secret_rotation.data_secrets_stripe")).toMatchObject({
      rotation_lambda_arn: rotation.lambdaArn,
      rotation_rules: { automatically_after_days: 30 },
    });
  });
});

test("a secret that exists is used by its ARN, and nothing is created", () => {
  const arn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe-AbCdEf";
  const stack = stackWith({ secrets: { stripe: { source: "existing", arn } } }, "secret:stripe");
  expect(definition(stack)).toContain(`{"name" = "STRIPE_SECRET_ARN", "value" = "${arn}"}`);
  expect(permissions(stack)).toEqual([{ actions: ["secretsmanager:GetSecretValue"], resources: [arn] }]);
  expect(stack.all("aws_secretsmanager_secret")).toEqual({});
  expect(stack.json.terraform).toMatchObject({ required_version: ">= 1.10.0" });
});

describe("a topic", () => {
  const stack = stackWith({ topics: { sold: {} } }, "topic:sold");
  const arn = "aws_sns_topic.data_topics_sold.arn";

  it("is encrypted, and refuses plain HTTP", () => {
    expect(stack.resource("aws_sns_topic.data_topics_sold")).toMatchObject({
      name: "shop-sold-topic-dev01",
      kms_master_key_id: "alias/aws/sns",
    });
    expect(stack.json.data.aws_iam_policy_document?.data_topics_sold_access?.statement).toEqual([
      {
        sid: "OnlyTls",
        effect: "Deny",
        actions: ["sns:Publish"],
        resources: [`\${${arn}}`],
        principals: [{ type: "*", identifiers: ["*"] }],
        condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
      },
    ]);
  });

  it("has a variable with its ARN for the services that use it, which may only publish to it", () => {
    expect(definition(stack)).toContain(`{"name" = "SOLD_TOPIC_ARN", "value" = ${arn}}`);
    expect(permissions(stack)).toEqual([{ actions: ["sns:Publish"], resources: [`\${${arn}}`] }]);
    expect(stack.resource("aws_vpc_endpoint.network_sns")).toBeDefined();
  });
});
