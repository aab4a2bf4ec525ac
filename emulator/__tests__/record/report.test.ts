import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readRecord, reportLines, reportOf, type RecordedCall, type RecordedRoute } from "../..";
import { RecordedFile } from "./recorded";

const start = Date.parse("2026-01-31T10:00:00Z");

/** A call that succeeded, so many seconds after the start. */
function call(seconds: number, service: string, operation: string, more: Partial<RecordedCall> = {}): RecordedCall {
  const place = { account: "111122223333", region: "us-east-1" };
  const caller = "arn:aws:iam::111122223333:root";
  const answer = { input: {}, output: {}, status: 200, durationMs: 10, actions: [] };
  return { time: start + seconds * 1000, caller, ...place, service, operation, ...answer, ...more };
}

function route(seconds: number, name: string, state: string | boolean): RecordedRoute {
  const line = { time: start + seconds * 1000, route: name };
  if (state === "removed") return { ...line, served: false, removed: true };
  return typeof state === "string" ? { ...line, served: false, reason: state } : { ...line, served: state };
}

const reportedFrom = (calls: readonly RecordedCall[]) => reportOf({ calls, routes: [], problems: [] });
const outages = (routes: readonly RecordedRoute[], from = 0, to = 100) =>
  reportOf({ calls: [], routes, problems: [] }, { from: start + from * 1000, to: start + to * 1000 }).routes.map(
    ({ outages: found, ...rest }) => ({
      ...rest,
      outages: found.map((outage) => [(outage.from - start) / 1000, (outage.to - start) / 1000, ...outage.reasons]),
    }),
  );

