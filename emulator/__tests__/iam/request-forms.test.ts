import { gzipSync } from "node:zlib";
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  GetUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { emulatorForSuite, refusal } from "../running-emulator";
import { document } from "./role-session";
import { answerOf, sendSigned, type Credentials, type PlainRequest } from "./signed-request";

const queries: Readonly<Record<string, string>> = {
  iam: "Action=CreateUser&Version=2010-05-08&UserName=other",
  ec2: "Action=DescribeVpcs&Version=2016-11-15",
  sqs: "Action=ListQueues&Version=2012-11-05",
  elasticloadbalancing: "Action=DescribeLoadBalancers&Version=2015-12-01",
  rds: "Action=DescribeDBInstances&Version=2014-10-31",
  sns: "Action=ListTopics&Version=2010-03-31",
  elasticache: "Action=DescribeUsers&Version=2015-02-02",
  monitoring: "Action=ListDashboards&Version=2010-08-01",
};

describe("a call in another form than the SDKs send", () => {
  const aws = emulatorForSuite();
  const iam = () => new IAMClient(aws.client());
  const root: Credentials = { accessKeyId: "AKIAEMULATOR00000000", secretAccessKey: "emulator" };
  const send = (credentials: Credentials, request: PlainRequest) =>
    answerOf(sendSigned(aws.endpoint, credentials, request));
  const userWith = async (UserName: string, ...Action: string[]): Promise<Credentials> => {
    await iam().send(new CreateUserCommand({ UserName }));
    const PolicyDocument = document({ Effect: "Allow", Action, Resource: "*" });
    await iam().send(new PutUserPolicyCommand({ UserName, PolicyName: "own", PolicyDocument }));
    const { AccessKey } = await iam().send(new CreateAccessKeyCommand({ UserName }));
    return { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  };
  let none: Credentials;
  let guessed: Credentials;
  beforeAll(async () => {
    none = await userWith("none", "budgets:ViewBudget");
    guessed = { ...none, secretAccessKey: "guessed" };
  });

  it.each(Object.entries(queries))(
    "needs the permissions and the signature of %s in the URL",
    async (service, query) => {
      const denied = service === "ec2" ? "UnauthorizedOperation" : /AccessDenied|AuthorizationError/;
      const wrong = service === "ec2" ? "401 AuthFailure" : "403 SignatureDoesNotMatch";
      expect(await send(none, { service, url: `/?${query}` })).toMatch(denied);
      expect(await send(none, { service, url: `/?${query}`, isInUrl: true })).toMatch(denied);
      expect(await send(guessed, { service, url: `/?${query}` })).toBe(wrong);
      expect(await send(guessed, { service, url: `/?${query}`, isInUrl: true })).toBe(wrong);
      for (const headers of [undefined, { "content-type": "text/plain" }]) {
        const request = { service, method: "POST", url: "/", headers, body: query };
        expect(await send(none, request)).toMatch(denied);
        expect(await send(guessed, request)).toBe(wrong);
      }
      expect(await refusal(iam().send(new GetUserCommand({ UserName: "other" })))).toMatch(/NoSuchEntity/);
    },
  );

  it.each(Object.entries(queries))("is taken by %s, with permissions", async (service, query) => {
    expect(await send(root, { service, url: `/?${query.replace("other", "by-url")}` })).toBe("200");
    const body = query.replace("other", "by-body");
    expect(await send(root, { service, method: "POST", url: "/", body })).toBe("200");
    expect(await send(root, { service, url: `/?${query.replace("other", "signed")}`, isInUrl: true })).toBe("200");
  });

  it("is validated", async () => {
    const url = "/?Action=CreateUser&Version=2010-05-08&Nickname=ada";
    expect(await send(root, { service: "iam", url })).toBe("400 ValidationError");
  });

  it("assumes no role that does not trust the caller", async () => {
    const Principal = { Service: "ecs-tasks.amazonaws.com" };
    const AssumeRolePolicyDocument = document({ Effect: "Allow", Principal, Action: "sts:AssumeRole" });
    await iam().send(new CreateRoleCommand({ RoleName: "task", AssumeRolePolicyDocument }));
    const role = "RoleArn=arn:aws:iam::111122223333:role/task&RoleSessionName=job";
    const url = `/?Action=AssumeRole&Version=2011-06-15&${role}`;
    expect(await send(root, { service: "sts", url })).toBe("403 AccessDenied");
  });

  it("with a web identity needs no signature in the URL either", async () => {
    const role = "RoleArn=arn:aws:iam::111122223333:role/none&RoleSessionName=job&WebIdentityToken=a.b.c";
    const url = `${aws.endpoint}/?Action=AssumeRoleWithWebIdentity&Version=2011-06-15&${role}`;
    expect(await answerOf(fetch(url))).toBe("400 InvalidIdentityToken");
  });

  it("is refused when its path, target or version is none of the service", async () => {
    const lists = await userWith("lists", "lambda:ListFunctions", "apigateway:GET", "ecs:ListClusters");
    const calls: readonly PlainRequest[] = [
      { service: "lambda", url: "//2015-03-31/functions/" },
      { service: "apigateway", url: "/%72estapis" },
      { service: "iam", url: "/?Action=ListUsers&Version=2009-01-01" },
      { service: "ecs", url: "/?Action=ListClusters&Version=2014-11-13" },
      { service: "ecs", method: "POST", url: "/", headers: { "x-amz-target": "AmazonECS.Nothing" }, body: "{}" },
      { service: "IAM", url: "/?Action=ListUsers&Version=2010-05-08" },
    ];
    for (const call of calls) expect(await send(lists, call)).toMatch(/^501/);
  });

  it("does the operation of its header, not that of its URL", async () => {
    const lists = await userWith("reader", "ecs:ListClusters");
    const headers = { "x-amz-target": "AmazonEC2ContainerServiceV20141113.ListClusters" };
    const request = { service: "ecs", method: "POST", headers, body: "{}" };
    const reply = await sendSigned(aws.endpoint, lists, { ...request, url: "/?Action=CreateCluster" });
    expect(await reply.json()).toEqual({ clusterArns: [] });
  });

  it("may be compressed, and of a former version of EC2", async () => {
    const { ec2 = "" } = queries;
    expect(await send(root, { service: "ec2", url: `/?${ec2.replace("2016-11-15", "2015-10-01")}` })).toBe("200");
    const authorization = "AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/ec2/aws4_request";
    const headers = { authorization, "content-encoding": "gzip", "content-type": "application/x-www-form-urlencoded" };
    expect(await answerOf(fetch(aws.endpoint, { method: "POST", headers, body: gzipSync(ec2) }))).toBe("200");
  });

  it("is not taken as unsigned when its signature has no scope", async () => {
    const authorization = `AWS4-HMAC-SHA256 Credential=${none.accessKeyId}/today/us-east-1/iam/aws4_request, Signature=0`;
    const reply = fetch(`${aws.endpoint}/?${queries.iam ?? ""}`, { headers: { authorization } });
    expect(await answerOf(reply)).toMatch(/^400/);
    expect(await refusal(iam().send(new GetUserCommand({ UserName: "other" })))).toMatch(/NoSuchEntity/);
  });

  it("needs a signature, but for the operations of users", async () => {
    const unsigned = (target: string) =>
      answerOf(fetch(aws.endpoint, { method: "POST", headers: { "x-amz-target": target }, body: "{}" }));
    const missing = "400 MissingAuthenticationTokenException";
    expect(await unsigned("AWSCognitoIdentityProviderService.ListUserPools")).toBe(missing);
    expect(await unsigned("AmazonSQS.ListQueues")).toBe(missing);
    const userPools = "AWSCognitoIdentityProviderService";
    const body = JSON.stringify({ AccessToken: "none" });
    const headers = { "x-amz-target": `${userPools}.GetUser`, "content-type": "application/x-amz-json-1.1" };
    expect(await answerOf(fetch(aws.endpoint, { method: "POST", headers, body }))).toBe("400 NotAuthorizedException");
    expect(await answerOf(fetch(`${aws.endpoint}/?${queries.iam ?? ""}`))).toBe("403 MissingAuthenticationToken");
    const form = { method: "POST", body: new URLSearchParams(queries.iam) };
    expect(await answerOf(fetch(aws.endpoint, form))).toBe("403 MissingAuthenticationToken");
    expect((await fetch(aws.endpoint)).status).toBe(200);
  });

  it("to S3 may have any type of body, and a path like that of an operation", async () => {
    await new S3Client(aws.client()).send(new CreateBucketCommand({ Bucket: "service" }));
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const url = "/service/a/operation/b";
    expect(await send(root, { service: "s3", method: "PUT", url, headers, body: "Action=a" })).toBe("200");
    expect(await send(root, { service: "s3", url, isInUrl: true })).toBe("200");
    expect(await send(none, { service: "s3", url })).toBe("403 AccessDenied");
    expect(await send(guessed, { service: "s3", url, isInUrl: true })).toBe("403 SignatureDoesNotMatch");
  });

  it("to moto's own administration passes", async () => {
    expect((await fetch(`${aws.endpoint}/moto-api/data.json`)).status).toBe(200);
  });
});
