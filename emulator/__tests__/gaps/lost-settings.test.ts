import {
  ACMClient,
  DescribeCertificateCommand,
  ListCertificatesCommand,
  RequestCertificateCommand,
} from "@aws-sdk/client-acm";
import { CloudWatchClient, DescribeAlarmsCommand, PutCompositeAlarmCommand } from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetTopicAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
} from "@aws-sdk/client-sns";
import { emulatorForSuite } from "../running-emulator";

describe("the settings that moto loses", () => {
  const aws = emulatorForSuite();

  it("keeps the class of a log group until it is deleted", async () => {
    const logs = new CloudWatchLogsClient(aws.client());
    const classes = async (logGroupClass?: "STANDARD" | "INFREQUENT_ACCESS") => {
      const found = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/class/", logGroupClass }));
      return found.logGroups?.map((group) => [group.logGroupName, group.logGroupClass]);
    };
    const logGroupName = "/class/a";
    await logs.send(new CreateLogGroupCommand({ logGroupName, logGroupClass: "INFREQUENT_ACCESS" }));
    await logs.send(new CreateLogGroupCommand({ logGroupName: "/class/b" }));
    expect(await classes()).toEqual([
      ["/class/a", "INFREQUENT_ACCESS"],
      ["/class/b", "STANDARD"],
    ]);
    expect(await classes("INFREQUENT_ACCESS")).toEqual([["/class/a", "INFREQUENT_ACCESS"]]);
    await logs.send(new DeleteLogGroupCommand({ logGroupName }));
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    expect(await classes("INFREQUENT_ACCESS")).toEqual([]);
  });

  it("keeps the algorithm of the key of a certificate", async () => {
    const acm = new ACMClient(aws.client());
    const { CertificateArn } = await acm.send(
      new RequestCertificateCommand({
        DomainName: "curve.example.com",
        ValidationMethod: "DNS",
        KeyAlgorithm: "EC_prime256v1",
      }),
    );
    const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn }));
    expect(Certificate?.KeyAlgorithm).toBe("EC_prime256v1");
    const namesOf = async (keyTypes: ("RSA_2048" | "EC_prime256v1")[]) => {
      const found = await acm.send(new ListCertificatesCommand({ Includes: { keyTypes } }));
      return found.CertificateSummaryList?.map(({ DomainName }) => DomainName);
    };
    expect(await namesOf(["EC_prime256v1"])).toEqual(["curve.example.com"]);
    expect(await namesOf(["RSA_2048"])).toEqual([]);
  });

  it("keeps whether faults may be injected into the tasks of a task definition", async () => {
    const ecs = new ECSClient(aws.client());
    const { taskDefinition } = await ecs.send(
      new RegisterTaskDefinitionCommand({
        family: "faults",
        enableFaultInjection: true,
        containerDefinitions: [{ name: "api", image: "api", memory: 128 }],
      }),
    );
    expect(taskDefinition?.enableFaultInjection).toBe(true);
    const arn = { taskDefinition: taskDefinition?.taskDefinitionArn };
    const described = await ecs.send(new DescribeTaskDefinitionCommand(arn));
    expect(described.taskDefinition?.enableFaultInjection).toBe(true);
    const deregistered = await ecs.send(new DeregisterTaskDefinitionCommand(arn));
    expect(deregistered.taskDefinition?.enableFaultInjection).toBe(true);
  });

  it("keeps the attributes of a topic until it is deleted", async () => {
    const sns = new SNSClient(aws.client());
    const Name = "traced";
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name, Attributes: { TracingConfig: "Active" } }));
    const set = (AttributeName: string, AttributeValue: string) =>
      sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));
    await set("SignatureVersion", "2");
    await set("SQSSuccessFeedbackSampleRate", "50");
    await set("DisplayName", "Traced");
    const attributes = async () => (await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes;
    const kept = { TracingConfig: "Active", SignatureVersion: "2", SQSSuccessFeedbackSampleRate: "50" };
    expect(await attributes()).toMatchObject({ ...kept, DisplayName: "Traced" });
    await sns.send(new DeleteTopicCommand({ TopicArn }));
    await sns.send(new CreateTopicCommand({ Name }));
    expect(Object.keys((await attributes()) ?? {})).not.toContain("TracingConfig");
  });

  it("keeps how long a composite alarm waits for its suppressor", async () => {
    const cloudWatch = new CloudWatchClient(aws.client());
    const periods = { ActionsSuppressorWaitPeriod: 60, ActionsSuppressorExtensionPeriod: 120 };
    const AlarmRule = "FALSE";
    await cloudWatch.send(new PutCompositeAlarmCommand({ AlarmName: "maintenance", AlarmRule }));
    const alarm = { AlarmName: "suppressed", AlarmRule, ActionsSuppressor: "maintenance", ...periods };
    await cloudWatch.send(new PutCompositeAlarmCommand(alarm));
    const input = { AlarmNames: ["suppressed"], AlarmTypes: ["CompositeAlarm" as const] };
    const { CompositeAlarms } = await cloudWatch.send(new DescribeAlarmsCommand(input));
    expect(CompositeAlarms?.[0]).toMatchObject(periods);
  });
});
