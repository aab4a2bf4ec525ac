import { evaluated, parsed } from "../../fixtures/expression";
import { stackWith } from "../../fixtures/stage";

const withQueue = (fields: object = {}) => stackWith({ data: { queues: { letters: { keep: true, ...fields } } } });
const queue = (stack: ReturnType<typeof stackWith>, role: string) =>
  stack.resource(`aws_sqs_queue.data_queues_letters_${role}_queue`);
const redrive = (stack: ReturnType<typeof stackWith>) => parsed(evaluated(queue(stack, "main")?.redrive_policy));
const arn = (role: string) => `\${aws_sqs_queue.data_queues_letters_${role}_queue.arn}`;

describe("a queue", () => {
  const stack = withQueue();

  it("hides a message for a minute, keeps it for four days, and lets a worker wait for the next", () => {
    expect(queue(stack, "main")).toMatchObject({
      name: "shop-letters-queue-dev01",
      visibility_timeout_seconds: 60,
      message_retention_seconds: 345600,
      receive_wait_time_seconds: 20,
    });
    const other = withQueue({ visibilityTimeoutSeconds: 900, retentionDays: 14 });
    expect(queue(other, "main")).toMatchObject({ visibility_timeout_seconds: 900, message_retention_seconds: 1209600 });
  });

  it("puts what five workers could not work on aside, for two weeks", () => {
    expect(redrive(stack)).toEqual({ deadLetterTargetArn: arn("dead-letters"), maxReceiveCount: 5 });
    expect(redrive(withQueue({ maxReceiveCount: 2 }))).toMatchObject({ maxReceiveCount: 2 });
    expect(queue(stack, "dead-letters")).toMatchObject({
      name: "shop-letters-dead-letter-dev01",
      message_retention_seconds: 1209600,
    });
  });

  it("shares its dead letters with no other queue", () => {
    const allowed = stack.resource("aws_sqs_queue_redrive_allow_policy.data_queues_letters_dead-letters-of");
    expect(allowed?.queue_url).toBe("${aws_sqs_queue.data_queues_letters_dead-letters_queue.url}");
    expect(parsed(evaluated(allowed?.redrive_allow_policy))).toEqual({
      redrivePermission: "byQueue",
      sourceQueueArns: [arn("main")],
    });
  });

  it("is encrypted, as are its dead letters, and both are denied to everybody without TLS", () => {
    for (const role of ["main", "dead-letters"]) {
      expect(queue(stack, role)).toMatchObject({ sqs_managed_sse_enabled: true });
      expect(stack.resource(`aws_sqs_queue_policy.data_queues_letters_${role}_policy`)).toEqual({
        queue_url: `\${aws_sqs_queue.data_queues_letters_${role}_queue.url}`,
        policy: `\${data.aws_iam_policy_document.data_queues_letters_${role}_access.json}`,
      });
      expect(stack.json.data.aws_iam_policy_document?.[`data_queues_letters_${role}_access`]?.statement).toEqual([
        {
          sid: "OnlyTls",
          effect: "Deny",
          actions: ["sqs:*"],
          resources: [arn(role)],
          principals: [{ type: "*", identifiers: ["*"] }],
          condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
        },
      ]);
    }
  });
});
