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
  it("is accepted with its required fields only", () => {
    expect(problems({})).toBe("");
  });

  it.each<[string, object, RegExp]>([
    ["an account id that is missing", { accountId: undefined }, /accountId: is missing; write its 12 digits/],
    [
      "an account id of too few digits",
      { accountId: "1234" },
      /accountId: "1234" must be an account ID; write its 12 digits/,
    ],
    ["an owner that is empty", { owner: "" }, /owner: "" must not be empty; write a value/],
    [
      "a region that AWS does not have",
      { region: "us-eest-1" },
      /region: "us-eest-1" must be an AWS region; did you mean "us-east-1"\?$/,
    ],
    ["a field that does not exist", { acount: "1" }, /acount: "1" is not a field of a stage file; remove it/],
    ["an app in capitals", { app: "Shop" }, /app: "Shop" must be a name; write lower-case/],
    [
      "an app too long for AWS's names",
      { app: "a".repeat(25) },
      /app: "a+" is too long for AWS names; write at most 24/,
    ],
    [
      "a stage with a dash",
      { stage: "dev-01" },
      /stage: "dev-01" must be the name of a stage; write lower-case letters and digits, such as "dev02"/,
    ],
    [
      "a template in a tag",
      { tags: { team: "${path.root}" } },
      /tags.team: "\$\{path.root\}" must not contain a Terraform template \(\$\{ or %\{\); write plain text/,
    ],
    [
      "a directive in a tag",
      { tags: { team: "%{ if true }" } },
      /tags.team: .* must not contain a Terraform template \(\$\{ or %\{\); write plain text/,
    ],
    [
      "the name of a role",
      { assumeRoleArn: "deploy" },
      /assumeRoleArn: "deploy" must be the ARN of a role; write one such as "arn:aws:iam::111122223333:role\/deploy"/,
    ],
    [
      "a role that is empty",
      { assumeRoleArn: "" },
      /assumeRoleArn: "" must be the ARN of a role; write one such as "arn:aws:iam::111122223333:role\/deploy"/,
    ],
    [
      "a bucket in capitals",
      { state: { backend: "s3", bucket: "State", region: "us-east-1" } },
      /state.bucket: "State" must be a bucket name; write 3 to 63 lower-case letters, digits and dashes, such as/,
    ],
    [
      "no services",
      { services: {} },
      /services: \{\} must hold a service that receives requests; write one of kind "web"/,
    ],
    [
      "a service name with a capital",
      { services: { Orders: minimalService } },
      /services.Orders: "Orders" must be a name; write lower-case letters, digits and single dashes, such as "orders"/,
    ],

    [
      "a CIDR with host bits",
      withNetwork({ cidr: "10.0.0.1/16" }),
      /network.cidr: "10.0.0.1\/16" must not contain host bits; use "10.0.0.0\/16"/,
    ],
    [
      "a CIDR larger than a VPC",
      withNetwork({ cidr: "10.0.0.0/8" }),
      /network.cidr: .* larger than a VPC may be; write \/16/,
    ],
    ["a CIDR too small for subnets", withNetwork({ cidr: "10.0.0.0/24" }), /network.cidr: .* is too small/],
    [
      "a CIDR with three octets",
      withNetwork({ cidr: "10.0.0/16" }),
      /network.cidr: "10.0.0\/16" must be an IPv4 CIDR block; write one such as "10\.20\.0\.0\/16"/,
    ],
    [
      "one zone",
      withNetwork({ zones: ["us-east-1a"] }),
      /network.zones: .* must hold at least two zones, as a load balancer needs them; write two or more/,
    ],
    [
      "a zone twice",
      withNetwork({ zones: ["us-east-1a", "us-east-1a"] }),
      /network.zones: .* must not contain the same zone twice/,
    ],
    [
      "a zone of another region",
      withNetwork({ zones: ["us-east-1a", "eu-west-1b"] }),
      /network.zones\[1\]: "eu-west-1b" must be an availability zone of us-east-1; write one such as "us-east-1a"/,
    ],
    [
      "an unknown egress mode",
      withNetwork({ egress: { mode: "vpn" } }),
      /network.egress.mode: "vpn" must be one of "vpc-endpoints", "nat-gateway", "public-subnets"/,
    ],
    [
      "NAT's field on endpoints",
      withNetwork({ egress: { mode: "vpc-endpoints", gateways: "one" } }),
      /network.egress.gateways: "one" is not a field/,
    ],

    [
      "a CPU size Fargate lacks",
      withService({ size: { cpu: 300, memoryMiB: 512 } }),
      /services.orders.size.cpu: 300 must be a CPU size of Fargate; write 256/,
    ],
    [
      "memory that Fargate does not offer with the CPU",
      withService({ size: { cpu: 256, memoryMiB: 4096 } }),
      /services.orders.size.memoryMiB: 4096 must be a memory size that Fargate offers with cpu 256; write one of 512, 1024, 2048/,
    ],
    ["port 0", withService({ port: 0 }), /services.orders.port: 0 must be a whole number from 1 to 65535/],
    [
      "a stop timeout above Fargate's",
      withService({ stopTimeoutSeconds: 999 }),
      /stopTimeoutSeconds: 999 must be .* to 120/,
    ],
    [
      "root as the user",
      withService({ user: "root" }),
      /services.orders.user: "root" must be a user other than root; write one such as "1000:1000"/,
    ],
    [
      "user 0 with a group",
      withService({ user: "0:1000" }),
      /services.orders.user: "0:1000" must be a user other than root; write one such as "1000:1000"/,
    ],
    [
      "PORT as a plain variable",
      withService({ environment: { PORT: "80" } }),
      /environment.PORT: "80" is set by the stack; write the service's `port`/,
    ],
    [
      "a template in a variable",
      withService({ environment: { A: "${var.x}" } }),
      /environment.A: "\$\{var.x\}" must not contain a Terraform template \(\$\{ or %\{\); write plain text/,
    ],
    ["a bell in a variable", withService({ environment: { A: "ding\u0007" } }), /environment.A: .* control character/],
    ["half a character in a variable", withService({ environment: { A: "\ud800" } }), /environment.A: .* control/],
    [
      "a variable's name with a dash",
      withService({ environment: { "A-B": "1" } }),
      /environment.A-B: "A-B" must be the name of an environment variable; write letters, digits and _/,
    ],
    [
      "an image with a blank",
      withService({ image: "my image" }),
      /services.orders.image: "my image" must be a container image/,
    ],
    ["an empty image", withService({ image: "" }), /services.orders.image: "" must be a container image/],
    [
      "a path without a slash",
      withService({ routes: ["orders"] }),
      /services.orders.routes\[0\]: "orders" must be a route/,
    ],
    [
      "a greedy segment in the middle",
      withService({ routes: ["/a/*/b"] }),
      /services.orders.routes\[0\]: "\/a\/\*\/b" must be a route/,
    ],
    [
      "a route twice",
      withService({ routes: ["GET /a/{x}", "GET /a/{y}"] }),
      /routes\[1\]: "GET \/a\/\{y\}" is also a route of the same service; write it once/,
    ],
    ["no health check", { services: { orders: { kind: "web" } } }, /services.orders.healthCheck: is missing/],
    [
      "an empty health check",
      withService({ healthCheck: { container: { command: [] } } }),
      /command: \[\] must not be empty; write a program/,
    ],
    [
      "a health check slower than its interval",
      withService({ healthCheck: { container: { command: ["node"], intervalSeconds: 5, timeoutSeconds: 5 } } }),
      /container.timeoutSeconds: 5 must be below intervalSeconds; write a shorter time/,
    ],
    [
      "no room to deploy",
      withDeployment({ minimumHealthyPercent: 100, maximumPercent: 100 }),
      /minimumHealthyPercent: 100 must be below maximumPercent, so that ECS can replace a task; write less/,
    ],
    [
      "rebalancing without room",
      withDeployment({ minimumHealthyPercent: 50, maximumPercent: 100, availabilityZoneRebalancing: true }),
      /availabilityZoneRebalancing: true starts a task before it stops one/,
    ],
    [
      "retention CloudWatch lacks",
      withService({ logRetentionDays: 15 }),
      /logRetentionDays: 15 must be a retention of CloudWatch Logs; write one of 1, 3, 5, 7, 14, 30, 60, 90, 120,/,
    ],
    [
      "a timeout above API Gateway's",
      withIngress({ timeoutMilliseconds: 60000 }),
      /ingress.timeoutMilliseconds: 60000 must be a whole number/,
    ],
    ["an API without throttling", withIngress({ throttling: undefined }), /ingress.throttling: is missing/],
    [
      "two services on one route",
      { services: { orders: minimalService, users: { ...minimalService, port: 81 } } },
      /services.users.routes\[0\]: .* is also a route of service "orders"; write it once/,
    ],
    [
      "two services on one listener",
      {
        services: {
          orders: { ...minimalService, routes: ["/orders/*"] },
          users: { ...minimalService, routes: ["/users/*"] },
        },
      },
      /services.users.listenerPort: 8080 is the listener port of service "orders"; write another listenerPort/,
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

  it("reports all problems at once, those across fields included", () => {
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
