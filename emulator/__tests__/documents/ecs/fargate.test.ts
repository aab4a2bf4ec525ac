import { awslogs, definition, message, onEc2, volume, withContainer } from "./definition";

describe("the execution role", () => {
  const without = { executionRoleArn: undefined };

  it.each([
    [
      { secrets: [], repositoryCredentials: { credentialsParameter: "arn" } },
      "Private repository authentication requires that the task definition specify a value for executionRoleArn.",
    ],
    [
      { secrets: [], logConfiguration: { ...awslogs, secretOptions: [{ name: "token", valueFrom: "/shop/token" }] } },
      "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
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
