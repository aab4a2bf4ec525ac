import { ClientException, ClusterNotFoundException } from "@aws-sdk/client-ecs";
import { runningImages } from "../../../../cli/commands/pipeline/running-images";
import { minimalJob, minimalService, minimalWorker, openNetwork, stageWith, ingresses } from "../../../fixtures/stage";
import { answering } from "./answering";

const repository = "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders-dev01-image";
const stage = stageWith({
  network: openNetwork,
  ingress: ingresses["http-api"],
  services: {
    orders: { ...minimalService, routes: ["/orders/*"] },
    mailer: { ...minimalWorker, sharesImageOf: "orders" },
    proxy: { ...minimalService, image: "public.ecr.aws/nginx/nginx:1.29", routes: ["/proxy/*"] },
    "clean-up": minimalJob,
  },
});
const definition = (name: string, image: string) => ({
  taskDefinition: {
    containerDefinitions: [
      { name: "side", image: "another" },
      { name, image },
    ],
  },
});
const running = {
  DescribeServices: ({ services }: Readonly<Record<string, unknown>>) => ({
    services: [{ status: "ACTIVE", taskDefinition: `definition of ${String(services)}` }],
  }),
  DescribeTaskDefinition: ({ taskDefinition }: Readonly<Record<string, unknown>>) =>
    taskDefinition === "shop-clean-up-task-dev01"
      ? definition("clean-up", "job:42")
      : definition("orders", `${repository}:42`),
};
const gone = { $metadata: {}, message: "gone" };

describe("the images that run now", () => {
  it("are those of services and jobs whose image is built here, by Terraform variable", async () => {
    const { clients, calls } = answering(running);
    expect(await runningImages(clients, stage, {})).toEqual({
      orders_image: `${repository}:42`,
      clean_up_image: "job:42",
    });
    expect(calls[0]).toMatchObject({
      operation: "DescribeServices",
      input: { cluster: "shop-ecs-cluster-dev01", services: ["orders-ecs-service-dev01"] },
    });
  });

  it("leave out variables that the environment sets", async () => {
    const { clients } = answering(running);
    expect(await runningImages(clients, stage, { TF_VAR_orders_image: "mine" })).toEqual({ clean_up_image: "job:42" });
  });

  it.each([
    ["the cluster", new ClusterNotFoundException(gone)],
    ["the service", { services: [] }],
    ["the service, which ECS shows for a while,", { services: [{ status: "INACTIVE", taskDefinition: "old" }] }],
  ])("are none when %s does not exist", async (_, answer) => {
    const { clients } = answering({
      DescribeServices: () => answer,
      DescribeTaskDefinition: () => new ClientException(gone),
    });
    expect(await runningImages(clients, stage, {})).toEqual({});
  });

  it("are read from a service that shares the image when its owner does not run yet", async () => {
    const { clients } = answering({
      ...running,
      DescribeServices: ({ services }) =>
        String(services) === "mailer-ecs-service-dev01" ? running.DescribeServices({ services }) : { services: [] },
      DescribeTaskDefinition: () => definition("mailer", `${repository}:7`),
    });
    expect(await runningImages(clients, stage, {})).toMatchObject({ orders_image: `${repository}:7` });
  });
});
