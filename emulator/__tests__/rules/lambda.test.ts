import {
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { IAMClient } from "@aws-sdk/client-iam";
import { CreateQueueCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { emulatorForSuite, refusal } from "../running-emulator";
import { createSubnet, createVpc } from "./network";
import { roleFor } from "./roles";

const credential =
  "AWS4-HMAC-SHA256 Credential=AKIAEMULATOR00000000/20260101/us-east-1/lambda/aws4_request, SignedHeaders=, Signature=0";
/** An archive without files. */
const ZipFile = Buffer.from([0x50, 0x4b, 5, 6, ...Array<number>(18).fill(0)]).toString("base64");

describe("Lambda", () => {
  const aws = emulatorForSuite({ quotas: { concurrentExecutions: 200 } });
  let role: string;
  let count = 0;
  beforeAll(async () => {
    role = await roleFor(new IAMClient(aws.client()), "function", "lambda.amazonaws.com");
  });

  /** The error code of a call that is refused; "" when it succeeds. */
  const call = async (method: string, path: string, body?: object): Promise<string> => {
    const headers = { authorization: credential };
    const response = await fetch(`${aws.endpoint}${path}`, { method, headers, body: JSON.stringify(body) });
    return response.ok ? "" : (response.headers.get("x-amzn-errortype") ?? String(response.status));
  };
  const createFunction = async (Timeout = 3, VpcConfig?: object) => {
    const FunctionName = `function-${++count}`;
    const body = {
      FunctionName,
      Timeout,
      Role: role,
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Code: { ZipFile },
      VpcConfig,
    };
    expect(await call("POST", "/2015-03-31/functions", body)).toBe("");
    return FunctionName;
  };

  it("refuses a second permission of one statement id [function-permission-exists]", async () => {
    const name = await createFunction();
    const add = (StatementId: string) => {
      const body = { StatementId, Action: "lambda:InvokeFunction", Principal: "events.amazonaws.com" };
      return call("POST", `/2015-03-31/functions/${name}/policy`, body);
    };
    expect([await add("rule"), await add("rule"), await add("other")]).toEqual(["", "ResourceConflictException", ""]);
  });

  it("refuses a permission for what is not an action of Lambda [function-permission-action]", async () => {
    const name = await createFunction();
    const add = (StatementId: string, Action: string) =>
      call("POST", `/2015-03-31/functions/${name}/policy`, { StatementId, Action, Principal: "events.amazonaws.com" });
    expect(await add("one", "lambda:Invoke")).toBe("InvalidParameterValueException");
    expect([await add("one", "lambda:InvokeFunctionUrl"), await add("two", "lambda:*")]).toEqual(["", ""]);
  });

  it("refuses a second URL of a function [function-url-exists]", async () => {
    const name = await createFunction();
    const create = () => call("POST", `/2021-10-31/functions/${name}/url`, { AuthType: "NONE" });
    expect([await create(), await create()]).toEqual(["", "ResourceConflictException"]);
  });

  it("refuses to reserve what leaves too little to other functions [function-concurrency-quota]", async () => {
    const [one, other] = [await createFunction(), await createFunction()];
    const reserve = (name: string, ReservedConcurrentExecutions: number) =>
      call("PUT", `/2017-10-31/functions/${name}/concurrency`, { ReservedConcurrentExecutions });
    expect(await reserve(one, 101)).toBe("InvalidParameterValueException");
    expect([await reserve(one, 100), await reserve(one, 100)]).toEqual(["", ""]);
    expect(await reserve(other, 1)).toBe("InvalidParameterValueException");
    expect([await reserve(one, 99), await reserve(other, 1)]).toEqual(["", ""]);
  });

  it("keeps the network of a function until it is deleted [security-group-in-use] [subnet-in-use]", async () => {
    const ec2 = new EC2Client(aws.client());
    const VpcId = await createVpc(ec2);
    const SubnetId = await createSubnet(ec2, VpcId, 1, "us-east-1a");
    const group = new CreateSecurityGroupCommand({ GroupName: "function", Description: "function", VpcId });
    const { GroupId = "" } = await ec2.send(group);
    const name = await createFunction(3, { SubnetIds: [SubnetId], SecurityGroupIds: [GroupId] });
    const end = async () => [
      await refusal(ec2.send(new DeleteSecurityGroupCommand({ GroupId }))),
      await refusal(ec2.send(new DeleteSubnetCommand({ SubnetId }))),
    ];
    expect(await end()).toEqual(["DependencyViolation", "DependencyViolation"]);
    expect(await call("DELETE", `/2015-03-31/functions/${name}`)).toBe("");
    expect(await end()).toEqual(["", ""]);
  });

  it("refuses a queue with a short visibility timeout, and a second mapping of it [event-source-visibility-timeout] [event-source-mapping-exists]", async () => {
    const sqs = new SQSClient(aws.client());
    const Attributes = { VisibilityTimeout: "59" };
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "orders", Attributes }));
    const FunctionName = await createFunction(60);
    const EventSourceArn = "arn:aws:sqs:us-east-1:111122223333:orders";
    const map = () => call("POST", "/2015-03-31/event-source-mappings", { FunctionName, EventSourceArn });
    expect(await map()).toBe("InvalidParameterValueException");
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: "60" } }));
    expect([await map(), await map()]).toEqual(["", "ResourceConflictException"]);
  });
});
