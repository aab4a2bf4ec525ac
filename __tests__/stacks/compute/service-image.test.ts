import { containersOf } from "../../fixtures/synthesized";
import { minimalJob, minimalService, minimalWorker, stackOf, stackWith } from "../../fixtures/stage";

const ecr = (account: string, name: string) => `${account}.dkr.ecr.us-east-1.amazonaws.com/${name}`;
const pulled = (stack: ReturnType<typeof stackWith>, service = "orders") => {
  const document = stack.json.data.aws_iam_policy_document?.[`services_${service}_task_execution_permissions`];
  return document?.statement;
};
const pulling = (...resources: string[]) => ({
  actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
  resources,
});
const own = "${aws_ecr_repository.services_orders.arn}";

describe("a shared image", () => {
  // The service that shares the image is the first in the file.
  const services = {
    mail: { ...minimalWorker, sharesImageOf: "orders", command: ["node", "worker.js"] },
    sweep: { ...minimalJob, sharesImageOf: "orders" },
    orders: minimalService,
  };
  const stack = stackWith({ services });
  const image = (task: string, name: string) => containersOf(stack, task)[name]?.image;

  it("has one repository and one variable", () => {
    expect(Object.keys(stack.all("aws_ecr_repository"))).toEqual(["services_orders"]);
    expect(Object.keys(stack.json.variable)).toEqual(["orders_image"]);
    expect(Object.keys(stack.json.output).filter((name) => name.endsWith("_repository_url"))).toEqual([
      "orders_repository_url",
    ]);
  });

  it("is run and may be pulled by all of them", () => {
    expect(image("orders", "orders")).toContain("var.orders_image");
    expect(image("mail", "mail")).toBe(image("orders", "orders"));
    expect(image("sweep", "sweep")).toBe(image("orders", "orders"));
    for (const service of ["orders", "mail", "sweep"]) expect(pulled(stack, service)).toContainEqual(pulling(own));
  });
});

describe("an image from elsewhere", () => {
  it("of ECR may be pulled from any account by the services that run it, and nothing else", () => {
    const services = {
      orders: { ...minimalService, image: `${ecr("444455556666", "team/base")}:1` },
      mail: { ...minimalWorker, sharesImageOf: "orders" },
    };
    const stack = stackWith({ services });
    const base = "arn:aws:ecr:us-east-1:444455556666:repository/team/base";
    expect(pulled(stack)).toContainEqual(pulling(own, base));
    expect(pulled(stack, "mail")).toContainEqual(pulling(own, base));
  });

  it("may be a sidecar's, the log router's or the collector's, each granted once", () => {
    const copy = (name: string) => `${ecr("111122223333", name)}@sha256:${"0".repeat(64)}`;
    const arn = (name: string) => `arn:aws:ecr:us-east-1:111122223333:repository/${name}`;
    const stack = stackOf({
      sidecars: {
        one: { image: copy("envoy"), memoryMiB: 32 },
        two: { image: copy("envoy"), memoryMiB: 32 },
      },
      logs: { driver: "firelens", destination: "cloudwatch", image: copy("fluent-bit") },
      telemetry: { image: copy("otel") },
    });
    expect(pulled(stack)).toContainEqual(pulling(own, arn("envoy"), arn("fluent-bit"), arn("otel")));
  });
});

describe("secrets", () => {
  it("may be fetched by the execution role only, each by its ARN, with the key that encrypts it", () => {
    const secretArn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe-AbCdEf";
    const parameterArn = "arn:aws:ssm:us-east-1:111122223333:parameter/shop/stripe";
    const kmsKeyArn = "arn:aws:kms:us-east-1:111122223333:key/0a";
    const secrets = { ONE: { secretArn, key: "a", kmsKeyArn }, TWO: { secretArn, key: "b" }, THREE: { parameterArn } };
    const stack = stackOf({ secrets });
    expect(pulled(stack)).toEqual(
      expect.arrayContaining([
        { actions: ["secretsmanager:GetSecretValue"], resources: [secretArn] },
        { actions: ["ssm:GetParameters"], resources: [parameterArn] },
        { actions: ["kms:Decrypt"], resources: [kmsKeyArn] },
      ]),
    );
    expect(stack.resource("aws_iam_role_policy.services_orders_task")).toBeUndefined();
    expect(JSON.stringify(pulled(stackOf({})))).not.toMatch(/secretsmanager|ssm:|kms:/);
  });
});
