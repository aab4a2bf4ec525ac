import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { FakeAws } from "../fake-aws";

describe("the emulator's proxy", () => {
  let aws: FakeAws;
  beforeEach(async () => {
    aws = new FakeAws();
    await aws.start();
  });
  afterEach(() => {
    aws.stop();
  });

  it("passes binary bodies through unchanged in both directions", async () => {
    const body = randomBytes(300_000);
    aws.reply = { body, type: "application/octet-stream" };
    const response = await aws.call("s3", "/bucket/key%20with?versionId=1", { method: "PUT", body });
    expect(Buffer.from(await response.arrayBuffer()).equals(body)).toBe(true);
    expect(aws.received[0]?.body.equals(body)).toBe(true);
    expect(aws.received[0]?.url).toBe("/bucket/key%20with?versionId=1");
  });

  it("passes a body of unknown length through", async () => {
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from("one "));
        controller.enqueue(Buffer.from("two"));
        controller.close();
      },
    });
    await aws.call("s3", "/bucket/key", { method: "PUT", body: stream, duplex: "half" });
    expect(aws.received[0]?.body.toString()).toBe("one two");
  });

  it("sends the account of the caller to moto", async () => {
    await aws.jsonResponse("dynamodb", "ListTables", {});
    expect(aws.received[0]?.headers["x-moto-account-id"]).toBe("111122223333");
  });

  it("passes AWS errors through unchanged", async () => {
    aws.reply = { status: 404, type: "text/xml", body: "<Error><Code>NoSuchBucket</Code></Error>" };
    const response = await aws.call("s3", "/bucket");
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("NoSuchBucket");
    expect(aws.unanswered).toEqual([]);
  });

  it.each([
    ["an exception inside moto", { status: 500, type: "text/html", body: "<h1>Internal Server Error</h1>" }],
    ["a path without a route", { status: 404, type: "text/html", body: "<!doctype html>\n<title>404 Not Found" }],
  ])("replies 501 to %s, and names the operation", async (_, reply) => {
    aws.reply = reply;
    const response = await aws.jsonResponse("xray", "CreateGroup", {});
    expect(response.status).toBe(501);
    expect(await response.json()).toMatchObject({
      __type: "NotImplementedByEmulator",
      message: "CreateGroup of xray is not emulated",
    });
    expect(aws.unanswered).toEqual(["CreateGroup of xray is not emulated"]);
  });

  it.each([
    ["ec2", "<Response><Errors><Error><Code>NotImplementedByEmulator</Code>"],
    ["iam", "<ErrorResponse><Error><Type>Sender</Type><Code>NotImplementedByEmulator</Code>"],
  ])("replies 501 in the protocol of %s", async (service, start) => {
    aws.reply = { status: 500, type: "text/html", body: "broken" };
    const response = await aws.queryResponse(service, { Action: "DoSomething" });
    expect(response.status).toBe(501);
    expect((await response.text()).replace(/^<\?xml[^>]*\?>\s*/, "").replace(/>\s+</g, "><")).toContain(start);
  });

  describe("with calls that a gap may handle", () => {
    const operationOf = ({ body }: { body: Buffer }) => new URLSearchParams(body.toString()).get("Action");

    it("sends those of one service to moto one after the other, also after a failure", async () => {
      const events: string[] = [];
      aws.reply = async (request) => {
        events.push(`${operationOf(request)} begins`);
        await sleep(20);
        events.push(`${operationOf(request)} ends`);
        if (operationOf(request) === "CreateRole") throw new Error("breaks the connection");
        return { body: "" };
      };
      const responses = ["CreateRole", "ListRoles", "GetRole"].map((Action) => aws.queryResponse("iam", { Action }));
      expect((await Promise.all(responses)).map(({ status }) => status)).toEqual([501, 200, 200]);
      const order = aws.received.map(operationOf);
      expect(events).toEqual(order.flatMap((operation) => [`${operation} begins`, `${operation} ends`]));
    });

    it("sends those of different services concurrently", async () => {
      aws.reply = async (request) => {
        if (operationOf(request) === "ListRoles") await isReceived("DescribeVpcs");
        return { body: "" };
      };
      const isReceived = async (operation: string) => {
        while (!aws.received.some((request) => operationOf(request) === operation)) await sleep(5);
      };
      const iam = aws.queryResponse("iam", { Action: "ListRoles" });
      await isReceived("ListRoles");
      expect((await aws.queryResponse("ec2", { Action: "DescribeVpcs" })).status).toBe(200);
      expect((await iam).status).toBe(200);
    });
  });
});
