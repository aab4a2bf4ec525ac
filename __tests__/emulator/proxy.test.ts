import { randomBytes } from "node:crypto";
import { FakeAws } from "./fake-aws";

describe("the emulator's proxy", () => {
  let aws: FakeAws;
  beforeEach(async () => {
    aws = new FakeAws();
    await aws.start();
  });
  afterEach(() => {
    aws.stop();
  });

  it("passes a binary body through, both ways, to the byte", async () => {
    const body = randomBytes(300_000);
    aws.answer = { body, type: "application/octet-stream" };
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

  it("tells moto the account of the caller", async () => {
    await aws.json("dynamodb", "ListTables", {});
    expect(aws.received[0]?.headers["x-moto-account-id"]).toBe("111122223333");
  });

  it("leaves AWS's own errors as they are", async () => {
    aws.answer = { status: 404, type: "text/xml", body: "<Error><Code>NoSuchBucket</Code></Error>" };
    const response = await aws.call("s3", "/bucket");
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("NoSuchBucket");
    expect(aws.unanswered).toEqual([]);
  });

  it.each([
    ["an exception inside moto", { status: 500, type: "text/html", body: "<h1>Internal Server Error</h1>" }],
    ["a path without a route", { status: 404, type: "text/html", body: "<!doctype html>\n<title>404 Not Found" }],
  ])("answers 501 at once to %s, naming the operation", async (_, answer) => {
    aws.answer = answer;
    const response = await aws.json("xray", "CreateGroup", {});
    expect(response.status).toBe(501);
    expect(await response.json()).toMatchObject({
      __type: "NotImplementedByEmulator",
      message: "the emulator lacks CreateGroup of xray",
    });
    expect(aws.unanswered).toEqual(["the emulator lacks CreateGroup of xray"]);
  });

  it.each([
    ["ec2", "<Response><Errors><Error><Code>NotImplementedByEmulator</Code>"],
    ["iam", "<ErrorResponse><Error><Type>Sender</Type><Code>NotImplementedByEmulator</Code>"],
  ])("answers 501 in the protocol of %s", async (service, start) => {
    aws.answer = { status: 500, type: "text/html", body: "broken" };
    const response = await aws.form(service, { Action: "DoSomething" });
    expect(response.status).toBe(501);
    expect((await response.text()).replace(/^<\?xml[^>]*\?>\s*/, "").replace(/>\s+</g, "><")).toContain(start);
  });
});
