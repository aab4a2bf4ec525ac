import type { JsonObject } from "../../../wire/json";
import { refusalOf } from "../refusal";

const image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/web:1";
/** A log configuration with all options that it needs. */
export const awslogs = {
  logDriver: "awslogs",
  options: { "awslogs-group": "/web", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "web" },
};
/** The port mapping of the container. */
export const mapping = { name: "http", containerPort: 8080, hostPort: 8080, protocol: "tcp", appProtocol: "http" };
/** The essential container. */
export const container = {
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
/** A container that ends before the other starts. */
export const init = { name: "init", image: "public.ecr.aws/docker/library/busybox:1", essential: false, memory: 64 };
/** A file system. */
export const volume = {
  name: "files",
  efsVolumeConfiguration: {
    fileSystemId: "fs-1",
    transitEncryption: "ENABLED",
    authorizationConfig: { accessPointId: "fsap-1", iam: "ENABLED" },
  },
};
/** A task definition with all that ECS has. */
export const definition = {
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

/** What ECS says against a task definition. */
export const message = (input: JsonObject) => {
  const refusal = refusalOf("ecs", "RegisterTaskDefinition", input);
  if (refusal) expect(refusal.code).toBe("ClientException");
  return refusal?.message;
};
/** The task definition with changes of its essential container, and others. */
export const withContainer = (change: JsonObject, rest: JsonObject = {}): JsonObject => ({
  ...definition,
  ...rest,
  containerDefinitions: [{ ...container, ...change }, init],
});
/** The change to another launch type. */
export const onEc2 = { requiresCompatibilities: ["EC2"] };
