import { container, definition, init, mapping, message, onEc2, withContainer } from "./definition";

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

  it("have a host name only outside of awsvpc", () => {
    expect(message(withContainer({ hostname: "web" }))).toBe(
      "hostname is not supported on container when networkMode=awsvpc.",
    );
    expect(message(withContainer({ hostname: "web" }, { ...onEc2, networkMode: "bridge" }))).toBeUndefined();
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