describe("a report", () => {
  it("has the calls by service and operation, the most frequent first", () => {
    const calls = [call(0, "ecs", "CreateService"), call(1, "ec2", "CreateVpc"), call(2, "ec2", "CreateVpc")];
    expect(reportedFrom(calls)).toMatchObject({
      calls: 3,
      operations: [
        { service: "ec2", operation: "CreateVpc", calls: 2 },
        { service: "ecs", operation: "CreateService", calls: 1 },
      ],
    });
  });

  it("has the IAM actions of each role and of the default caller, sorted and once, with all resources", () => {
    const role = "arn:aws:iam::111122223333:role/deploy";
    const needs = (action: string, ...resources: string[]) => ({ actions: [{ action, resources }] });
    const calls = [
      call(0, "sqs", "CreateQueue", { role, ...needs("sqs:CreateQueue", "arn:b") }),
      call(1, "sqs", "CreateQueue", { role, ...needs("sqs:CreateQueue", "arn:a", "arn:b"), code: "AccessDenied" }),
      call(2, "ecs", "CreateCluster", { role, ...needs("ecs:CreateCluster", "*") }),
      call(3, "sts", "AssumeRole", needs("sts:AssumeRole", role)),
      call(4, "xray", "POST /Groups", { actions: undefined }),
    ];
    expect(reportedFrom(calls).callers).toEqual([
      {
        caller: role,
        actions: [
          { action: "ecs:CreateCluster", resources: ["*"] },
          { action: "sqs:CreateQueue", resources: ["arn:a", "arn:b"] },
        ],
        unknown: [],
      },
      {
        caller: "arn:aws:iam::111122223333:root",
        actions: [{ action: "sts:AssumeRole", resources: [role] }],
        unknown: ["POST /Groups of xray"],
      },
    ]);
  });

  it("has the outages of a route that existed before and after, each with length and reasons", () => {
    const lines = [
      route(-50, "GET https://a/", true),
      route(10, "GET https://a/", "no targets"),
      route(12, "GET https://a/", "removed"),
      route(15, "GET https://a/", true),
      route(90, "GET https://a/", "no listener"),
    ];
    expect(outages(lines)).toEqual([
      {
        route: "GET https://a/",
        existence: "kept",
        outages: [
          [10, 15, "no targets", "nothing has this address"],
          [90, 100, "no listener"],
        ],
      },
    ]);
  });

  it("has an outage from the start of the period when the route was not served before", () => {
    const lines = [route(-50, "GET https://a/", "no targets"), route(20, "GET https://a/", true)];
    expect(outages(lines)).toMatchObject([{ existence: "kept", outages: [[0, 20, "no targets"]] }]);
  });

  it("counts the time before an added route was served first as no outage", () => {
    const lines = [route(10, "GET https://a/", "no targets"), route(30, "GET https://a/", true)];
    expect(outages(lines)).toEqual([
      { route: "GET https://a/", existence: "added", servedSince: start + 30_000, outages: [] },
    ]);
  });

  it("says why an added route was never served", () => {
    expect(outages([route(10, "GET https://a/", "no targets")])).toEqual([
      { route: "GET https://a/", existence: "added", neverServed: "no targets", outages: [] },
    ]);
  });

  it("counts the time between the last request and the removal of a route as no outage", () => {
    const lines = [
      route(-50, "GET https://a/", true),
      route(10, "GET https://a/", "no targets"),
      route(30, "GET https://a/", "removed"),
    ];
    expect(outages(lines)).toEqual([{ route: "GET https://a/", existence: "removed", outages: [] }]);
  });

  it("leaves out routes that were removed before the period or are added after it", () => {
    const lines = [route(-50, "a", true), route(-40, "a", "removed"), route(200, "b", true)];
    expect(outages(lines)).toEqual([]);
  });

  it("leaves out the calls before and after the period", () => {
    const calls = [0, 10, 20].map((seconds) => call(seconds, "ec2", "CreateVpc"));
    const period = { from: start + 5000, to: start + 15_000 };
    expect(reportOf({ calls, routes: [], problems: [] }, period).calls).toBe(1);
  });

  it("lists databases and other data that were deleted, or replaced by one of the same name", () => {
    const own = (operation: string, DBInstanceIdentifier: string, seconds: number, code?: string) =>
      call(seconds, "rds", operation, { input: { DBInstanceIdentifier }, ...(code !== undefined && { code }) });
    const calls = [
      own("CreateDBInstance", "temporary", 0),
      own("DeleteDBInstance", "temporary", 1),
      own("DeleteDBInstance", "orders", 2),
      own("CreateDBInstance", "orders", 3),
      own("DeleteDBInstance", "protected", 4, "InvalidParameterCombination"),
    ];
    expect(reportedFrom(calls).deletedData.map(({ type, id, replaced }) => [type, id, replaced])).toEqual([
      ["DB instance", "temporary", false],
      ["DB instance", "orders", true],
    ]);
  });

  it("takes a database of the same name in another region for no replacement", () => {
    const input = { DBInstanceIdentifier: "orders" };
    const calls = [
      call(0, "rds", "DeleteDBInstance", { input }),
      call(1, "rds", "CreateDBInstance", { input, region: "eu-west-1" }),
    ];
    expect(reportedFrom(calls).deletedData).toMatchObject([{ id: "orders", replaced: false }]);
  });

  it("names user pools and keys whose replacement has another id", () => {
    const pool = (Id: string) => ({ output: { UserPool: { Id, Name: "shop" } } });
    const calls = [
      call(0, "cognito-idp", "DescribeUserPool", { input: { UserPoolId: "us-east-1_a" }, ...pool("us-east-1_a") }),
      call(1, "cognito-idp", "CreateUserPool", { input: { PoolName: "shop" }, ...pool("us-east-1_b") }),
      call(2, "cognito-idp", "DeleteUserPool", { input: { UserPoolId: "us-east-1_a" } }),
      call(3, "kms", "ScheduleKeyDeletion", { input: { KeyId: "1234" } }),
      call(4, "kms", "ScheduleKeyDeletion", { input: { KeyId: "5678" } }),
      call(5, "kms", "CancelKeyDeletion", { input: { KeyId: "5678" } }),
    ];
    expect(reportedFrom(calls).deletedData).toMatchObject([
      { type: "User pool", id: "us-east-1_a", name: "shop", replaced: true },
      { type: "KMS key", id: "1234", replaced: false },
    ]);
  });

  it.each([
    [
      "secretsmanager",
      "CreateSecret",
      { Name: "db" },
      "DeleteSecret",
      { SecretId: "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-a1B2c3" },
    ],
    [
      "sqs",
      "CreateQueue",
      { QueueName: "jobs" },
      "DeleteQueue",
      { QueueUrl: "http://127.0.0.1:5000/111122223333/jobs" },
    ],
    ["s3", "CreateBucket", { Bucket: "files" }, "DeleteBucket", { Bucket: "files" }],
    ["logs", "CreateLogGroup", { logGroupName: "/shop" }, "DeleteLogGroup", { logGroupName: "/shop" }],
    [
      "elasticache",
      "CreateReplicationGroup",
      { ReplicationGroupId: "cache" },
      "DeleteReplicationGroup",
      { ReplicationGroupId: "cache" },
    ],
    ["dynamodb", "CreateTable", { TableName: "orders" }, "DeleteTable", { TableName: "orders" }],
  ])("finds a replacement by the names in the calls of %s", (service, creates, created, deletes, deleted) => {
    const calls = [call(0, service, deletes, { input: deleted }), call(1, service, creates, { input: created })];
    expect(reportedFrom(calls).deletedData).toMatchObject([{ replaced: true }]);
  });
});

