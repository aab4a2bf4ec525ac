import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { fakeAwsForEachTest } from "../fake-aws";

describe("the emulator's proxy", () => {
  const aws = fakeAwsForEachTest();

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

  it("sends one call at a time to moto, whatever its service and protocol, also after a failure", async () => {
    let open = 0;
    const openWithOthers: string[] = [];
    aws.reply = async ({ url, headers, body }) => {
      const operation = new URLSearchParams(body.toString()).get("Action") ?? headers["x-amz-target"] ?? url;
      open += 1;
      if (open > 1) openWithOthers.push(String(operation));
      await sleep(20);
      open -= 1;
      if (operation === "CreateRole") throw new Error("breaks the connection");
      return { body: "{}" };
    };
    const responses = await Promise.all([
      aws.queryResponse("iam", { Action: "CreateRole" }),
      aws.queryResponse("iam", { Action: "ListRoles" }),
      aws.queryResponse("ec2", { Action: "DescribeVpcs" }),
      aws.jsonResponse("ssm", "DescribeParameters", {}),
      aws.call("s3", "/bucket", { method: "PUT", body: "" }),
      aws.call("route53", "/2013-04-01/hostedzone"),
    ]);
    expect(responses.map(({ status }) => status)).toEqual([501, 200, 200, 200, 200, 200]);
    expect(openWithOthers).toEqual([]);
  });

  it.each(["Publish", "ReceiveMessage"])("does not let %s, which waits for another call, stop it", async (waiting) => {
    const isReceived = async (target: string) => {
      while (!aws.received.some(({ headers }) => String(headers["x-amz-target"]).endsWith(target))) await sleep(5);
    };
    aws.reply = async ({ headers }) => {
      if (String(headers["x-amz-target"]).endsWith(waiting)) await isReceived("SendMessage");
      return { body: "{}" };
    };
    const received = aws.jsonResponse("sqs", waiting, {});
    await isReceived(waiting);
    expect((await aws.jsonResponse("sqs", "SendMessage", {})).status).toBe(200);
    expect((await received).status).toBe(200);
  });

  it("passes a reply without a body through without a length", async () => {
    aws.reply = { status: 204, body: "" };
    const response = await aws.call("s3", "/bucket", { method: "DELETE" });
    expect(response.status).toBe(204);
    expect(response.headers.has("content-length")).toBe(false);
  });
});
