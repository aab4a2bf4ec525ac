import { DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { ECSClient, ListClustersCommand } from "@aws-sdk/client-ecs";
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  ListRolesCommand,
} from "@aws-sdk/client-iam";
import { ListHostedZonesCommand, Route53Client } from "@aws-sdk/client-route-53";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { emulatorForSuite, refusal, type ClientSettings } from "../running-emulator";
import { sessionOf } from "./role-session";

const everything = { Effect: "Allow", Action: "*", Resource: "*" };

describe("credentials", () => {
  const aws = emulatorForSuite();
  const withSecret = (settings: ClientSettings, secretAccessKey: string): ClientSettings => ({
    ...settings,
    credentials: { ...settings.credentials, secretAccessKey },
  });
  const userSettings = async (UserName: string): Promise<ClientSettings> => {
    const iam = new IAMClient(aws.client());
    await iam.send(new CreateUserCommand({ UserName }));
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const credentials = {
      accessKeyId: AccessKey?.AccessKeyId ?? "",
      secretAccessKey: AccessKey?.SecretAccessKey ?? "",
    };
    return { ...aws.client(), credentials };
  };
  const calls = (settings: ClientSettings) => [
    refusal(new ECSClient(settings).send(new ListClustersCommand({}))),
    refusal(new EC2Client(settings).send(new DescribeVpcsCommand({}))),
    refusal(new STSClient(settings).send(new GetCallerIdentityCommand({}))),
    refusal(new Route53Client(settings).send(new ListHostedZonesCommand({}))),
    refusal(new S3Client(settings).send(new ListObjectsV2Command({ Bucket: "signed", Prefix: "a b/" }))),
  ];

  beforeAll(() => new S3Client(aws.client()).send(new CreateBucketCommand({ Bucket: "signed" })));

  it("of a user are refused with another secret, with the error of each protocol", async () => {
    const settings = await userSettings("signer");
    expect(await Promise.all(calls(settings))).toEqual(["", "", "", "", ""]);
    const wrong = "SignatureDoesNotMatch";
    expect(await Promise.all(calls(withSecret(settings, "guessed")))).toEqual([
      ...["InvalidSignatureException", "AuthFailure"],
      ...[wrong, wrong, wrong],
    ]);
  });

  it("of a session are refused without its token, with another token, or with another secret", async () => {
    const settings = await sessionOf(aws, "signing", everything);
    expect(await Promise.all(calls(settings))).toEqual(["", "", "", "", ""]);
    const { sessionToken, ...credentials } = { sessionToken: undefined, ...settings.credentials };
    expect(sessionToken).not.toBe("");
    const invalid = "InvalidClientTokenId";
    const refused = ["UnrecognizedClientException", "AuthFailure", invalid, invalid, "InvalidToken"];
    expect(await Promise.all(calls({ ...settings, credentials }))).toEqual(refused);
    const other = { ...credentials, sessionToken: "other" };
    expect(await Promise.all(calls({ ...settings, credentials: other }))).toEqual(refused);
    const [listClusters] = calls(withSecret(settings, "guessed"));
    expect(await listClusters).toBe("InvalidSignatureException");
  });

  it("sign paths, queries and bodies of any characters", async () => {
    const settings = await sessionOf(aws, "writing", everything);
    const s3 = new S3Client(settings);
    for (const Key of ["plain", "with space/ü+(1)'*!.txt", "a//b", "100%/~x&y=z"]) {
      await s3.send(
        new PutObjectCommand({ Bucket: "signed", Key, Body: `of ${Key}`, Metadata: { a: "1", b: "x, y" } }),
      );
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: "signed", Key }));
      expect(await Body?.transformToString()).toBe(`of ${Key}`);
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: "signed", Prefix: Key }));
      expect(Contents).toHaveLength(1);
    }
    const iam = new IAMClient(settings);
    expect(await refusal(iam.send(new ListRolesCommand({ PathPrefix: "/a+b/" })))).toBe("");
  });
});