describe("the text of a report", () => {
  const long = `GET https://api.example.com/${"segment/".repeat(20)}{id}`;
  const record = {
    calls: [
      call(0, "elasticloadbalancing", "CreateRule", {
        actions: [
          {
            action: "elasticloadbalancing:CreateRule",
            resources: [
              "arn:aws:elasticloadbalancing:us-east-1:111122223333:listener-rule/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2/*",
              "arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2",
            ],
          },
        ],
      }),
      call(1, "ecs", "CreateService", {
        status: 400,
        code: "InvalidParameterException",
        message: "The target group ".repeat(9),
      }),
      call(2, "ecs", "CreateService", {
        status: 400,
        code: "InvalidParameterException",
        message: "The target group ".repeat(9),
      }),
      call(3, "iam", "GetRole", { status: 404, code: "NoSuchEntity", message: "Role web not found." }),
      call(4, "rds", "DeleteDBInstance", { input: { DBInstanceIdentifier: "orders" } }),
    ],
    routes: [
      route(1, long, true),
      route(10, long, "no ingress rule of arn:aws:ecs:us-east-1:111122223333:service/main/web allows it"),
      route(13.5, long, true),
      route(1, "ANY http://shop/*", "the target group blue has no targets"),
    ],
    problems: [],
  };

  it("is at most 100 columns wide, and has ARNs without account and region", () => {
    const lines = reportLines(reportOf(record));
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    expect(lines.filter((line) => line.includes("arn:"))).toEqual([]);
  });

  it("ends with the routes that were not served", () => {
    expect(reportLines(reportOf(record)).slice(-6)).toEqual([
      "Routes",
      "  not served      ANY http://shop/*",
      "                  never: the target group blue has no targets",
      expect.stringMatching(/^ {2}not served {6}GET https:\/\/api\.example\.com\/segment\/.*\.\.\..*\/\{id\}$/),
      "                  served first at 10:00:01",
      "                  10:00:10 for 3.5 s: no ingress rule of service/main/web allows it",
    ]);
  });

  it("says of a route with an outage whether it was added or removed", () => {
    const name = "GET https://a/";
    const lines = [route(10, name, true), route(20, name, "no targets"), route(30, name, true)];
    const textOf = (routes: readonly RecordedRoute[]) =>
      reportLines(reportOf({ ...record, routes }, { from: start, to: start + 100_000 })).slice(-3);
    expect(textOf(lines)).toEqual([
      `  not served      ${name}`,
      "                  served first at 10:00:10",
      "                  10:00:20 for 10 s: no targets",
    ]);
    expect(textOf([...lines, route(40, name, "removed")]).at(-1)).toBe("                  removed afterwards");
  });

  it("has equal refusals once, and reads of what does not exist as a number", () => {
    const lines = reportLines(reportOf(record));
    const refused = lines.slice(lines.indexOf("Refused calls: 2"), lines.indexOf("Deleted data"));
    expect(refused[1]).toMatch(/^ {2}2 x ecs CreateService: InvalidParameterException: The target group/);
    expect(refused.at(-2)).toBe("  and 1 read of what does not exist");
  });
});

