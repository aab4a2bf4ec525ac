import { decoded } from "../../fixtures/synthesized";
import { stackWith } from "../../fixtures/stage";

const withQueue = (fields: object = {}) => stackWith({ data: { queues: { letters: { keep: true, ...fields } } } });
const main = "data_queues_letters";
const deadLetters = "data_queues_letters_dead_letters";
const queue = (stack: ReturnType<typeof stackWith>, name: string) => stack.resource(`aws_sqs_queue.${name}`);
const redrive = (stack: ReturnType<typeof stackWith>) => decoded(queue(stack, main)?.redrive_policy);
const arn = (name: string) => `\${aws_sqs_queue.${name}.arn}`;

describe("a queue", () => {
  const stack = withQueue();

  it("hides a message for 60 seconds, keeps it for 4 days, and uses long polling", () => {
    expect(queue(stack, main)).toMatchObject({
      name: "shop-letters-queue-dev01",
      visibility_timeout_seconds: 60,
      message_retention_seconds: 345600,
      receive_wait_time_seconds: 20,
    });
    const other = withQueue({ visibilityTimeoutSeconds: 900, retentionDays: 14 });
    expect(queue(other, main)).toMatchObject({ visibility_timeout_seconds: 900, message_retention_seconds: 1209600 });
  });

  it("moves messages to the dead-letter queue after 5 receives, and keeps them there for 14 days", () => {
    expect(redrive(stack)).toEqual({ deadLetterTargetArn: arn(deadLetters), maxReceiveCount: 5 });
    expect(redrive(withQueue({ maxReceiveCount: 2 }))).toMatchObject({ maxReceiveCount: 2 });
    expect(queue(stack, deadLetters)).toMatchObject({
      name: "shop-letters-dead-letter-dev01",
      message_retention_seconds: 1209600,
    });
  });

  it("does not share its dead-letter queue", () => {
    const allowed = stack.resource("aws_sqs_queue_redrive_allow_policy.data_queues_letters");
    expect(allowed?.queue_url).toBe("${aws_sqs_queue.data_queues_letters_dead_letters.url}");
    expect(decoded(allowed?.redrive_allow_policy)).toEqual({
      redrivePermission: "byQueue",
      sourceQueueArns: [arn(main)],
    });
  });

  it("is encrypted and requires TLS, as does its dead-letter queue", () => {
    for (const [name, document] of [
      [main, `${main}_queue_access`],
      [deadLetters, `${deadLetters}_access`],
    ] as const) {
      expect(queue(stack, name)).toMatchObject({ sqs_managed_sse_enabled: true });
      expect(stack.resource(`aws_sqs_queue_policy.${name}`)).toEqual({
        queue_url: `\${aws_sqs_queue.${name}.url}`,
        policy: `\${data.aws_iam_policy_document.${document}.json}`,
      });
      expect(stack.json.data.aws_iam_policy_document?.[document]?.statement).toEqual([
        {
          sid: "OnlyTls",
          effect: "Deny",
          actions: ["sqs:*"],
          resources: [arn(name)],
          principals: [{ type: "*", identifiers: ["*"] }],
          condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
        },
      ]);
    }
  });
});
