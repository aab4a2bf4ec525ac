import { ecrRepository } from "../../../schema/services/image";
import { problems, web } from "../../fixtures/problems";
import { minimalService, minimalStage } from "../../fixtures/stage";

const ecr = "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:1";
const elsewhere = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders:1";
const publicImage = "public.ecr.aws/nginx/nginx:1.29";

describe("the image of a service", () => {
  it.each([
    "nginx",
    publicImage,
    ecr,
    "ghcr.io/example/orders@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "localhost:5000/orders",
  ])("may be %s where the internet can be reached", (image) => {
    const network = { ...minimalStage.network, egress: { mode: "nat-gateway", gateways: "one" } };
    expect(problems({ network, ...web({ image }) })).toBe("");
  });

  it.each(["", "my image", "Orders:1", "${var.image}", "https://example.com/orders"])("is never %j", (image) => {
    expect(problems(web({ image }))).toMatch(
      /orders.image: ".*" must be a container image; write one such as "public.ecr.aws/,
    );
  });

  it("may be in ECR of the region with VPC endpoints", () => {
    expect(problems(web({ image: ecr, sidecars: { envoy: { image: ecr, memoryMiB: 64 } } }))).toBe("");
  });

  it.each<[string, object, RegExp]>([
    [
      "in a public registry",
      { image: publicImage },
      /orders.image: .* cannot be reached through VPC endpoints; copy it to ECR in us-east-1, or choose egress/,
    ],
    [
      "in ECR of another region",
      { image: elsewhere },
      /orders.image: .* cannot be reached through VPC endpoints; copy it to ECR in us-east-1, or choose egress/,
    ],
    [
      "of a sidecar",
      { sidecars: { envoy: { image: publicImage, memoryMiB: 64 } } },
      /orders.sidecars.envoy.image: .* cannot be reached through VPC endpoints; copy it to ECR in us-east-1, or choose egress/,
    ],
    [
      "of the default log router",
      { logs: { driver: "firelens", destination: "cloudwatch" } },
      /orders.logs.image: "public.ecr.aws\/aws-observability\/aws-for-fluent-bit:.*" cannot be reached through VPC endpoints; copy it to ECR in us-east-1, or choose egress/,
    ],
    [
      "of the default collector",
      { telemetry: {} },
      /orders.telemetry.image: "public.ecr.aws\/aws-observability\/aws-otel-collector:.*" cannot be reached through VPC endpoints; copy it to ECR in us-east-1, or choose egress/,
    ],
  ])("behind VPC endpoints is refused %s", (_, fields, message) => {
    expect(problems(web(fields))).toMatch(message);
  });
});

describe("an image that services share", () => {
  const sharing = (sharesImageOf: string, more: object = {}) => ({
    services: { orders: minimalService, mailer: { kind: "worker", sharesImageOf, ...more } },
  });

  it("is that of any service that has one", () => {
    expect(problems(sharing("orders"))).toBe("");
  });

  it.each<[string, object, RegExp]>([
    [
      "of an unknown service",
      sharing("order"),
      /mailer.sharesImageOf: "order" must be a service with an image of its own; write one of orders/,
    ],
    [
      "of itself",
      sharing("mailer"),
      /mailer.sharesImageOf: "mailer" must be a service with an image of its own; write one of orders/,
    ],
    [
      "of a service that shares another's image",
      {
        services: {
          orders: minimalService,
          mailer: { kind: "worker", sharesImageOf: "orders" },
          cleaner: { kind: "job", schedule: "rate(1 hour)", sharesImageOf: "mailer" },
        },
      },
      /cleaner.sharesImageOf: "mailer" must be a service with an image of its own; write one of orders/,
    ],
    [
      "of itself, the only service",
      web({ sharesImageOf: "orders" }),
      /"orders" must be a service with an image of its own; remove it/,
    ],
    [
      "with an image of its own",
      sharing("orders", { image: ecr }),
      /mailer.image: ".*" must not be combined with sharesImageOf; remove one of the two/,
    ],
  ])("is never one %s", (_, fields, message) => {
    expect(problems(fields)).toMatch(message);
  });

  it("is known while its owner has problems of its own", () => {
    const services = {
      orders: { ...minimalService, uses: ["bucket"] },
      mailer: { kind: "worker", sharesImageOf: "orders" },
    };
    expect(problems({ services })).toMatch(/^1 problem in the configuration/);
  });
});

describe("a repository of ECR", () => {
  it.each([
    [ecr, { arn: "arn:aws:ecr:us-east-1:111122223333:repository/orders", region: "us-east-1" }],
    [
      "111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/team/orders@sha256:ab",
      { arn: "arn:aws-us-gov:ecr:us-gov-west-1:111122223333:repository/team/orders", region: "us-gov-west-1" },
    ],
    ["111122223333.dkr.ecr.us-east-1.amazonaws.com/orders", expect.objectContaining({ region: "us-east-1" })],
    [publicImage, undefined],
    ["example.com/111122223333.dkr.ecr.us-east-1.amazonaws.com/orders", undefined],
  ])("is read from %s", (image, expected) => {
    expect(ecrRepository(image)).toEqual(expected);
  });
});
