import { z } from "zod";
import type { StageInput } from "../../../schema/stage";
import { stageWith } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";

type Alarms = NonNullable<NonNullable<StageInput["monitoring"]>["alarms"]>;

const synthesized = (alarms: Alarms = {}) => new Synthesized(stageWith({ monitoring: { alarms } }));
const document = z.object({
  statement: z.array(
    z.object({
      sid: z.string(),
      effect: z.string().optional(),
      actions: z.array(z.string()),
      principals: z.array(z.object({ identifiers: z.array(z.string()) })),
      condition: z.array(z.object({ variable: z.string(), values: z.array(z.string()) })).default([]),
    }),
  ),
});
const statements = (stack: Synthesized, id: string) => {
  const policy = document.parse(stack.json.data.aws_iam_policy_document?.[`monitoring_notices_${id}`]);
  return policy.statement.map(({ sid, effect = "Allow", actions, principals, condition }) => ({
    sid,
    allowed: effect === "Allow" ? actions : [],
    to: principals.flatMap(({ identifiers }) => identifiers),
    when: condition.map(({ variable, values }) => `${variable}=${values.join()}`),
  }));
};

describe("the topic of a stage", () => {
  const stack = synthesized();

  it("is encrypted with a key of its own that rotates", () => {
    expect(stack.resource("aws_sns_topic.monitoring_notices")).toEqual({
      name: "shop-messages-dev01",
      kms_master_key_id: "${aws_kms_key.monitoring_notices_encryption.arn}",
    });
    expect(stack.resource("aws_kms_key.monitoring_notices_encryption")).toMatchObject({
      enable_key_rotation: true,
    });
  });

  it("gives the key to CloudWatch for its own account, and to EventBridge, which names none", () => {
    const use = ["kms:Decrypt", "kms:GenerateDataKey*"];
    expect(statements(stack, "encryption_policy")).toEqual([
      {
        sid: "AccountDecides",
        allowed: ["kms:*"],
        to: ["arn:${data.aws_partition.monitoring_notices_encryption.partition}:iam::111122223333:root"],
        when: [],
      },
      {
        sid: "AlarmsWrite",
        allowed: use,
        to: ["cloudwatch.amazonaws.com"],
        when: ["aws:SourceAccount=111122223333"],
      },
      { sid: "EventsWrite", allowed: use, to: ["events.amazonaws.com"], when: [] },
    ]);
  });

  it("is written by the account's alarms and by EventBridge, over TLS, and by nobody else", () => {
    expect(statements(stack, "access")).toEqual([
      {
        sid: "AlarmsWrite",
        allowed: ["sns:Publish"],
        to: ["cloudwatch.amazonaws.com"],
        when: ["aws:SourceAccount=111122223333"],
      },
      { sid: "EventsWrite", allowed: ["sns:Publish"], to: ["events.amazonaws.com"], when: [] },
      { sid: "OnlyTls", allowed: [], to: ["*"], when: ["aws:SecureTransport=false"] },
    ]);
  });

  it("is read by addresses of mail and of programs, each under an address of its own in Terraform", () => {
    const email = ["a@example.com", "b@example.com"];
    const subscriptions = synthesized({ email, https: ["https://pager.example.com/x?y=1"] });
    expect(
      Object.values(subscriptions.all("aws_sns_topic_subscription")).map(({ protocol, endpoint }) => [
        protocol,
        endpoint,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ["email", "a@example.com"],
        ["email", "b@example.com"],
        ["https", "https://pager.example.com/x?y=1"],
      ]),
    );
    const one = Object.keys(synthesized({ email: ["b@example.com"] }).all("aws_sns_topic_subscription"));
    expect(Object.keys(subscriptions.all("aws_sns_topic_subscription"))).toEqual(expect.arrayContaining(one));
    expect(stack.all("aws_sns_topic_subscription")).toEqual({});
  });
});
