import type { JsonObject } from "../../../wire/json";
import { refusalOf } from "../refusal";

const image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/web:1";
const awslogs = {
  logDriver: "awslogs",
  options: { "awslogs-group": "/web", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "web" },
};
const mapping = { name: "http", containerPort: 8080, hostPort: 8080, protocol: "tcp", appProtocol: "http" };
const container = {
  name: "web",
  image,
  essential: true,
  cpu: 192,
  environment: [{ name: "PORT", value: "8080" }],
  secrets: [
    { name: "MAILER", valueFrom: "arn:aws:ssm:us-east-1:111122223333:parameter/shop/mailer" },
    { name: "STRIPE", valueFrom: "arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe-AbCdEf:live::" },
    { name: "LOCAL", valueFrom: "/shop/local" },
  ],
  portMappings: [mapping],
  mountPoints: [{ sourceVolume: "files", containerPath: "/files", readOnly: false }],
  linuxParameters: { initProcessEnabled: true, capabilities: { add: ["SYS_PTRACE"], drop: ["ALL"] } },
  ulimits: [{ name: "nofile", softLimit: 1000, hardLimit: 1000 }],
  dependsOn: [{ containerName: "init", condition: "SUCCESS" }],
  stopTimeout: 30,
  healthCheck: { command: ["CMD", "node", "health.js"], interval: 30, timeout: 5, retries: 3, startPeriod: 60 },
  restartPolicy: { enabled: true, ignoredExitCodes: [0], restartAttemptPeriod: 300 },
  logConfiguration: awslogs,
};
const init = { name: "init", image: "public.ecr.aws/docker/library/busybox:1", essential: false, memory: 64 };
const volume = {
  name: "files",
  efsVolumeConfiguration: {
    fileSystemId: "fs-1",
    transitEncryption: "ENABLED",
    authorizationConfig: { accessPointId: "fsap-1", iam: "ENABLED" },
  },
};
const definition = {
  family: "web",
  requiresCompatibilities: ["FARGATE"],
  networkMode: "awsvpc",
  cpu: "256",
  memory: "512",
  executionRoleArn: "arn:aws:iam::111122223333:role/web-execution",
  runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
  ephemeralStorage: { sizeInGiB: 21 },
  volumes: [volume, { name: "buffer" }],
  containerDefinitions: [container, init],
};

const message = (input: JsonObject) => {
  const refusal = refusalOf("ecs", "RegisterTaskDefinition", input);
  if (refusal) expect(refusal.code).toBe("ClientException");
  return refusal?.message;
};
const withContainer = (change: JsonObject, rest: JsonObject = {}): JsonObject => ({
  ...definition,
  ...rest,
  containerDefinitions: [{ ...container, ...change }, init],
});
const onEc2 = { requiresCompatibilities: ["EC2"] };

it("takes a task definition with all that ECS has", () => {
  expect(message(definition)).toBeUndefined();
});

