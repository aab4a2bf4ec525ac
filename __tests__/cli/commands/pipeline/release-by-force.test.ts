import { releaseByForce } from "../../../../cli/commands/pipeline/release/by-force";
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
  return { release: () => releaseByForce({ clients, stage, stack: "dev01-us-east-1", signal }), calls };
};
const updates = (calls: ReturnType<typeof session>["calls"]) =>
  calls.filter(({ operation }) => operation === "UpdateService").map(({ input }) => input);

test("every service that runs the image is deployed anew, and no other", async () => {
  const { release, calls } = session("latest");
  await release();
  const common = { cluster: "shop-ecs-cluster-dev01", forceNewDeployment: true };
  expect(updates(calls)).toEqual([
    { ...common, service: "orders-ecs-service-dev01" },
    { ...common, service: "mailer-ecs-service-dev01" },
  ]);
});

test("nothing is deployed when one of them runs another tag, which would only start again", async () => {
  const { release, calls } = session("42");
  await expect(release()).rejects.toThrow(
    `mailer of dev01-us-east-1 runs ${repositoryUri}:42, not ${repositoryUri}:latest, and nothing was released; ` +
      `plan and apply it with TF_VAR_orders_image=${repositoryUri}:latest`,
  );
  expect(updates(calls)).toEqual([]);
});
