import { container, definition, init, message, onEc2, volume, withContainer } from "./definition";

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
    [{ image: "ng inx" }, "Container.image contains invalid characters."],
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

  it("of EFS do not name a path of the host", () => {
    expect(message({ ...definition, ...onEc2, volumes: [{ ...volume, host: { sourcePath: "/" } }] })).toMatch(
      /^A volume cannot specify both/,
    );
  });

  it("leave 21 to 200 GiB of ephemeral storage", () => {
    expect(message({ ...definition, ephemeralStorage: { sizeInGiB: 200 } })).toBeUndefined();
    expect(message({ ...definition, ephemeralStorage: { sizeInGiB: 20 } })).toMatch(/between 21 and 200/);
  });
});

it("takes a task definition with all that ECS has", () => {
  expect(message(definition)).toBeUndefined();
});
