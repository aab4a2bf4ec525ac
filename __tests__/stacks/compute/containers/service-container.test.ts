import type { StageInput } from "../../../../config";
import { serviceContainer } from "../../../../stacks/compute/containers/service-container";
import { containersOf } from "../../../expression";
import { minimalJob, minimalService, minimalWorker, stackOf, stackWith, stageWith, waysIn } from "../../../stage";

const logConfiguration = { logDriver: "awslogs" as const, options: {} };
const alone = { name: "orders", image: "image:1", settings: {}, logConfiguration, dependsOn: [], accompanied: false };

function containerOf(fields: object = {}) {
  const { orders } = stageWith({ services: { orders: { ...minimalService, ...fields } } }).services;
  if (orders === undefined) throw new Error("the stage has no service orders");
  return serviceContainer(orders, alone);
}

function variablesOf(fields: object = {}, task?: string) {
  const services = { orders: { ...minimalService, ...fields }, sweep: minimalJob, mail: minimalWorker };
  const containers = containersOf(stackWith({ services }), task && `${task}_task_definition`);
  return containers[task ?? "orders"]?.environment;
}

describe("a service's container", () => {
  it("is locked down by default: not root, a read-only file system, an init process", () => {
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
    expect(containerOf({ writableRoot: true, user: "node", initProcess: false })).toMatchObject({
      readonlyRootFilesystem: false,
      user: "node",
      linuxParameters: { initProcessEnabled: false },
    });
  });

  it("can write to memory at some paths, where no program of another user runs", () => {
    const { linuxParameters } = containerOf({ writablePaths: { "/var/run": { sizeMiB: 8 }, "/tmp": { sizeMiB: 64 } } });
    const mountOptions = ["rw", "nosuid", "nodev"];
    expect(linuxParameters?.tmpfs).toEqual([
      { containerPath: "/tmp", size: 64, mountOptions },
      { containerPath: "/var/run", size: 8, mountOptions },
    ]);
  });

  it("may have more files open when asked for", () => {
    expect(containerOf()).not.toHaveProperty("ulimits");
    expect(containerOf({ openFileLimit: 100000 }).ulimits).toEqual([
      { name: "nofile", softLimit: 100000, hardLimit: 100000 },
    ]);
  });

  it("is started anew within its task only when asked for", () => {
    expect(containerOf()).not.toHaveProperty("restartPolicy");
    expect(containerOf({ restart: { ignoredExitCodes: [0, 143], attemptPeriodSeconds: 60 } }).restartPolicy).toEqual({
      enabled: true,
      ignoredExitCodes: [0, 143],
      restartAttemptPeriod: 60,
    });
    expect(containerOf({ restart: {} }).restartPolicy).toMatchObject({ restartAttemptPeriod: 300 });
  });

  it("runs the image's program, or another", () => {
    expect(containerOf()).not.toHaveProperty("command");
    expect(containerOf({ command: ["node", "other.js"] }).command).toEqual(["node", "other.js"]);
  });

  it("serves one port, which has a name for Service Connect", () => {
    const port = { name: "http", protocol: "tcp", appProtocol: "http" };
    expect(containerOf().portMappings).toEqual([{ ...port, containerPort: 8080, hostPort: 8080 }]);
    expect(containerOf({ port: 9090 }).portMappings).toEqual([{ ...port, containerPort: 9090, hostPort: 9090 }]);
  });

  it("is checked by a program of its own image, without a shell", () => {
    expect(containerOf().healthCheck).toEqual({
      command: ["CMD", "node", "dist/health-check.js"],
      interval: 30,
      timeout: 5,
      retries: 3,
      startPeriod: 60,
    });
  });

  it("stops within thirty seconds unless told otherwise", () => {
    expect(containerOf().stopTimeout).toBe(30);
    expect(containerOf({ stopTimeoutSeconds: 120 }).stopTimeout).toBe(120);
  });

  it("has all of its task's CPU while it is alone", () => {
    expect(containerOf()).not.toHaveProperty("cpu");
    expect(containerOf()).not.toHaveProperty("memory");
  });
});

describe("a worker's container", () => {
  it("serves no port, and is checked only when it says how", () => {
    const check = { container: { command: ["node", "check.js"], intervalSeconds: 20 } };
    const services = { web: minimalService, orders: minimalWorker, mail: { ...minimalWorker, healthCheck: check } };
    const stack = stackWith({ services });
    const { orders } = containersOf(stack);
    expect(orders).not.toHaveProperty("portMappings");
    expect(orders).not.toHaveProperty("healthCheck");
    const { mail } = containersOf(stack, "mail_task_definition");
    expect(mail).toMatchObject({ healthCheck: { command: ["CMD", "node", "check.js"], interval: 20 } });
  });
});

describe("a service's variables", () => {
  it("tell a web service its port, how long to keep connections and how long to stop, all in the order of names", () => {
    expect(variablesOf({ port: 9090, stopTimeoutSeconds: 45, environment: { ZONE: "z", AREA: "a" } })).toEqual([
      { name: "AREA", value: "a" },
      { name: "KEEP_ALIVE_SECONDS", value: "355" },
      { name: "PORT", value: "9090" },
      { name: "STOP_TIMEOUT_SECONDS", value: "45" },
      { name: "ZONE", value: "z" },
    ]);
  });

  it("let a connection live longer than its load balancer lets it be idle", () => {
    const keepAlive = (ingress: StageInput["ingress"]) =>
      containersOf(stackOf({}, { ingress })).orders?.environment?.find(({ name }) => name === "KEEP_ALIVE_SECONDS");
    expect(keepAlive(waysIn.alb)?.value).toBe("65");
    expect(keepAlive(waysIn["rest-api via nlb"])?.value).toBe("355");
  });

  it("tell workers and jobs only how long to stop", () => {
    const stopping = [{ name: "STOP_TIMEOUT_SECONDS", value: "30" }];
    expect(variablesOf({}, "mail")).toEqual(stopping);
    expect(variablesOf({}, "sweep")).toEqual(stopping);
  });

  it("arrive literally", () => {
    const text = 'a "b" \\ c\n$d %e é $$ {{x}} \t/';
    const { orders } = containersOf(stackOf({ environment: { MOTTO: text } }));
    expect(orders?.environment).toContainEqual({ name: "MOTTO", value: text });
  });
});

describe("a service's secrets", () => {
  const secretArn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe-AbCdEf";
  const parameterArn = "arn:aws:ssm:us-east-1:111122223333:parameter/shop/stripe";

  it("are references, never values: a whole secret, a key of one, a parameter", () => {
    expect(
      containerOf({ secrets: { WHOLE: { secretArn }, PART: { secretArn, key: "live" }, OTHER: { parameterArn } } })
        .secrets,
    ).toEqual([
      { name: "OTHER", valueFrom: parameterArn },
      { name: "PART", valueFrom: `${secretArn}:live::` },
      { name: "WHOLE", valueFrom: secretArn },
    ]);
    expect(containerOf()).not.toHaveProperty("secrets");
  });
});
