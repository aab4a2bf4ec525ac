import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
} from "@aws-sdk/client-cloudwatch";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("CloudWatch", () => {
  const aws = emulatorForSuite();
  const cloudWatch = () => new CloudWatchClient(aws.client());
  let count = 0;
  const name = (): string => `own-${++count}`;
  const metricAlarm = async (AlarmName = name(), settings = {}): Promise<string> => {
    await cloudWatch().send(new PutMetricAlarmCommand({ ...alarm, AlarmName, ...settings }));
    return AlarmName;
  };
  const compositeAlarm = async (AlarmRule: string, AlarmName = name()): Promise<string> => {
    await cloudWatch().send(new PutCompositeAlarmCommand({ AlarmName, AlarmRule }));
    return AlarmName;
  };
  const remove = (...AlarmNames: string[]) => cloudWatch().send(new DeleteAlarmsCommand({ AlarmNames }));

  it("refuses a composite alarm of an alarm that does not exist [composite-alarm-of-unknown-alarm]", async () => {
    const one = await metricAlarm();
    const two = await compositeAlarm(`ALARM("${one}")`);
    expect(await refusal(compositeAlarm(`ALARM("${one}") OR ALARM(unknown)`))).toBe("ValidationError");
    expect(await refusal(compositeAlarm(`ALARM(${one}) AND NOT OK("${two}")`))).toBe("");
    const arn = `arn:aws:cloudwatch:us-east-1:111122223333:alarm:${one}`;
    expect(await refusal(compositeAlarm(`INSUFFICIENT_DATA("${arn}")`))).toBe("");
    expect(await refusal(compositeAlarm("TRUE"))).toBe("");
  });

  it("refuses actions in another Region [alarm-action-region]", async () => {
    const topic = (region: string) => `arn:aws:sns:${region}:111122223333:alarms`;
    expect(await refusal(metricAlarm(name(), { AlarmActions: [topic("us-east-1"), topic("eu-west-1")] }))).toBe(
      "ValidationError",
    );
    expect(await refusal(metricAlarm(name(), { OKActions: [topic("us-east-1")] }))).toBe("");
    const composite = { AlarmName: name(), AlarmRule: "TRUE", InsufficientDataActions: [topic("eu-west-1")] };
    expect(await refusal(cloudWatch().send(new PutCompositeAlarmCommand(composite)))).toBe("ValidationError");
  });

  it("takes statistics of every form, and returns them", async () => {
    const forms = ["p99.9", "tm90", "TM(10%:90%)", "PR(:300)", "IQM"];
    const settings = (ExtendedStatistic: string) => ({ Statistic: undefined, ExtendedStatistic });
    const names = await Promise.all(forms.map((form) => metricAlarm(name(), settings(form))));
    const { MetricAlarms = [] } = await cloudWatch().send(new DescribeAlarmsCommand({ AlarmNames: names }));
    expect(MetricAlarms.map((each) => each.ExtendedStatistic).sort()).toEqual([...forms].sort());
    await metricAlarm(names[0]);
    const { MetricAlarms: changed = [] } = await cloudWatch().send(
      new DescribeAlarmsCommand({ AlarmNames: names.slice(0, 1) }),
    );
    expect(changed.map(({ Statistic, ExtendedStatistic }) => [Statistic, ExtendedStatistic])).toEqual([
      ["Sum", undefined],
    ]);
  });

  it("refuses to delete an alarm of a composite alarm [alarm-of-composite-alarm]", async () => {
    const one = await metricAlarm();
    const composite = await compositeAlarm(`ALARM("${one}")`);
    expect(await refusal(remove(one))).toBe("ValidationError");
    await compositeAlarm("FALSE", composite);
    expect(await refusal(remove(one))).toBe("");
  });

  it("deletes a composite alarm together with its alarms [alarm-of-composite-alarm]", async () => {
    const one = await metricAlarm();
    const composite = await compositeAlarm(`ALARM("${one}")`);
    expect(await refusal(remove(composite, one))).toBe("");
    const { MetricAlarms, CompositeAlarms } = await cloudWatch().send(
      new DescribeAlarmsCommand({ AlarmNames: [one, composite], AlarmTypes: ["MetricAlarm", "CompositeAlarm"] }),
    );
    expect([...(MetricAlarms ?? []), ...(CompositeAlarms ?? [])]).toEqual([]);
  });

  it("refuses to delete two composite alarms at once [one-composite-alarm-a-deletion]", async () => {
    const [one, two] = [await compositeAlarm("TRUE"), await compositeAlarm("TRUE")];
    expect(await refusal(remove(one, two))).toBe("ValidationError");
    expect(await refusal(remove(one))).toBe("");
  });

  it("puts an alarm that exists again", async () => {
    const one = await metricAlarm();
    expect(await refusal(metricAlarm(one, { Threshold: 2 }))).toBe("");
  });
});

const alarm = {
  ComparisonOperator: "GreaterThanThreshold",
  EvaluationPeriods: 1,
  MetricName: "Errors",
  Namespace: "Own",
  Period: 60,
  Statistic: "Sum",
  Threshold: 1,
} as const;
