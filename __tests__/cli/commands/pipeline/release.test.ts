import type { ResourceChange } from "../../../../cli/commands/guard/plan";
import { forceDeployments, otherChanges } from "../../../../cli/commands/pipeline/release";
import { minimalService, minimalWorker, openNetwork, stageWith, ingresses } from "../../../fixtures/stage";
import { answering } from "./answering";

const repositoryUri = "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders-dev01-image";
const stage = stageWith({
  network: openNetwork,
  ingress: ingresses["http-api"],
  images: { tags: "mutable" },
  services: {
    orders: { ...minimalService, routes: ["/orders/*"] },
    mailer: { ...minimalWorker, sharesImageOf: "orders" },
    proxy: { ...minimalService, image: "public.ecr.aws/nginx/nginx:1.29", routes: ["/proxy/*"] },
  },
});
const session = (mailerTag: string) => {
  const { clients, calls } = answering({
    DescribeRepositories: () => ({ repositories: [{ repositoryUri }] }),
    DescribeServices: ({ services }) => ({ services: [{ status: "ACTIVE", taskDefinition: String(services) }] }),
    DescribeTaskDefinition: () => ({
      taskDefinition: {
        containerDefinitions: [
          { name: "orders", image: `${repositoryUri}:latest` },
          { name: "mailer", image: `${repositoryUri}:${mailerTag}` },
        ],
      },
    }),
    UpdateService: () => ({}),
  });
  const { signal } = new AbortController();
  return {
    release: () => forceDeployments({ config: "config", clients, stage, stack: "dev01-us-east-1", signal }),
    calls,
  };
};
const updates = (calls: ReturnType<typeof session>["calls"]) =>
  calls.filter(({ operation }) => operation === "UpdateService").map(({ input }) => input);

test("starts a new deployment of every service that runs the image, and of no other", async () => {
  const { release, calls } = session("latest");
  await release();
  const common = { cluster: "shop-ecs-cluster-dev01", forceNewDeployment: true };
  expect(updates(calls)).toEqual([
    { ...common, service: "orders-ecs-service-dev01" },
    { ...common, service: "mailer-ecs-service-dev01" },
  ]);
});

test("deploys nothing when one service runs another tag, which would only restart", async () => {
  const { release, calls } = session("42");
  await expect(release()).rejects.toThrow(
    `mailer of dev01-us-east-1 runs ${repositoryUri}:42, not ${repositoryUri}:latest, and nothing was released; ` +
      `plan and apply it with TF_VAR_orders_image=${repositoryUri}:latest`,
  );
  expect(updates(calls)).toEqual([]);
});

type Actions = ResourceChange["change"]["actions"];

const isUnexpected = (type: string, ...actions: Actions) =>
  otherChanges({
    resource_changes: [{ address: `${type}.one`, type, change: { actions, replace_paths: [] } }],
  }).length > 0;

test.each<[string, Actions]>([
  ["aws_ecs_task_definition", ["delete", "create"]],
  ["aws_ecs_task_definition", ["create", "delete"]],
  ["aws_ecs_service", ["update"]],
  ["aws_scheduler_schedule", ["update"]],
  ["aws_iam_role", ["no-op"]],
  ["aws_iam_policy_document", ["read"]],
])("%s may %j in a release", (type, actions) => {
  expect(isUnexpected(type, ...actions)).toBe(false);
});

test.each<[string, Actions]>([
  ["aws_ecs_task_definition", ["create"]],
  ["aws_ecs_task_definition", ["delete"]],
  ["aws_ecs_service", ["delete", "create"]],
  ["aws_ecs_service", ["create"]],
  ["aws_scheduler_schedule", ["delete"]],
  ["aws_iam_role_policy", ["update"]],
  ["aws_db_instance", ["delete", "create"]],
])("%s may not %j in a release", (type, actions) => {
  expect(isUnexpected(type, ...actions)).toBe(true);
});
