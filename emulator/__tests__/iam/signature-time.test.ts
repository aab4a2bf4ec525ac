import { AttachUserPolicyCommand, CreateAccessKeyCommand, CreateUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { emulatorForSuite } from "../running-emulator";
import { answerOf, sendSigned, type Credentials, type PlainRequest } from "./signed-request";

const ecs: PlainRequest = {
  service: "ecs",
  method: "POST",
  url: "/",
  headers: {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": "AmazonEC2ContainerServiceV20141113.ListClusters",
  },
  body: "{}",
};
const iam: PlainRequest = { service: "iam", url: "/?Action=ListUsers&Version=2010-05-08" };
const ec2: PlainRequest = { service: "ec2", url: "/?Action=DescribeVpcs&Version=2016-11-15" };
const s3: PlainRequest = { service: "s3", url: "/" };
const lambda: PlainRequest = { service: "lambda", url: "/2015-03-31/functions" };

describe("a signature", () => {
  const aws = emulatorForSuite();
  let user: Credentials;
  beforeAll(async () => {
    const client = new IAMClient(aws.client());
    await client.send(new CreateUserCommand({ UserName: "signer" }));
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await client.send(new AttachUserPolicyCommand({ UserName: "signer", PolicyArn }));
    const { AccessKey } = await client.send(new CreateAccessKeyCommand({ UserName: "signer" }));
    user = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  });
  const send = (request: PlainRequest, credentials = user) => answerOf(sendSigned(aws.endpoint, credentials, request));

  it.each([
    ["the Query protocol", iam, 6, "403 SignatureDoesNotMatch"],
    ["the JSON protocol", ecs, 6, "400 InvalidSignatureException"],
    ["the EC2 protocol", ec2, 16, "400 RequestExpired"],
    ["S3", s3, 16, "403 RequestTimeTooSkewed"],
  ])("is of the last minutes in %s, or the next", async (_, request, age, refused) => {
    for (const minutes of [age, -age]) expect(await send({ ...request, age: minutes })).toBe(refused);
    for (const minutes of [age - 2, 2 - age]) expect(await send({ ...request, age: minutes })).toBe("200");
  });

  it("is of the last minutes in REST JSON, also that of the default caller", async () => {
    const refused = /Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)/;
    const { credentials } = aws.client();
    for (const caller of [user, credentials]) {
      expect(await (await sendSigned(aws.endpoint, caller, { ...lambda, age: 60 })).text()).toMatch(refused);
    }
  });

  it("in a URL is valid as long as the URL states", async () => {
    const url: PlainRequest = { ...s3, isInUrl: true, expires: 3600 };
    expect(await send({ ...url, age: 59 })).toBe("200");
    expect(await send({ ...url, age: 61 })).toBe("403 AccessDenied");
    expect(await send({ ...iam, isInUrl: true, age: 14 })).toBe("200");
    expect(await send({ ...iam, isInUrl: true, age: 16 })).toBe("403 SignatureDoesNotMatch");
  });

  it("of a long-term access key has no session token", async () => {
    const withToken = { ...user, sessionToken: "other" };
    expect(await send(iam, withToken)).toBe("403 InvalidClientTokenId");
    expect(await send(ecs, withToken)).toBe("400 UnrecognizedClientException");
    expect(await send(s3, withToken)).toBe("400 InvalidToken");
    expect(await send({ ...iam, isInUrl: true }, withToken)).toBe("403 InvalidClientTokenId");
  });

  it("is complete", async () => {
    const authorization = `AWS4-HMAC-SHA256 Credential=${user.accessKeyId}/20260101/us-east-1/iam/aws4_request`;
    expect(await answerOf(fetch(`${aws.endpoint}${iam.url}`, { headers: { authorization } }))).toBe(
      "400 IncompleteSignature",
    );
  });
});
