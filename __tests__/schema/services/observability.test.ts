import { logs, telemetry } from "../../../schema/services/container";
import { problems, web } from "../../fixtures/problems";
import { minimalStage } from "../../fixtures/stage";

const network = { ...minimalStage.network, egress: { mode: "nat-gateway", gateways: "one" } };
const observed = (fields: object) => ({ network, ...web({ size: { cpu: 1024, memoryMiB: 2048 }, ...fields }) });
const firelens = { driver: "firelens", destination: "cloudwatch" };

describe("the logs of a service", () => {
  it("with FireLens use a small container of AWS's image", () => {
    expect(logs.parse(firelens)).toEqual({
      ...firelens,
      image: "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.4.16",
      cpu: 0,
      memoryMiB: 64,
    });
  });

  it.each<[string, object]>([
    ["CloudWatch by ECS itself", { driver: "awslogs" }],
    ["CloudWatch by a router", firelens],
    ["a bucket by a router", { driver: "firelens", destination: "s3", image: "fluent-bit:1", cpu: 64, memoryMiB: 32 }],
  ])("may go to %s", (_, written) => {
    expect(problems(observed({ logs: written }))).toBe("");
  });

  it.each<[string, object, RegExp]>([
    ["a driver that Fargate lacks", { driver: "syslog" }, /logs.driver: "syslog" must be one of "awslogs", "firelens"/],
    ["no destination", { driver: "firelens" }, /logs.destination: is missing; must be one of "cloudwatch", "s3"/],
    [
      "a destination unknown here",
      { ...firelens, destination: "datadog" },
      /"datadog" must be one of "cloudwatch", "s3"/,
    ],
    [
      "a destination of ECS itself",
      { driver: "awslogs", destination: "s3" },
      /logs.destination: "s3" is not a field of a/,
    ],
    ["a router without memory", { ...firelens, memoryMiB: 31 }, /logs.memoryMiB: 31 must be .* from 32 to/],
    [
      "an empty image",
      { ...firelens, image: "my image" },
      /logs.image: "my image" must be a container image; write one such as/,
    ],
  ])("are refused with %s", (_, written, message) => {
    expect(problems(observed({ logs: written }))).toMatch(message);
  });
});

describe("the telemetry of a service", () => {
  it("uses a small collector of AWS's image", () => {
    expect(telemetry.parse({})).toEqual({
      image: "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3",
      cpu: 64,
      memoryMiB: 128,
    });
    expect(problems(observed({ telemetry: {} }))).toBe("");
  });

  it.each<[string, object, RegExp]>([
    ["a collector without memory", { memoryMiB: 63 }, /telemetry.memoryMiB: 63 must be .* from 64 to 122880/],
    ["a collector of less than no CPU", { cpu: -1 }, /telemetry.cpu: -1 must be .* from 0 to 16384/],
    ["an empty image", { image: "" }, /telemetry.image: "" must be a container image; write one such as/],
    [
      "a field that does not exist",
      { traces: true },
      /telemetry.traces: true is not a field of a stage file; remove it/,
    ],
  ])("is refused with %s", (_, written, message) => {
    expect(problems(observed({ telemetry: written }))).toMatch(message);
  });
});
