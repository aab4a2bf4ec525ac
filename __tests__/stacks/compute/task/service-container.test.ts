import { serviceContainer } from "../../../../stacks/compute/task/containers";
import { containersOf } from "../../../fixtures/synthesized";
import { minimalService, minimalWorker, stackWith, stageWith } from "../../../fixtures/stage";

const logConfiguration = { logDriver: "awslogs" as const, options: {} };
const stageSecret = () => ({ arn: "arn", kmsKeyArn: undefined });
const settings = { name: "orders", image: "image:1", variables: {}, labels: {}, stageSecret, logConfiguration };
const alone = { ...settings, dependsOn: [], hasSidecars: false };

function containerOf(fields: object = {}) {
  const { orders } = stageWith({ services: { orders: { ...minimalService, ...fields } } }).services;
  if (orders === undefined) throw new Error("the stage has no service orders");
  return serviceContainer(orders, alone);
}

describe("a service's container", () => {
  it("runs as a non-root user with a read-only root and an init process by default", () => {
    expect(containerOf()).toMatchObject({
      user: "1000:1000",
      readonlyRootFilesystem: true,
      linuxParameters: { initProcessEnabled: true },
      essential: true,
    });
    expect(containerOf()).not.toHaveProperty("privileged");
    expect(containerOf()).not.toHaveProperty("linuxParameters.tmpfs");
  });

  it("can have a writable root, another user, and no init process", () => {
    expect(containerOf({ readonlyRootFilesystem: false, user: "node", initProcessEnabled: false })).toMatchObject({
      readonlyRootFilesystem: false,
      user: "node",
      linuxParameters: { initProcessEnabled: false },
    });
  });

  it("can write to tmpfs at the configured paths, mounted with nosuid and nodev", () => {
    const { linuxParameters } = containerOf({ tmpfs: { "/var/run": { sizeMiB: 8 }, "/tmp": { sizeMiB: 64 } } });
    const mountOptions = ["rw", "nosuid", "nodev"];
    expect(linuxParameters?.tmpfs).toEqual([
      { containerPath: "/tmp", size: 64, mountOptions },
      { containerPath: "/var/run", size: 8, mountOptions },
    ]);
  });

  it("has the configured limit of open files", () => {
    expect(containerOf()).not.toHaveProperty("ulimits");
    expect(containerOf({ openFileLimit: 100000 }).ulimits).toEqual([
      { name: "nofile", softLimit: 100000, hardLimit: 100000 },
    ]);
  });

  it("is restarted within its task only with a restart policy", () => {
    expect(containerOf()).not.toHaveProperty("restartPolicy");
    expect(
      containerOf({ restartPolicy: { ignoredExitCodes: [0, 143], restartAttemptPeriodSeconds: 60 } }).restartPolicy,
    ).toEqual({
      enabled: true,
      ignoredExitCodes: [0, 143],
      restartAttemptPeriod: 60,
    });
    expect(containerOf({ restartPolicy: {} }).restartPolicy).toMatchObject({ restartAttemptPeriod: 300 });
  });

  it("runs the image's command, or the configured one", () => {
    expect(containerOf()).not.toHaveProperty("command");
    expect(containerOf({ command: ["node", "other.js"] }).command).toEqual(["node", "other.js"]);
  });

  it("serves one port, which has a name for Service Connect", () => {
    const port = { name: "http", protocol: "tcp", appProtocol: "http" };
    expect(containerOf().portMappings).toEqual([{ ...port, containerPort: 8080, hostPort: 8080 }]);
    expect(containerOf({ port: 9090 }).portMappings).toEqual([{ ...port, containerPort: 9090, hostPort: 9090 }]);
  });

  it("is checked by a command of its own image, without a shell", () => {
    expect(containerOf().healthCheck).toEqual({
      command: ["CMD", "node", "dist/health-check.js"],
      interval: 30,
      timeout: 5,
      retries: 3,
      startPeriod: 60,
    });
  });

  it("has a stop timeout of 30 seconds by default", () => {
    expect(containerOf().stopTimeout).toBe(30);
    expect(containerOf({ stopTimeoutSeconds: 120 }).stopTimeout).toBe(120);
  });

  it("has all of its task's CPU when it is the only container", () => {
    expect(containerOf()).not.toHaveProperty("cpu");
    expect(containerOf()).not.toHaveProperty("memory");
  });
});

describe("a worker's container", () => {
  it("has no port, and a health check only when one is configured", () => {
    const check = { container: { command: ["node", "check.js"], intervalSeconds: 20 } };
    const services = { web: minimalService, orders: minimalWorker, mail: { ...minimalWorker, healthCheck: check } };
    const stack = stackWith({ services });
    const { orders } = containersOf(stack);
    expect(orders).not.toHaveProperty("portMappings");
    expect(orders).not.toHaveProperty("healthCheck");
    const { mail } = containersOf(stack, "mail");
    expect(mail).toMatchObject({ healthCheck: { command: ["CMD", "node", "check.js"], interval: 20 } });
  });
});
