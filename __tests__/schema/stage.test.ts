import { parseStage } from "../../schema/loader";
import { ConfigError } from "../../schema/problems";
import { minimalService, minimalStage, stageWith } from "../fixtures/stage";

const withNetwork = (fields: object) => ({ network: { ...minimalStage.network, ...fields } });
const withService = (fields: object) => ({ services: { orders: { ...minimalService, ...fields } } });
const withDeployment = (fields: object) => withService({ deployment: { strategy: "rolling", ...fields } });
const withIngress = (fields: object) => ({ ingress: { ...minimalStage.ingress, ...fields } });

function problems(fields: object): string {
  const found = parseStage("config/dev/dev01/us-east-1-dev01.ts", { ...minimalStage, ...fields }).problems;
  return found.length === 0 ? "" : new ConfigError(found).message;
}

describe("a stage file", () => {
  it("is accepted with nothing but what has no default", () => {
    expect(problems({})).toBe("");
  });

  it.each<[string, object, RegExp]>([
    ["an account id that is missing", { accountId: undefined }, /accountId: is missing; write its 12 digits/],
    [
      "an account id of too few digits",
      { accountId: "1234" },
      /accountId: "1234" is no account id; write its 12 digits/,
    ],
    ["an owner that is empty", { owner: "" }, /owner: "" is empty; write a value/],
    ["a region that AWS does not have", { region: "us-eest-1" }, /region: "us-eest-1" is no AWS region; write one/],
    ["a field that does not exist", { acount: "1" }, /acount: "1" is not a field of a stage file; remove it/],
    ["an app in capitals", { app: "Shop" }, /app: "Shop" is no name; write lower-case/],
    [
      "an app too long for AWS's names",
      { app: "a".repeat(25) },
      /app: "a+" breaks AWS's limits on names; write at most 24/,
    ],
    ["a stage with a dash", { stage: "dev-01" }, /stage: "dev-01" is no stage; write lower-case letters and digits/],
    [
      "a template in a tag",
      { tags: { team: "${path.root}" } },
      /tags.team: "\$\{path.root\}" holds a Terraform template/,
    ],
    ["a directive in a tag", { tags: { team: "%{ if true }" } }, /tags.team: .* holds a Terraform template/],
    ["a role that is no ARN", { assumeRoleArn: "deploy" }, /assumeRoleArn: "deploy" is no role ARN; write one such as/],
    ["a role that is empty", { assumeRoleArn: "" }, /assumeRoleArn: "" is no role ARN/],
    [
      "a bucket in capitals",
      { state: { backend: "s3", bucket: "State", region: "us-east-1" } },
      /state.bucket: "State" is no bucket name/,
    ],
    [
      "no services",
      { services: {} },
      /services: \{\} hold none that the way in could lead to; write a service of kind "web"/,
    ],
    ["a service name with a capital", { services: { Orders: minimalService } }, /services.Orders: "Orders" is no name/],

    [
      "a CIDR with host bits",
      withNetwork({ cidr: "10.0.0.1/16" }),
      /network.cidr: "10.0.0.1\/16" has host bits; write "10.0.0.0\/16"/,
    ],
    [
      "a CIDR larger than a VPC",
      withNetwork({ cidr: "10.0.0.0/8" }),
      /network.cidr: .* larger than a VPC may be; write \/16/,
    ],
    ["a CIDR too small for subnets", withNetwork({ cidr: "10.0.0.0/24" }), /network.cidr: .* is too small/],
    ["a CIDR that is none", withNetwork({ cidr: "10.0.0/16" }), /network.cidr: "10.0.0\/16" is no IPv4 CIDR block/],
    [
      "one zone",
      withNetwork({ zones: ["us-east-1a"] }),
      /network.zones: .* holds fewer than two zones; write two or more/,
    ],
    ["a zone twice", withNetwork({ zones: ["us-east-1a", "us-east-1a"] }), /network.zones: .* names a zone twice/],
    [
      "a zone of another region",
      withNetwork({ zones: ["us-east-1a", "eu-west-1b"] }),
      /network.zones\[1\]: "eu-west-1b" is no zone of us-east-1; write zones such as "us-east-1a"/,
    ],
    [
      "an unknown way out",
      withNetwork({ egress: { mode: "vpn" } }),
      /network.egress.mode: "vpn" is no way out; write "vpc-endpoints"/,
    ],
    [
      "NAT's field on endpoints",
      withNetwork({ egress: { mode: "vpc-endpoints", gateways: "one" } }),
      /network.egress.gateways: "one" is not a field/,
    ],

    [
      "a CPU size Fargate lacks",
      withService({ size: { cpu: 300, memoryMiB: 512 } }),
      /services.orders.size.cpu: 300 is no CPU size of Fargate; write 256/,
    ],
    [
      "memory that does not go with the CPU",
      withService({ size: { cpu: 256, memoryMiB: 4096 } }),
      /services.orders.size.memoryMiB: 4096 does not go with cpu 256 on Fargate; write one of 512, 1024, 2048/,
    ],
    [
      "port 0",
      withService({ port: 0 }),
      /services.orders.port: 0 is out of range; write a whole number from 1 to 65535/,
    ],
    [
      "a stop timeout above Fargate's",
      withService({ stopTimeoutSeconds: 999 }),
      /stopTimeoutSeconds: 999 is out of range; .* to 120/,
    ],
    [
      "root as the user",
      withService({ user: "root" }),
      /services.orders.user: "root" is no user; write one that is not root/,
    ],
    ["user 0 with a group", withService({ user: "0:1000" }), /services.orders.user: "0:1000" is no user/],
    [
      "PORT as a plain variable",
      withService({ environment: { PORT: "80" } }),
      /environment.PORT: "80" is set by the stack; write the service's `port`/,
    ],
    [
      "a template in a variable",
      withService({ environment: { A: "${var.x}" } }),
      /environment.A: "\$\{var.x\}" holds a Terraform template/,
    ],
    ["a bell in a variable", withService({ environment: { A: "ding\u0007" } }), /environment.A: .* control character/],
    ["half a character in a variable", withService({ environment: { A: "\ud800" } }), /environment.A: .* control/],
    [
      "a variable's name with a dash",
      withService({ environment: { "A-B": "1" } }),
      /environment.A-B: "A-B" is no name of an environment variable/,
    ],
    ["an image with a blank", withService({ image: "my image" }), /services.orders.image: "my image" is no image/],
    ["an empty image", withService({ image: "" }), /services.orders.image: "" is no image/],
    [
      "a path without a slash",
      withService({ routes: ["orders"] }),
      /services.orders.routes\[0\]: "orders" is no route/,
    ],
    [
      "a greedy segment in the middle",
      withService({ routes: ["/a/*/b"] }),
      /services.orders.routes\[0\]: "\/a\/\*\/b" is no route/,
    ],
    [
      "a route twice",
      withService({ routes: ["GET /a/{x}", "GET /a/{y}"] }),
      /routes\[1\]: "GET \/a\/\{y\}" is also answered by the same service/,
    ],
    ["no health check", { services: { orders: { kind: "web" } } }, /services.orders.healthCheck: is missing/],
    [
      "an empty health check",
      withService({ healthCheck: { container: { command: [] } } }),
      /command: \[\] is empty; write a program/,
    ],
    [
      "a health check slower than its interval",
      withService({ healthCheck: { container: { command: ["node"], intervalSeconds: 5, timeoutSeconds: 5 } } }),
      /container.timeoutSeconds: 5 is not below intervalSeconds/,
    ],
    [
      "no room to deploy",
      withDeployment({ minimumHealthyPercent: 100, maximumPercent: 100 }),
      /minimumHealthyPercent: 100 leaves no room to replace a task/,
    ],
    [
      "rebalancing without room",
      withDeployment({ minimumHealthyPercent: 50, maximumPercent: 100, availabilityZoneRebalancing: true }),
      /availabilityZoneRebalancing: true starts a task before it stops one/,
    ],
    [
      "retention CloudWatch lacks",
      withService({ logRetentionDays: 15 }),
      /logRetentionDays: 15 is no retention of CloudWatch Logs; write one of 1, 3/,
    ],
    [
      "a timeout above API Gateway's",
      withIngress({ timeoutMilliseconds: 60000 }),
      /ingress.timeoutMilliseconds: 60000 is out of range/,
    ],
    ["an API without throttling", withIngress({ throttling: undefined }), /ingress.throttling: is missing/],
    [
      "two services on one route",
      { services: { orders: minimalService, users: { ...minimalService, port: 81 } } },
      /services.users.routes\[0\]: .* is also answered by service "orders"/,
    ],
    [
      "two services on one listener",
      {
        services: {
          orders: { ...minimalService, routes: ["/orders/*"] },
          users: { ...minimalService, routes: ["/users/*"] },
        },
      },
      /services.users.listenerPort: 8080 is the listener of service "orders" already/,
    ],
    [
      "two parameters in one place",
      { services: { orders: { ...minimalService, routes: ["GET /a/{x}", "GET /a/{y}/b"] } } },
      /routes\[1\]: .* has \{y\} where another route has \{x\}/,
    ],
    [
      "a parameter beside everything",
      { services: { orders: { ...minimalService, routes: ["/a/*", "GET /a/{x}"] } } },
      /routes\[1\]: .* has \{x\} where another route has \*/,
    ],
  ])("is refused with %s", (_, fields, message) => {
    expect(problems(fields)).toMatch(message);
  });

  it("tells every problem at once, also those over several fields", () => {
    const message = problems({
      accountId: "1",
      ...withNetwork({ zones: ["us-east-1a", "eu-west-1b"] }),
      ...withService({ port: 0 }),
    });
    expect(message).toContain("3 problems in the configuration");
    expect(message).toMatch(/accountId/);
    expect(message).toMatch(/network.zones\[1\]/);
    expect(message).toMatch(/services.orders.port/);
  });

  it("accepts two services on routes and listeners of their own", () => {
    const { services } = stageWith({
      services: {
        orders: { ...minimalService, routes: ["/orders/*"] },
        users: { ...minimalService, routes: ["GET /users/{id}", "POST /users"], listenerPort: 8081 },
      },
    });
    expect(Object.keys(services)).toEqual(["orders", "users"]);
  });
});
