import { fakeAwsForEachTest } from "../fake-aws";

describe("the settings that replies of moto lack", () => {
  const aws = fakeAwsForEachTest();
  const reply = (body: object): void => {
    aws.reply = { body: JSON.stringify(body) };
  };

  it("returns the class of a table and its on-demand throughput until it is deleted", async () => {
    const TableName = "orders";
    reply({ TableDescription: { TableName } });
    const created = await aws.json("dynamodb", "CreateTable", {
      TableName,
      TableClass: "STANDARD_INFREQUENT_ACCESS",
      OnDemandThroughput: { MaxReadRequestUnits: 5, MaxWriteRequestUnits: -1 },
    });
    const table = {
      TableName,
      TableClassSummary: { TableClass: "STANDARD_INFREQUENT_ACCESS" },
      OnDemandThroughput: { MaxReadRequestUnits: 5 },
    };
    expect(created).toEqual({ TableDescription: table });
    await aws.json("dynamodb", "UpdateTable", { TableName, OnDemandThroughput: { MaxReadRequestUnits: -1 } });
    reply({ Table: { TableName } });
    expect(await aws.json("dynamodb", "DescribeTable", { TableName })).toEqual({
      Table: { TableName, TableClassSummary: table.TableClassSummary },
    });
    reply({ TableDescription: { TableName } });
    await aws.json("dynamodb", "DeleteTable", { TableName });
    reply({ Table: { TableName } });
    expect(await aws.json("dynamodb", "DescribeTable", { TableName })).toEqual({ Table: { TableName } });
  });

  it("returns the settings of a function until it is deleted", async () => {
    const FunctionName = "resize";
    const functions = "/2015-03-31/functions";
    const target = { TargetArn: "arn:aws:sqs:us-east-1:111122223333:failed" };
    const SnapStart = { ApplyOn: "PublishedVersions" };
    const LoggingConfig = { LogFormat: "JSON", SystemLogLevel: "WARN" };
    reply({ FunctionName });
    const sent = { FunctionName, DeadLetterConfig: target, LoggingConfig, SnapStart, KMSKeyArn: "arn:key" };
    await aws.rest("lambda", "POST", functions, sent);
    const logging = { ...LoggingConfig, LogGroup: "/aws/lambda/resize" };
    const kept = {
      FunctionName,
      DeadLetterConfig: target,
      LoggingConfig: logging,
      SnapStart: { ...SnapStart, OptimizationStatus: "Off" },
      KMSKeyArn: "arn:key",
    };
    expect(await aws.rest("lambda", "GET", `${functions}/${FunctionName}/configuration`)).toEqual(kept);
    const changes = { DeadLetterConfig: { TargetArn: "" }, KMSKeyArn: "" };
    await aws.rest("lambda", "PUT", `${functions}/${FunctionName}/configuration`, changes);
    reply({ Configuration: { FunctionName } });
    const changed = { FunctionName, LoggingConfig: logging, SnapStart: kept.SnapStart };
    expect(await aws.rest("lambda", "GET", `${functions}/${FunctionName}`)).toEqual({ Configuration: changed });
    reply({ Functions: [{ FunctionName }] });
    expect(await aws.rest("lambda", "GET", `${functions}/`)).toEqual({ Functions: [changed] });
    reply({});
    const arn = encodeURIComponent(`arn:aws:lambda:us-east-1:111122223333:function:${FunctionName}`);
    await aws.call("lambda", `${functions}/${arn}`, { method: "DELETE" });
    reply({ FunctionName });
    expect(await aws.rest("lambda", "GET", `${functions}/${FunctionName}/configuration`)).toEqual({ FunctionName });
  });

  it("returns whether an identity pool takes the basic flow", async () => {
    const IdentityPoolId = "us-east-1:pool";
    reply({ IdentityPoolId });
    await aws.json("cognito-identity", "CreateIdentityPool", { IdentityPoolName: "pool", AllowClassicFlow: true });
    const describePool = () => aws.json("cognito-identity", "DescribeIdentityPool", { IdentityPoolId });
    expect(await describePool()).toEqual({ IdentityPoolId, AllowClassicFlow: true });
    await aws.json("cognito-identity", "UpdateIdentityPool", { IdentityPoolId, AllowClassicFlow: false });
    expect(await describePool()).toEqual({ IdentityPoolId, AllowClassicFlow: false });
  });
});
