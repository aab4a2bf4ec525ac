import { APIGatewayClient, ImportRestApiCommand } from "@aws-sdk/client-api-gateway";
import { ApiGatewayV2Client, CreateApiCommand, GetApiCommand, TagResourceCommand } from "@aws-sdk/client-apigatewayv2";
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from "@aws-sdk/client-cloudwatch";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { decode, encode } from "cbor-x";
import { Readable } from "node:stream";
import { emulatorForSuite } from "../running-emulator";

const alarm: PutMetricAlarmCommandInput = {
  AlarmName: "cpu-high",
  ComparisonOperator: "GreaterThanThreshold",
  EvaluationPeriods: 1,
  MetricName: "CPUUtilization",
  Namespace: "AWS/ECS",
  Period: 60,
  Statistic: "Average",
  Threshold: 80,
};

describe("a request that AWS's model does not allow", () => {
  const aws = emulatorForSuite();
  const form = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
  const json = (target: string) => ({ "content-type": "application/x-amz-json-1.1", "x-amz-target": target });

  it.each([
    {
      protocol: "JSON",
      service: "ecs",
      request: { headers: json("AmazonEC2ContainerServiceV20141113.CreateCluster"), body: '{"clusterNam":"a"}' },
      refusal: { status: 400, code: "InvalidParameterException", text: "clusterNam: is not a member" },
    },
    {
      protocol: "malformed JSON",
      service: "ecs",
      request: { headers: json("AmazonEC2ContainerServiceV20141113.CreateCluster"), body: '{"clusterName":' },
      refusal: { status: 400, code: "SerializationException", text: "the body must be valid JSON" },
    },
    {
      protocol: "JSON that is not an object",
      service: "kms",
      request: { headers: json("TrentService.CreateKey"), body: "[1]" },
      refusal: { status: 400, code: "SerializationException", text: "the body must be a JSON object" },
    },
    {
      protocol: "Query",
      service: "iam",
      request: { headers: form, body: "Action=CreateRole&Version=2010-05-08&RoleName=app" },
      refusal: { status: 400, code: "<Code>ValidationError</Code>", text: "AssumeRolePolicyDocument: is required" },
    },
    {
      protocol: "EC2",
      service: "ec2",
      request: { headers: form, body: "Action=CreateSubnet&Version=2016-11-15&CidrBlock=10.0.0.0/24" },
      refusal: { status: 400, code: "<Errors><Error><Code>MissingParameter</Code>", text: "VpcId: is required" },
    },
    {
      protocol: "REST JSON",
      service: "apigateway",
      path: "/v2/apis",
      request: { body: '{"name":"orders","protocolType":"GRPC"}' },
      refusal: { status: 400, code: "BadRequestException", text: "enum value set: [WEBSOCKET, HTTP]" },
    },
    {
      protocol: "REST XML",
      service: "route53",
      path: "/2013-04-01/hostedzone",
      request: { body: "<CreateHostedZoneRequest><Name>example.com</Name></CreateHostedZoneRequest>" },
      refusal: { status: 400, code: "<Code>InvalidInput</Code>", text: "CallerReference: is required" },
    },
    {
      protocol: "S3's REST XML",
      service: "s3",
      path: "/bucket?versioning",
      request: { method: "PUT", body: "<VersioningConfiguration><Status>On</Status></VersioningConfiguration>" },
      refusal: { status: 400, code: "<Error><Code>MalformedXML</Code>", text: "enum value set: [Enabled, Suspended]" },
    },
  ])("is refused in the form of $protocol", async ({ service, path = "/", request, refusal }) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/${service}/aws4_request`;
    const { headers = {}, method = "POST", body }: { headers?: object; method?: string; body: string } = request;
    const response = await fetch(`${aws.client().endpoint}${path}`, {
      method,
      body,
      headers: { ...headers, authorization },
    });
    const reply = await response.text();
    expect(response.status).toBe(refusal.status);
    expect(reply).toContain(refusal.code);
    expect(reply).toContain(refusal.text);
  });
});

describe("a path whose label has a hyphen in AWS's model", () => {
  const aws = emulatorForSuite();

  it("is that of an operation, such as the tags of an HTTP API", async () => {
    const client = new ApiGatewayV2Client(aws.client());
    const { ApiId } = await client.send(new CreateApiCommand({ Name: "shop", ProtocolType: "HTTP" }));
    const ResourceArn = `arn:aws:apigateway:us-east-1::/apis/${ApiId ?? ""}`;
    await client.send(new TagResourceCommand({ ResourceArn, Tags: { owner: "team" } }));
    expect(await client.send(new GetApiCommand({ ApiId }))).toMatchObject({ Tags: { owner: "team" } });
  });
});

describe("a request whose body is a blob", () => {
  const aws = emulatorForSuite();

  it("has the member that the body is", async () => {
    const gateway = new APIGatewayClient(aws.client());
    const document = { openapi: "3.0.1", info: { title: "orders", version: "1", description: "Orders" }, paths: {} };
    const { name } = await gateway.send(new ImportRestApiCommand({ body: Buffer.from(JSON.stringify(document)) }));
    expect(name).toBe("orders");
  });
});

describe("CloudWatch, which newer SDKs call in JSON or CBOR", () => {
  const aws = emulatorForSuite();

  const cbor = async (operation: string, input: object): Promise<{ status: number; output: unknown }> => {
    const authorization = "AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/monitoring/aws4_request";
    const response = await fetch(
      `${aws.client().endpoint}/service/GraniteServiceVersion20100801/operation/${operation}`,
      {
        method: "POST",
        headers: { authorization, "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor" },
        body: encode(input),
      },
    );
    return { status: response.status, output: decode(Buffer.from(await response.arrayBuffer())) };
  };

  it("is understood in JSON, with numbers, times, lists and composite alarms", async () => {
    const cloudWatch = new CloudWatchClient(aws.client());
    const Dimensions = [{ Name: "ServiceName", Value: "orders" }];
    await cloudWatch.send(new PutMetricAlarmCommand({ ...alarm, Dimensions }));
    await cloudWatch.send(new PutCompositeAlarmCommand({ AlarmName: "orders", AlarmRule: "ALARM(cpu-high)" }));
    const described = await cloudWatch.send(
      new DescribeAlarmsCommand({ AlarmTypes: ["MetricAlarm", "CompositeAlarm"] }),
    );
    expect(described.MetricAlarms).toMatchObject([{ AlarmName: "cpu-high", Threshold: 80, Period: 60, Dimensions }]);
    expect(described.MetricAlarms?.[0]?.StateUpdatedTimestamp).toBeInstanceOf(Date);
    expect(described.CompositeAlarms).toMatchObject([{ AlarmName: "orders", AlarmRule: "ALARM(cpu-high)" }]);
  });

  it("is understood in CBOR", async () => {
    expect(await cbor("PutMetricAlarm", { ...alarm, AlarmName: "memory-high" })).toMatchObject({ status: 200 });
    const { output } = await cbor("DescribeAlarms", { AlarmNames: ["memory-high"] });
    expect(output).toMatchObject({
      MetricAlarms: [{ Threshold: 80, EvaluationPeriods: 1, StateUpdatedTimestamp: expect.any(Date) as Date }],
    });
  });

  it("refuses in CBOR what its model does not allow, and what is not CBOR", async () => {
    expect(await cbor("PutMetricAlarm", { ...alarm, EvaluationPeriods: 0 })).toMatchObject({
      status: 400,
      output: { __type: "ValidationError", message: expect.stringContaining("'EvaluationPeriods' failed") as string },
    });
    const authorization = "AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/monitoring/aws4_request";
    const url = `${aws.client().endpoint}/service/GraniteServiceVersion20100801/operation/DescribeAlarms`;
    const headers = { authorization, "smithy-protocol": "rpc-v2-cbor" };
    const response = await fetch(url, { method: "POST", headers, body: Buffer.from([0xff, 0x00, 0x61]) });
    expect(response.status).toBe(400);
    expect(decode(Buffer.from(await response.arrayBuffer()))).toMatchObject({ __type: "SerializationException" });
  });
});

describe("S3 objects", () => {
  const aws = emulatorForSuite();

  it("are passed on as they come, whatever they contain", async () => {
    const s3 = new S3Client(aws.client());
    await s3.send(new CreateBucketCommand({ Bucket: "objects" }));
    const content = Buffer.from('{"not": "json\u0000\uffff');
    await s3.send(
      new PutObjectCommand({
        Bucket: "objects",
        Key: "a b/c.json",
        Body: Readable.from(content),
        ContentLength: content.length,
      }),
    );
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: "objects", Key: "a b/c.json" }));
    expect(Buffer.from((await Body?.transformToByteArray()) ?? [])).toEqual(content);
  });
});
