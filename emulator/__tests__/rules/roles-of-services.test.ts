import {
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { IAMClient } from "@aws-sdk/client-iam";
import { emulatorForSuite, refusal } from "../running-emulator";
import { permit, roleFor } from "./roles";

const account = "111122223333";

describe("a role that is handed to a service", () => {
  const aws = emulatorForSuite();
  const iam = () => new IAMClient(aws.client());
  let count = 0;
  const role = (principal: string, conditions?: object) => roleFor(iam(), `own-${++count}`, principal, conditions);
  const missing = `arn:aws:iam::${account}:role/missing`;

  /** The error code of a signed call with a JSON body, of a service without a client here; "" when it succeeds. */
  const call = async (service: string, path: string, body: object, target?: string, method = "POST") => {
    const authorization = `AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/${service}/aws4_request`;
    const headers = new Headers({ authorization, "content-type": "application/x-amz-json-1.0" });
    if (target !== undefined) headers.set("x-amz-target", target);
    const response = await fetch(`${aws.endpoint}${path}`, { method, headers, body: JSON.stringify(body) });
    if (response.ok) return "";
    const { __type = response.headers.get("x-amzn-errortype") } = (await response.json()) as { __type?: string };
    return (__type ?? "").split("#").at(-1) ?? "";
  };

  it("must trust Lambda [function-role-trust]", async () => {
    const create = (Role: string) => {
      const Code = { ZipFile: Buffer.from("UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==", "base64").toString("base64") };
      const body = { FunctionName: `own-${++count}`, Role, Code, Runtime: "nodejs22.x", Handler: "index.handler" };
      return call("lambda", "/2015-03-31/functions", body);
    };
    expect(await create(missing)).toBe("InvalidParameterValueException");
    expect(await create(await role("ecs-tasks.amazonaws.com"))).toBe("InvalidParameterValueException");
    const good = await role("lambda.amazonaws.com");
    expect(await create(good)).toBe("");
    const path = `/2015-03-31/functions/own-${count}/configuration`;
    const update = (Role: string) => call("lambda", path, { Role }, undefined, "PUT");
    expect(await update(missing)).toBe("InvalidParameterValueException");
    expect(await update(good)).toBe("");
  });

  it("must trust Step Functions, in all Regions or one [state-machine-role-trust]", async () => {
    const create = (roleArn: string) => {
      const definition = JSON.stringify({ StartAt: "End", States: { End: { Type: "Succeed" } } });
      const body = { name: `own-${++count}`, definition, roleArn };
      return call("states", "/", body, "AWSStepFunctions.CreateStateMachine");
    };
    expect(await create(missing)).toBe("AccessDeniedException");
    expect(await create(await role("lambda.amazonaws.com"))).toBe("AccessDeniedException");
    expect(await create(await role("states.us-west-2.amazonaws.com"))).toBe("AccessDeniedException");
    expect(await create(await role("states.us-east-1.amazonaws.com"))).toBe("");
    expect(await create(await role("states.amazonaws.com"))).toBe("");
  });

  it("must trust Firehose, which passes the account as external id [delivery-stream-role-trust]", async () => {
    const create = (RoleARN: string) => {
      const ExtendedS3DestinationConfiguration = { RoleARN, BucketARN: "arn:aws:s3:::events" };
      const body = { DeliveryStreamName: `own-${++count}`, ExtendedS3DestinationConfiguration };
      return call("firehose", "/", body, "Firehose_20150804.CreateDeliveryStream");
    };
    const withId = (id: string) => role("firehose.amazonaws.com", { StringEquals: { "sts:ExternalId": id } });
    expect(await create(missing)).toBe("InvalidArgumentException");
    expect(await create(await role("lambda.amazonaws.com"))).toBe("InvalidArgumentException");
    expect(await create(await withId("444455556666"))).toBe("InvalidArgumentException");
    expect(await create(await withId(account))).toBe("");
  });

  it("must trust Cognito with the external id of the user pool [sms-role-trust]", async () => {
    const cognito = new CognitoIdentityProviderClient(aws.client());
    const create = (SnsCallerArn: string, ExternalId?: string) => {
      const input = { PoolName: `own-${++count}`, SmsConfiguration: { SnsCallerArn, ExternalId } };
      return refusal(cognito.send(new CreateUserPoolCommand(input)));
    };
    const good = await role("cognito-idp.amazonaws.com", {
      StringEquals: { "sts:ExternalId": "shop", "aws:SourceAccount": account },
      ArnLike: { "aws:SourceArn": `arn:aws:cognito-idp:us-east-1:${account}:userpool/*` },
    });
    await permit(iam(), `own-${count}`, "sns:Publish");
    expect(await create(missing)).toBe("InvalidSmsRoleTrustRelationshipException");
    expect(await create(good, "other")).toBe("InvalidSmsRoleTrustRelationshipException");
    expect(await create(good)).toBe("InvalidSmsRoleTrustRelationshipException");
    expect(await create(good, "shop")).toBe("");
  });

  it("must be allowed to send text messages [sms-role-permissions]", async () => {
    const cognito = new CognitoIdentityProviderClient(aws.client());
    const SnsCallerArn = await role("cognito-idp.amazonaws.com");
    const name = `own-${count}`;
    const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: name }));
    const update = new UpdateUserPoolCommand({ UserPoolId: UserPool?.Id, SmsConfiguration: { SnsCallerArn } });
    expect(await refusal(cognito.send(update))).toBe("InvalidSmsRoleAccessPolicyException");
    await permit(iam(), name, "sns:Publish");
    expect(await refusal(cognito.send(update))).toBe("");
  });
});
