import { containersOf } from "../../fixtures/synthesized";
import { minimalJob, minimalService, minimalWorker, stackWith } from "../../fixtures/stage";

const stack = stackWith({
  data: {
    uploads: {},
    queues: { letters: {}, "new-orders": {} },
    tables: { users: { partitionKey: { name: "id", type: "string" } } },
  },
  services: {
    orders: { ...minimalService, uses: ["uploads", "queue:new-orders", "table:users"] },
    mail: { ...minimalWorker, queue: "letters", uses: ["queue:new-orders"] },
    sweep: { ...minimalJob, uses: ["uploads"] },
    idle: minimalWorker,
  },
});
const statements = (service: string) =>
  stack.json.data.aws_iam_policy_document?.[`services_${service}_task_role_permissions`]?.statement;
const variables = (service: string) => containersOf(stack, service)[service]?.environment;

const filling = {
  actions: ["sqs:GetQueueUrl", "sqs:SendMessage"],
  resources: ["${aws_sqs_queue.data_queues_new_orders.arn}"],
};
const objects = [
  {
    actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
    resources: ["${aws_s3_bucket.data_uploads.arn}/*"],
  },
  { actions: ["s3:ListBucket"], resources: ["${aws_s3_bucket.data_uploads.arn}"] },
];

describe("what a service uses", () => {
  it("is granted with the actions of its kind only: objects of a bucket, messages to a queue, items of a table", () => {
    expect(statements("orders")).toEqual([
      ...objects,
      filling,
      {
        actions: [
          "dynamodb:BatchGetItem",
          "dynamodb:BatchWriteItem",
          "dynamodb:ConditionCheckItem",
          "dynamodb:DeleteItem",
          "dynamodb:GetItem",
          "dynamodb:PutItem",
          "dynamodb:Query",
          "dynamodb:Scan",
          "dynamodb:UpdateItem",
        ],
        resources: ["${aws_dynamodb_table.data_tables_users.arn}"],
      },
    ]);
    expect(statements("sweep")).toEqual(objects);
    expect(statements("idle")).toBeUndefined();
  });

  it("is a queue that a worker consumes, beside those that it sends to", () => {
    expect(statements("mail")).toEqual([
      filling,
      {
        actions: [
          "sqs:ChangeMessageVisibility",
          "sqs:DeleteMessage",
          "sqs:GetQueueAttributes",
          "sqs:GetQueueUrl",
          "sqs:ReceiveMessage",
        ],
        resources: ["${aws_sqs_queue.data_queues_letters.arn}"],
      },
    ]);
  });

  it("has environment variables", () => {
    const queue = (name: string) => `\${aws_sqs_queue.data_queues_${name}.url}`;
    expect(variables("orders")).toEqual(
      expect.arrayContaining([
        { name: "NEW_ORDERS_QUEUE_URL", value: queue("new_orders") },
        { name: "UPLOADS_BUCKET", value: "${aws_s3_bucket.data_uploads.id}" },
        { name: "USERS_TABLE", value: "${aws_dynamodb_table.data_tables_users.name}" },
      ]),
    );
    expect(variables("mail")).toEqual([
      { name: "LETTERS_QUEUE_URL", value: queue("letters") },
      { name: "NEW_ORDERS_QUEUE_URL", value: queue("new_orders") },
      { name: "STOP_TIMEOUT_SECONDS", value: "30" },
    ]);
  });

  it("is granted before a task starts", () => {
    expect(stack.resource("aws_ecs_service.services_orders")?.depends_on).toContain(
      "aws_iam_role_policy.services_orders_task",
    );
  });
});

describe("a permission of a service's own", () => {
  it("is added to the grants of its data services, with its conditions", () => {
    const permission = {
      actions: ["ses:SendEmail"],
      resources: ["arn:aws:ses:us-east-1:111122223333:identity/example.com"],
      conditions: [{ test: "StringEquals", variable: "ses:FromAddress", values: ["shop@example.com"] }],
    };
    const services = { orders: { ...minimalService, permissions: [permission] } };
    const policies = stackWith({ services }).json.data.aws_iam_policy_document;
    const { conditions: condition, ...rest } = permission;
    expect(policies?.services_orders_task_role_permissions?.statement).toEqual([{ ...rest, condition }]);
  });
});