describe("reading a record", () => {
  const own = new RecordedFile();

  it.each([
    ["a line that is cut", '{"time":1,"caller":"a","serv', 2],
    ["a line of another format", '{"level":"info","message":"started"}', 2],
    ["a list", "[]", 2],
  ])("refuses %s with file, line and remedy", (_, line, number) => {
    writeFileSync(own.path, `${JSON.stringify(call(0, "ec2", "CreateVpc"))}\n${line}\n`);
    expect(() => readRecord(own.path)).toThrow(
      `${own.path}:${number} must be a line of a record, but is ${JSON.stringify(line)}; remove the line, or write the file anew with \`emulated-aws --record ${own.path} -- <command>\``,
    );
  });

  it("refuses a file that does not exist with its name and the remedy", () => {
    expect(() => readRecord("/nonexistent/calls.jsonl")).toThrow(
      /^\/nonexistent\/calls\.jsonl cannot be read: .*ENOENT.*; write it with `emulated-aws --record /,
    );
  });

  it("has no negative durations of a period after its end", () => {
    const routes = [route(0, "GET http://web/", true), route(40, "GET http://web/", "no targets")];
    const from = start + 100_000;
    const found = reportOf({ calls: [], routes, problems: [] }, { from });
    expect(found.period).toEqual({ from, to: from });
    expect(found.routes).toMatchObject([{ existence: "kept", outages: [{ from, to: from }] }]);
  });

  it("takes an empty record", () => {
    writeFileSync(own.path, "");
    expect(reportOf(own.read())).toMatchObject({ calls: 0, routes: [], refused: [] });
    expect(reportLines(reportOf(own.read()))[0]).toBe("The record is empty.");
  });
});

describe("the command report", () => {
  const own = new RecordedFile();
  const run = (...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      const program = [join(__dirname, "..", "..", "bin.mjs"), "report", ...args];
      const child = execFile(process.execPath, program, (_, stdout, stderr) => {
        resolve({ code: child.exitCode ?? -1, stdout, stderr });
      });
    });

  beforeAll(() => {
    writeFileSync(
      own.path,
      [call(0, "ec2", "CreateVpc"), call(60, "ec2", "CreateVpc")].map((line) => JSON.stringify(line)).join("\n"),
    );
  });

  it("prints the text, and ends with code 0", async () => {
    const { code, stdout, stderr } = await run(own.path);
    expect([code, stderr, stdout.split("\n")[0]]).toEqual([
      0,
      "",
      "2 calls on 2026-01-31 from 10:00:00 to 10:01:00 UTC",
    ]);
  }, 20_000);

  it("prints JSON of a period with --json, --from and --to", async () => {
    const { stdout } = await run(own.path, "--json", "--from", "2026-01-31T10:00:30Z", "--to", "2026-01-31T11:00:00Z");
    expect(JSON.parse(stdout)).toMatchObject({ calls: 1, period: { from: start + 30_000 } });
  }, 20_000);

  it.each([
    ["--from", "2030-01-01", "The record ends at 2026-01-31T10:01:00.010Z, which is before --from."],
    ["--to", "2026-01-31T09:59:59Z", "The record begins at 2026-01-31T10:00:00.000Z, which is after --to."],
  ])(
    "refuses a period of which the record has nothing, with %s",
    async (flag, time, message) => {
      expect(await run(own.path, flag, time)).toEqual({ code: 1, stdout: "", stderr: `${message}\n` });
    },
    20_000,
  );

  it("counts an outage until the end of the record, not until a later --to", async () => {
    const unserved = new RecordedFile();
    const lines = [
      route(0, "GET http://web/", true),
      route(40, "GET http://web/", "no targets"),
      call(60, "ec2", "CreateVpc"),
    ];
    writeFileSync(unserved.path, lines.map((line) => JSON.stringify(line)).join("\n"));
    const { stdout } = await run(unserved.path, "--to", "2030-01-01");
    expect(stdout).toContain("10:00:40 for 20 s: no targets");
  }, 20_000);

  it("prints one error without a stack, and ends with code 1, for a file that does not exist", async () => {
    const { code, stdout, stderr } = await run("/nonexistent/calls.jsonl");
    expect([code, stdout, stderr.trim().split("\n").length]).toEqual([1, "", 1]);
    expect(stderr).toMatch(/^\/nonexistent\/calls\.jsonl cannot be read: ENOENT/);
  }, 20_000);
});