describe("a task size", () => {
  it.each([
    ["256", "512"],
    ["0.25 vCPU", "0.5 GB"],
    ["1 vcpu", "8GB"],
    ["4096", "30720"],
    ["8192", "61440"],
    ["16384", "122880"],
  ])("of Fargate is %s with %s", (cpu, memory) => {
    expect(message({ ...definition, cpu, memory })).toBeUndefined();
  });

  it.each([
    ["256", "4096", /^No Fargate configuration exists for given values: 256 CPU, 4096 memory/],
    ["300", "512", /^No Fargate configuration/],
    ["1024", "2560", /^No Fargate configuration/],
    ["8192", "17408", /^No Fargate configuration/],
    ["much", "512", /^Invalid 'cpu' setting for task/],
    ["256", "1 TB", /^Invalid 'memory' setting for task/],
    ["", "512", /^Fargate requires that 'cpu' be defined at the task level\.$/],
  ])("of Fargate is never %s with %s", (cpu, memory, expected) => {
    expect(message({ ...definition, cpu, memory })).toMatch(expected);
  });

  it("of Windows has at least 1 vCPU", () => {
    const runtimePlatform = { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" };
    expect(message({ ...definition, runtimePlatform })).toMatch(/^No Fargate configuration/);
  });

  it("is not smaller than a container's memory", () => {
    expect(message(withContainer({ memory: 513 }))).toBe(
      "The 'memory' setting for container 'web' is greater than for the task.",
    );
  });

  it("is not smaller than what the containers reserve together", () => {
    expect(message(withContainer({ memoryReservation: 512 }))).toBeUndefined();
    const reserved = {
      ...definition,
      containerDefinitions: [
        { ...container, memoryReservation: 480 },
        { ...init, memoryReservation: 40 },
      ],
    };
    expect(message(reserved)).toMatch(/^The sum of all container 'memoryReservation' values/);
    expect(message(withContainer({ cpu: 257 }))).toMatch(/^The sum of all container 'cpu' values/);
  });

  it("can be left out on EC2 when the containers have a memory", () => {
    expect(message(withContainer({ memory: 128 }, { ...onEc2, cpu: undefined, memory: undefined }))).toBeUndefined();
    expect(message(withContainer({}, { ...onEc2, cpu: undefined, memory: undefined }))).toBe(
      "Invalid setting for container 'web'. At least one of 'memory' or 'memoryReservation' must be specified.",
    );
  });

  it("has no reservation above the hard limit", () => {
    expect(message(withContainer({ memory: 64, memoryReservation: 128 }))).toMatch(/hard limit 'memory'/);
  });
});

describe("containers", () => {
  it("have different names", () => {
    expect(
      message({
        ...definition,
        containerDefinitions: [
          { ...container, dependsOn: [] },
          { ...init, name: "web" },
        ],
      }),
    ).toBe("Container names must be unique within a Task Definition.");
  });

  it.each([
    [{ name: undefined }, "Container.name should not be null or empty."],
    [{ name: "the web" }, "Container.name contains invalid characters."],
    [{ image: "" }, "Container.image should not be null or empty."],
  ])("have a valid name and an image, not %j", (change, expected) => {
    expect(message(withContainer(change))).toBe(expected);
  });

  it("are at least one, and one of them essential", () => {
    expect(message({ ...definition, containerDefinitions: [] })).toBe("Container list cannot be empty.");
    expect(message(withContainer({ essential: false }))).toMatch(/at least one essential container/);
  });

  it("depend on containers that exist", () => {
    expect(message(withContainer({ dependsOn: [{ containerName: "db", condition: "START" }] }))).toMatch(
      /^Cannot depend on container .* because it does not exist$/,
    );
  });

  it("wait for the end of containers that are not essential, and for the health of those with a health check", () => {
    const dependent = (condition: string) => ({
      ...definition,
      containerDefinitions: [
        { ...container, dependsOn: [] },
        { ...init, dependsOn: [{ containerName: "web", condition }] },
      ],
    });
    expect(message(dependent("HEALTHY"))).toBeUndefined();
    expect(message(dependent("COMPLETE"))).toBe(
      "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container",
    );
    expect(message(withContainer({ dependsOn: [{ containerName: "init", condition: "HEALTHY" }] }))).toMatch(
      /must have a health check/,
    );
  });

  it("do not wait for each other in a cycle", () => {
    const cycle = { ...init, dependsOn: [{ containerName: "web", condition: "START" }] };
    expect(message({ ...definition, containerDefinitions: [container, cycle] })).toMatch(/cycle$/);
  });
});

describe("port mappings", () => {
  it("have the same port on the host in awsvpc, or none", () => {
    expect(message(withContainer({ portMappings: [{ containerPort: 8080, hostPort: 0 }] }))).toBeUndefined();
    expect(message(withContainer({ portMappings: [{ containerPort: 8080, hostPort: 80 }] }))).toBe(
      "When networkMode=awsvpc, the host ports and container ports in port mappings must match.",
    );
  });

  it("can differ in bridge mode", () => {
    const portMappings = [{ containerPort: 8080, hostPort: 80 }];
    expect(message(withContainer({ portMappings }, { ...onEc2, networkMode: "bridge" }))).toBeUndefined();
  });

  it.each([
    [[{ hostPort: 80 }], /^Invalid 'containerPort' setting for container 'web'/],
    [[{ containerPort: 70000 }], /^Invalid 'containerPort'/],
    [[{ containerPort: 80, hostPort: 70000 }], /^Invalid 'hostPort' setting for container 'web'/],
    [[mapping, { ...mapping, name: "other" }], /^TCP host port '8080' is mapped multiple times in task\.$/],
    [[mapping, { ...mapping, containerPort: 81, hostPort: 81 }], /^Port mapping name 'http' must be unique/],
    [[{ ...mapping, name: "-http" }], /^Port mapping name '-http' is not valid/],
  ])("are refused as %j", (portMappings, expected) => {
    expect(message(withContainer({ portMappings }))).toMatch(expected);
  });

  it("do not exist without a network", () => {
    expect(message(withContainer({}, { ...onEc2, networkMode: "none" }))).toMatch(
      /not supported when networkMode=none/,
    );
  });

  it("can have one port for TCP and UDP", () => {
    const portMappings = [mapping, { containerPort: 8080, protocol: "udp" }];
    expect(message(withContainer({ portMappings }))).toBeUndefined();
  });
});

describe("volumes", () => {
  it("exist when they are mounted", () => {
    const mountPoints = [{ sourceVolume: "cache", containerPath: "/cache" }];
    expect(message(withContainer({ mountPoints }))).toBe("Unknown volume 'cache'.");
    expect(message(withContainer({ volumesFrom: [{ sourceContainer: "db" }] }))).toBe("Unknown container 'db'.");
  });

  it.each([
    [{ transitEncryption: "DISABLED" }, /IAM authorization requires 'transitEncryption'/],
    [{ transitEncryption: "DISABLED", authorizationConfig: { accessPointId: "fsap-1" } }, /access points require/],
    [{ rootDirectory: "/data" }, /'rootDirectory' must either be omitted or set to \//],
  ])("of EFS are refused with %j", (change, expected) => {
    const efsVolumeConfiguration = { ...volume.efsVolumeConfiguration, ...change };
    expect(message({ ...definition, volumes: [{ ...volume, efsVolumeConfiguration }] })).toMatch(expected);
  });

  it("of EFS are no path of the host", () => {
    expect(message({ ...definition, ...onEc2, volumes: [{ ...volume, host: { sourcePath: "/" } }] })).toMatch(
      /^A volume cannot specify both/,
    );
  });

  it("leave 21 to 200 GiB of ephemeral storage", () => {
    expect(message({ ...definition, ephemeralStorage: { sizeInGiB: 200 } })).toBeUndefined();
    expect(message({ ...definition, ephemeralStorage: { sizeInGiB: 20 } })).toMatch(/between 21 and 200/);
  });
});

describe("settings of a container", () => {
  it.each([
    [{ interval: 4 }, /'interval' must be between 5 and 300/],
    [{ timeout: 61 }, /'timeout' must be between 2 and 60/],
    [{ retries: 11 }, /'retries' must be between 1 and 10/],
    [{ startPeriod: 301 }, /'startPeriod' must be between 0 and 300/],
    [{ command: ["node", "health.js"] }, /must start with CMD or CMD-SHELL/],
  ])("have no health check with %j", (change, expected) => {
    expect(message(withContainer({ healthCheck: { ...container.healthCheck, ...change } }))).toMatch(expected);
  });

  it("name the log group and its region for awslogs", () => {
    expect(message(withContainer({ logConfiguration: { logDriver: "awslogs", options: {} } }))).toBe(
      "Log driver awslogs requires options: awslogs-region, awslogs-group, awslogs-stream-prefix",
    );
  });

  it("use awsfirelens only beside a log router", () => {
    const logConfiguration = { logDriver: "awsfirelens", options: { Name: "cloudwatch_logs" } };
    expect(message(withContainer({ logConfiguration }))).toMatch(/'firelensConfiguration' is required/);
    const router = { ...init, firelensConfiguration: { type: "fluentbit" } };
    expect(
      message({ ...definition, containerDefinitions: [{ ...container, logConfiguration }, router] }),
    ).toBeUndefined();
  });

  it.each([
    [{ name: "PORT", valueFrom: "/shop/port" }, /^The secret name must be unique .* such as 'PORT'\.$/],
    [{ name: "A", valueFrom: "arn:aws:s3:::bucket" }, /^The ARN specified for secret A is invalid/],
    [{ name: "A", valueFrom: "two words" }, /^The Systems Manager parameter name specified for secret A is invalid/],
  ])("have no secret %j", (secret, expected) => {
    expect(message(withContainer({ secrets: [secret] }))).toMatch(expected);
  });

  it.each([
    [{ restartPolicy: { enabled: true, restartAttemptPeriod: 59 } }, /between 60 and 1800/],
    [{ ulimits: [{ name: "nofile", softLimit: 2, hardLimit: 1 }] }, /ulimit 'nofile'/],
  ])("have limits that fit: %j is refused", (change, expected) => {
    expect(message(withContainer(change))).toMatch(expected);
  });
});

describe("the execution role", () => {
  const without = { executionRoleArn: undefined };

  it.each([
    [
      { secrets: [], repositoryCredentials: { credentialsParameter: "arn" } },
      "Private repository authentication requires that the task definition specify a value for executionRoleArn.",
    ],
    [{}, "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'."],
    [{ secrets: [] }, "Fargate requires task definition to have execution role ARN to support ECR images."],
    [
      { secrets: [], image: "nginx" },
      "Fargate requires task definition to have execution role ARN to support log driver awslogs.",
    ],
  ])("is needed with %j", (change, expected) => {
    expect(message(withContainer(change, without))).toBe(expected);
  });

  it("is not needed for a public image without logs", () => {
    expect(
      message(withContainer({ secrets: [], image: "nginx", logConfiguration: undefined }, without)),
    ).toBeUndefined();
  });

  it("is a role", () => {
    expect(message({ ...definition, executionRoleArn: "arn:aws:iam::111122223333:user/web" })).toBe(
      "Role is not valid",
    );
  });
});

describe("Fargate", () => {
  it.each([
    [{ privileged: true }, /do not support privileged$/],
    [{ links: ["init"] }, /do not support links$/],
    [{ dnsServers: ["10.0.0.2"] }, /do not support dnsServers$/],
    [{ linuxParameters: { sharedMemorySize: 64 } }, /do not support sharedMemorySize$/],
    [
      { linuxParameters: { capabilities: { add: ["NET_ADMIN"] } } },
      /do not support adding the capability 'NET_ADMIN'$/,
    ],
    [{ logConfiguration: { logDriver: "json-file" } }, /do not support log driver 'json-file'$/],
    [{ resourceRequirements: [{ type: "GPU", value: "1" }] }, /do not support GPU$/],
    [{ stopTimeout: 121 }, /'stopTimeout' must be between 2 and 120/],
  ])("takes no container with %j, unlike EC2", (change, expected) => {
    expect(message(withContainer(change))).toMatch(expected);
    expect(message(withContainer(change, onEc2))).toBeUndefined();
  });

  it.each([
    [{ networkMode: "bridge" }, /^Fargate only supports network mode ‘awsvpc’\.$/],
    [{ ipcMode: "task" }, /do not support ipcMode$/],
    [{ placementConstraints: [{ type: "memberOf", expression: "a" }] }, /do not support placementConstraints$/],
    [{ volumes: [volume, { name: "a", dockerVolumeConfiguration: { scope: "task" } }] }, /dockerVolumeConfiguration$/],
    [{ volumes: [volume, { name: "host", host: { sourcePath: "/" } }] }, /do not support host\.sourcePath$/],
  ])("takes no task with %j", (change, expected) => {
    expect(message({ ...definition, ...change })).toMatch(expected);
  });

  it("takes parameters that are empty or false", () => {
    expect(message(withContainer({ links: [], privileged: false, dnsServers: [] }))).toBeUndefined();
  });
});
