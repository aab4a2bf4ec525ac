import { z } from "zod";
import type { Synthesized } from "../../fixtures/synthesized";
import { withAlarms, type Alarms } from "./monitored-stage";

const synthesized = (alarms: Alarms = {}) => withAlarms({}, alarms);
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
/** The statements of the policy document to which an attribute refers. */
const statements = (stack: Synthesized, reference: unknown) => {
  const [, id = ""] = /^\$\{data\.aws_iam_policy_document\.([\w-]+)\.json\}$/.exec(String(reference)) ?? [];
  const policy = document.parse(stack.json.data.aws_iam_policy_document?.[id]);
  return policy.statement.map(({ sid, effect = "Allow", actions, principals, condition }) => ({
    sid,
    allowed: effect === "Allow" ? actions : [],
    to: principals.flatMap(({ identifiers }) => identifiers),
    when: condition.map(({ variable, values }) => `${variable}=${values.join()}`),
  }));
};

describe("the topic of a stage", () => {
  const stack = synthesized();
  const [[keyId, key] = []] = Object.entries(stack.all("aws_kms_key"));
  const [policy] = Object.values(stack.all("aws_sns_topic_policy"));

  it("is encrypted with a key of its own that rotates", () => {
    expect(Object.values(stack.all("aws_sns_topic"))).toEqual([
      { name: "shop-alarms-dev01", kms_master_key_id: `\${aws_kms_key.${keyId}.arn}` },
    ]);
    expect(key).toMatchObject({ enable_key_rotation: true });
  });

  it("has a key that can be recovered for 7 days", () => {
    expect(key).toMatchObject({ deletion_window_in_days: 7 });
  });

  it("allows CloudWatch to use the key for its account, and EventBridge, which sends no source account", () => {
    const use = ["kms:Decrypt", "kms:GenerateDataKey*"];
    expect(statements(stack, key?.policy)).toEqual([
      {
        sid: "AccountDecides",
        allowed: ["kms:*"],
        to: [expect.stringMatching(/^arn:\$\{data\.aws_partition\.[\w-]+\.partition\}:iam::111122223333:root$/)],
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

  it("allows only alarms of its account and EventBridge to publish, and only over TLS", () => {
    expect(statements(stack, policy?.policy)).toEqual([
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

  it("has a subscription for each e-mail and HTTPS address, whose Terraform address does not depend on the others", () => {
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
