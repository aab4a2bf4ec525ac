import { readFileSync } from "node:fs";
import {
  AdminSetUserPasswordCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { CreateApiKeyCommand, APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { CloudWatchClient, DescribeAlarmsCommand, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { CreateKeyPairCommand, DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { ECRClient, GetAuthorizationTokenCommand } from "@aws-sdk/client-ecr";
import { CreateClusterCommand, ECSClient, RegisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { CreateUserCommand, ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateKeyCommand, KMSClient, ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";
import { CreateDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { CreateQueueCommand, DeleteQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { reportOf, type RecordedCall } from "../..";
import { Deployment } from "../data-plane/deployment";
import { emulatorForSuite, refusal, RunningEmulator, type ClientSettings } from "../running-emulator";
import { RecordedFile } from "./recorded";

describe("a record", () => {
  const record = new RecordedFile();
  const aws = emulatorForSuite({ record: record.path });
  const last = (operation: string): RecordedCall => {
    const call = record.read().calls.findLast((found) => found.operation === operation);
    if (!call) throw new Error(`${operation} is not recorded`);
    return call;
  };
  const assumed = async (RoleName: string): Promise<ClientSettings> => {
    const trust = { Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "sts:AssumeRole" };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
    const iam = new IAMClient(aws.client());
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    const { Credentials } = await new STSClient(aws.client()).send(
      new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: "job" }),
    );
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
    secrets.push(SecretAccessKey, SessionToken);
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    return { ...aws.client(), credentials };
  };
  /** Secrets that calls have sent and received. */
  const secrets: string[] = [];

  it("has time, caller, place, operation, parameters, answer and IAM actions of a call", async () => {
    const before = Date.now();
    await new SQSClient(aws.client("eu-west-1")).send(new CreateQueueCommand({ QueueName: "orders" }));
    const { time, durationMs, output, ...call } = last("CreateQueue");
    expect(output?.QueueUrl).toMatch(/\/111122223333\/orders$/);
    expect(call).toEqual({
      caller: "arn:aws:iam::111122223333:root",
      account: "111122223333",
      region: "eu-west-1",
      service: "sqs",
      operation: "CreateQueue",
      input: { QueueName: "orders" },
      status: 200,
      actions: [{ action: "sqs:CreateQueue", resources: ["arn:aws:sqs:eu-west-1:111122223333:orders"] }],
    });
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time + durationMs).toBeLessThanOrEqual(Date.now());
  });

  it("has the code and message of a refused call, without an answer", async () => {
    const name = { SecretId: "missing" };
    const call = new SecretsManagerClient(aws.client()).send(new GetSecretValueCommand(name));
    expect(await refusal(call)).toBe("ResourceNotFoundException");
    expect(last("GetSecretValue")).toMatchObject({ code: "ResourceNotFoundException", input: name });
    expect(last("GetSecretValue").message).toMatch(/find the specified secret/);
    expect(last("GetSecretValue")).not.toHaveProperty("output");
  });

  it("has the role of a session, and the refusal of what its policies do not allow", async () => {
    const client = new SQSClient(await assumed("reader"));
    expect(await refusal(client.send(new CreateQueueCommand({ QueueName: "denied" })))).toBe("AccessDenied");
    expect(last("CreateQueue")).toMatchObject({
      caller: "arn:aws:sts::111122223333:assumed-role/reader/job",
      role: "arn:aws:iam::111122223333:role/reader",
      status: 403,
      code: "AccessDenied",
      actions: [{ action: "sqs:CreateQueue" }],
    });
  });

  it("has the permissions to pass roles and to create service-linked roles among the IAM actions", async () => {
    const ecs = new ECSClient(aws.client());
    await ecs.send(new CreateClusterCommand({ clusterName: "main" }));
    expect(last("CreateCluster").actions).toContainEqual({
      action: "iam:CreateServiceLinkedRole",
      resources: ["arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"],
    });
    const trust = { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
    const { Role } = await new IAMClient(aws.client()).send(
      new CreateRoleCommand({ RoleName: "task", AssumeRolePolicyDocument }),
    );
    const containerDefinitions = [{ name: "web", image: "shop/web:1", memory: 128 }];
    await ecs.send(new RegisterTaskDefinitionCommand({ family: "web", taskRoleArn: Role?.Arn, containerDefinitions }));
    expect(last("RegisterTaskDefinition").actions).toContainEqual({
      action: "iam:PassRole",
      resources: ["arn:aws:iam::111122223333:role/task"],
    });
  });

  it("has the answers of the EC2, Query, JSON, REST and CBOR protocols by the names of AWS's models", async () => {
    await new EC2Client(aws.client()).send(new DescribeVpcsCommand({}));
    expect(last("DescribeVpcs").output).toMatchObject({ Vpcs: [{ CidrBlock: "172.31.0.0/16", IsDefault: true }] });
    await new STSClient(aws.client()).send(new GetCallerIdentityCommand({}));
    expect(last("GetCallerIdentity").output).toMatchObject({ Account: "111122223333" });
    const cloudWatch = new CloudWatchClient(aws.client());
    const alarm = { MetricName: "Errors", Namespace: "shop", Period: 60, EvaluationPeriods: 1, Threshold: 1 };
    await cloudWatch.send(
      new PutMetricAlarmCommand({
        ...alarm,
        AlarmName: "errors",
        Statistic: "Sum",
        ComparisonOperator: "GreaterThanThreshold",
      }),
    );
    await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: ["errors"] }));
    expect(last("DescribeAlarms").output).toMatchObject({ MetricAlarms: [{ AlarmName: "errors", Threshold: 1 }] });
  });

  it("has the code of a refusal in CBOR", async () => {
    const call = new CloudWatchClient(aws.client()).send(new DescribeAlarmsCommand({ MaxRecords: 1000 }));
    expect(await refusal(call)).not.toBe("");
    expect(last("DescribeAlarms").code).toBe(await refusal(call));
  });

  it("has no content of S3 objects", async () => {
    const s3 = new S3Client(aws.client());
    await s3.send(new CreateBucketCommand({ Bucket: "shop-state" }));
    const object = { Bucket: "shop-state", Key: "terraform.tfstate" };
    await s3.send(new PutObjectCommand({ ...object, Body: "the-content-of-the-object" }));
    const { Body } = await s3.send(new GetObjectCommand(object));
    expect(await Body?.transformToString()).toBe("the-content-of-the-object");
    expect(last("PutObject").input).toMatchObject(object);
    expect(last("GetObject").output).toHaveProperty("ETag");
    secrets.push("the-content-of-the-object");
  });

  it("has no passwords, secrets, tokens and keys, neither of parameters nor of answers", async () => {
    const password = "correct-horse-battery";
    secrets.push(password);
    const secretsManager = new SecretsManagerClient(aws.client());
    await secretsManager.send(new CreateSecretCommand({ Name: "database", SecretString: password }));
    await secretsManager.send(new GetSecretValueCommand({ SecretId: "database" }));
    expect(last("CreateSecret").input).toMatchObject({ Name: "database", SecretString: "(removed)" });
    expect(last("GetSecretValue").output).toMatchObject({ Name: "database", SecretString: "(removed)" });

    const parameters = new SSMClient(aws.client());
    const Name = "/shop/password";
    await parameters.send(new PutParameterCommand({ Name, Value: password, Type: "SecureString" }));
    await parameters.send(new GetParameterCommand({ Name, WithDecryption: true }));

    const database = { DBInstanceIdentifier: "own", DBInstanceClass: "db.t4g.micro", Engine: "postgres" };
    await new RDSClient(aws.client()).send(
      new CreateDBInstanceCommand({
        ...database,
        AllocatedStorage: 20,
        MasterUsername: "app",
        MasterUserPassword: password,
      }),
    );
    expect(last("CreateDBInstance").input.MasterUserPassword).toBe("(removed)");

    const user = { UserId: "app", UserName: "app", Engine: "redis", AccessString: "on ~* +@all" };
    await new ElastiCacheClient(aws.client()).send(new CreateUserCommand({ ...user, Passwords: [`${password}-1`] }));
    expect(last("CreateUser").input.Passwords).toEqual(["(removed)"]);

    const cognito = new CognitoIdentityProviderClient(aws.client());
    const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "shop" }));
    const { UserPoolClient } = await cognito.send(
      new CreateUserPoolClientCommand({ UserPoolId: UserPool?.Id, ClientName: "shop", GenerateSecret: true }),
    );
    secrets.push(UserPoolClient?.ClientSecret ?? "");

    const { KeyMaterial = "" } = await new EC2Client(aws.client()).send(new CreateKeyPairCommand({ KeyName: "own" }));
    secrets.push(JSON.stringify(KeyMaterial).slice(1, -1));

    const { authorizationData } = await new ECRClient(aws.client()).send(new GetAuthorizationTokenCommand({}));
    secrets.push(authorizationData?.[0]?.authorizationToken ?? "");

    const gateway = new APIGatewayClient(aws.client());
    const { value = "" } = await gateway.send(new CreateApiKeyCommand({ name: "shop" }));
    secrets.push(value);

    const content = readFileSync(record.path, "utf8");
    expect(secrets.map((secret) => secret.length > 5)).toEqual(secrets.map(() => true));
    expect(secrets.filter((secret) => content.includes(secret))).toEqual([]);
  });

  it("has no secret in the message of a refusal that repeats it", async () => {
    const user = { UserPoolId: "us-east-1_unknown", Username: "app", Permanent: true };
    const call = new AdminSetUserPasswordCommand({ ...user, Password: "correct horse" });
    await expect(new CognitoIdentityProviderClient(aws.client()).send(call)).rejects.toThrow(
      "Value 'correct horse' at 'Password' failed to satisfy constraint",
    );
    expect(last("AdminSetUserPassword").message).toContain("Value '(removed)' at 'Password' failed");
  });

  it("is the source of what the report says on deleted and replaced data", async () => {
    const before = Date.now();
    const s3 = new S3Client(aws.client());
    const Bucket = { Bucket: "shop-files" };
    await s3.send(new CreateBucketCommand(Bucket));
    await s3.send(new DeleteBucketCommand(Bucket));
    await s3.send(new CreateBucketCommand(Bucket));
    const sqs = new SQSClient(aws.client());
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    const kms = new KMSClient(aws.client());
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: "orders" }));
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: KeyMetadata?.KeyId }));
    const cognito = new CognitoIdentityProviderClient(aws.client());
    const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "customers" }));
    await cognito.send(new DeleteUserPoolCommand({ UserPoolId: UserPool?.Id }));
    await cognito.send(new CreateUserPoolCommand({ PoolName: "customers" }));
    const { deletedData } = reportOf(record.read(), { from: before });
    expect(deletedData.map(({ type, id, name = id, replaced }) => [type, name, replaced])).toEqual([
      ["Bucket", "shop-files", true],
      ["Queue", "jobs", false],
      ["KMS key", "orders", false],
      ["User pool", "customers", true],
    ]);
  });

  it("has each call in a line of its own as soon as the call is answered", async () => {
    const before = record.read().calls.length;
    const sqs = new SQSClient(aws.client());
    const names = Array.from({ length: 20 }, (_, index) => `queue-${index}`);
    await Promise.all(names.map((QueueName) => sqs.send(new CreateQueueCommand({ QueueName }))));
    const added = record.read().calls.slice(before);
    expect(added.map(({ input }) => input.QueueName).toSorted()).toEqual(names.toSorted());
  });
});

describe("a record after the emulator's end", () => {
  it("has all calls and the last state of the routes", async () => {
    const record = new RecordedFile();
    const emulator = new RunningEmulator({ record: record.path });
    await emulator.start();
    const elb = new Deployment(emulator);
    const balancer = await elb.balancer("shop", [{ Type: "forward", TargetGroupArn: await elb.targetGroup("web") }]);
    await emulator.stop();
    const { calls, routes } = record.read();
    expect(calls.at(-1)).toMatchObject({ operation: "CreateListener", status: 200 });
    expect(routes.map(({ route, served }) => [route, served])).toEqual([[`ANY http://${balancer.dnsName}/*`, false]]);
  }, 60_000);

  it("is refused before the start when its file cannot be written", async () => {
    const emulator = new RunningEmulator({ record: "/nonexistent/calls.jsonl" });
    await expect(emulator.start()).rejects.toThrow(
      /^the record \/nonexistent\/calls.jsonl cannot be written: .*ENOENT.*; give a path in a directory that exists$/,
    );
  });
});
