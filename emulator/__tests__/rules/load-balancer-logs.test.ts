import {
  ElasticLoadBalancingV2Client,
  ModifyLoadBalancerAttributesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { emulatorForSuite, refusal } from "../running-emulator";
import { createNetwork, type Network } from "./load-balanced-network";

const service = { Service: "logdelivery.elasticloadbalancing.amazonaws.com" };
const refused = "InvalidConfigurationRequest";

describe("the logs of a load balancer", () => {
  const aws = emulatorForSuite();
  let application: Network;
  let network: Network;
  let s3: S3Client;
  let count = 0;
  beforeAll(async () => {
    application = await createNetwork(aws.client(), "application");
    network = await createNetwork(aws.client(), "network");
    s3 = new S3Client({ ...aws.client(), forcePathStyle: true });
  });

  const bucketWith = async (statement?: object): Promise<string> => {
    const Bucket = `logs-${++count}`;
    await s3.send(new CreateBucketCommand({ Bucket }));
    if (statement === undefined) return Bucket;
    const Resource = `arn:aws:s3:::${Bucket}/AWSLogs/111122223333/*`;
    const Statement = [{ Effect: "Allow", Principal: service, Action: "s3:PutObject", Resource, ...statement }];
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    return Bucket;
  };
  const enable = (
    bucket: string,
    { prefix = "", kind = "access_logs", of = application, region = "us-east-1" } = {},
  ): Promise<string> => {
    const elb = new ElasticLoadBalancingV2Client(aws.client(region));
    const values = { enabled: "true", bucket, prefix };
    const Attributes = Object.entries(values).map(([key, Value]) => ({ Key: `${kind}.s3.${key}`, Value }));
    return refusal(elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: of.loadBalancer, Attributes })));
  };

  it("go to a bucket whose policy lets Elastic Load Balancing write [load-balancer-log-bucket-access]", async () => {
    expect(await enable("logs-unknown")).toBe(refused);
    expect(await enable(await bucketWith())).toBe(refused);
    for (const kind of ["access_logs", "connection_logs"]) {
      expect(await enable(await bucketWith({}), { kind })).toBe("");
      expect(await enable(await bucketWith({ Action: "s3:GetObject" }), { kind })).toBe(refused);
    }
  });

  it("go to the prefix and the account that the policy names", async () => {
    expect(await enable(await bucketWith({}), { prefix: "alb" })).toBe(refused);
    expect(
      await enable(await bucketWith({ Resource: `arn:aws:s3:::logs-${count + 1}/alb/*` }), { prefix: "alb" }),
    ).toBe("");
    expect(await enable(await bucketWith({ Resource: `arn:aws:s3:::logs-${count + 1}/AWSLogs/444455556666/*` }))).toBe(
      refused,
    );
  });

  it("go to a bucket in the Region of the load balancer", async () => {
    const Bucket = await bucketWith({});
    expect(await enable(Bucket)).toBe("");
    const elsewhere = await createNetwork(aws.client("eu-west-1"), "application");
    expect(await enable(Bucket, { of: elsewhere, region: "eu-west-1" })).toBe(refused);
  });

  it("are written by the service, or by the account of Elastic Load Balancing in the Region", async () => {
    const by = async (Principal: object) => enable(await bucketWith({ Principal }));
    expect(await by({ AWS: "127311923021" })).toBe("");
    expect(await by({ AWS: "arn:aws:iam::127311923021:root" })).toBe("");
    expect(await by({ AWS: "arn:aws:iam::797873946194:root" })).toBe(refused);
    expect(await by({ Service: "delivery.logs.amazonaws.com" })).toBe(refused);
  });

  it("of a Network Load Balancer need no policy, which AWS adds", async () => {
    expect(await enable(await bucketWith(), { of: network })).toBe("");
  });
});
