import { containerDefinition } from "../../../stacks/compute/container-definition";
import { minimalService, stageWith } from "../../stage";

const place = {
  name: "orders",
  image: "image:1",
  logGroup: "/shop/dev01/orders",
  region: "us-east-1",
  idleTimeoutSeconds: 60,
};

function definitionOf(fields: object = {}) {
  const { orders } = stageWith({ services: { orders: { ...minimalService, ...fields } } }).services;
  if (orders === undefined) throw new Error("the stage has no service orders");
  return containerDefinition(orders, place);
}

describe("a container definition", () => {
  it("is locked down by default: not root, a read-only file system, an init process", () => {
    expect(definitionOf()).toMatchObject({
      user: "1000:1000",
      readonlyRootFilesystem: true,
      linuxParameters: { initProcessEnabled: true },
      essential: true,
    });
    expect(definitionOf()).not.toHaveProperty("privileged");
  });

  it("can have a writable root and another user", () => {
    expect(definitionOf({ writableRoot: true, user: "node" })).toMatchObject({
      readonlyRootFilesystem: false,
      user: "node",
    });
  });

  it("serves one port, which it is told by PORT", () => {
    const { portMappings, environment } = definitionOf({ port: 9090, environment: { ZONE: "z", AREA: "a" } });
    expect(portMappings).toEqual([{ containerPort: 9090, hostPort: 9090, protocol: "tcp" }]);
    expect(environment).toEqual([
      { name: "AREA", value: "a" },
      { name: "KEEP_ALIVE_SECONDS", value: "65" },
      { name: "PORT", value: "9090" },
      { name: "ZONE", value: "z" },
    ]);
  });

  it("keeps idle connections longer than its load balancer, unless told otherwise", () => {
    const keepAlive = (fields: object) =>
      definitionOf(fields).environment.find(({ name }) => name === "KEEP_ALIVE_SECONDS")?.value;
    expect(keepAlive({})).toBe("65");
    expect(keepAlive({ environment: { KEEP_ALIVE_SECONDS: "90" } })).toBe("90");
  });

  it("is checked by a program of its own image, without a shell", () => {
    expect(definitionOf().healthCheck).toEqual({
      command: ["CMD", "node", "dist/health-check.js"],
      interval: 30,
      timeout: 5,
      retries: 3,
      startPeriod: 60,
    });
  });

  it("stops within thirty seconds unless told otherwise", () => {
    expect(definitionOf().stopTimeout).toBe(30);
    expect(definitionOf({ stopTimeoutSeconds: 120 }).stopTimeout).toBe(120);
  });

  it("logs to the service's own group", () => {
    expect(definitionOf().logConfiguration).toEqual({
      logDriver: "awslogs",
      options: {
        "awslogs-group": "/shop/dev01/orders",
        "awslogs-region": "us-east-1",
        "awslogs-stream-prefix": "orders",
      },
    });
  });
});
