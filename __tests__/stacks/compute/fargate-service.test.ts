import { minimalService, minimalStage, stageWith } from "../../fixtures/stage";
import { decoded, Synthesized } from "../../fixtures/synthesized";

const withService = (fields: object) =>
  new Synthesized(stageWith({ services: { orders: { ...minimalService, ...fields } } }));

describe("a Fargate service", () => {
  const stack = withService({});
  const service = stack.resource("aws_ecs_service.services_orders");
  const task = stack.resource("aws_ecs_task_definition.services_orders");

  it("refers to its task definition by ARN, so that a plan shows no permanent difference", () => {
    expect(service).toMatchObject({
      task_definition: "${aws_ecs_task_definition.services_orders.arn}",
    });
  });

  it("rolls a failed deployment back by the circuit breaker", () => {
    expect(service).toMatchObject({
      deployment_circuit_breaker: { enable: true, rollback: true },
      deployment_minimum_healthy_percent: 100,
      deployment_maximum_percent: 200,
      availability_zone_rebalancing: "DISABLED",
      health_check_grace_period_seconds: 60,
    });
  });

  it("is created after its listener, permissions and security group rules", () => {
    expect(service?.depends_on).toEqual([
      "aws_ecs_cluster_capacity_providers.compute",
      "aws_iam_role_policy.services_orders_task_execution",
      "aws_vpc_security_group_egress_rule.services_orders_to_vpc_endpoints",
      "aws_vpc_security_group_ingress_rule.services_orders_to_vpc_endpoints",
      "aws_vpc_security_group_egress_rule.services_orders_to_s3",
      "aws_lb_listener.ingress_nlb_port_8080",
    ]);
  });

  it("runs on ARM64 with 0.25 vCPU by default", () => {
    expect(task).toMatchObject({
      cpu: "256",
      memory: "512",
      network_mode: "awsvpc",
      requires_compatibilities: ["FARGATE"],
      runtime_platform: { cpu_architecture: "ARM64", operating_system_family: "LINUX" },
    });
    const big = withService({ architecture: "X86_64", size: { cpu: 1024, memoryMiB: 2048 } });
    expect(big.resource("aws_ecs_task_definition.services_orders")).toMatchObject({
      cpu: "1024",
      memory: "2048",
      runtime_platform: { cpu_architecture: "X86_64" },
    });
  });

  it("passes its tags on to its tasks, whose costs the budget of the stage counts", () => {
    expect(service).toMatchObject({ propagate_tags: "SERVICE", enable_ecs_managed_tags: true });
  });

  it("uses the image of the variable, or else the latest of its repository", () => {
    expect(stack.json.variable.orders_image).toMatchObject({ type: "string", default: "" });
    expect(task?.container_definitions).toContain(
      '"image" = coalesce(var.orders_image, join(":", [aws_ecr_repository.services_orders.repository_url, "latest"]))',
    );
  });

  it("uses the image of the stage file before its repository", () => {
    const image = "public.ecr.aws/nginx/nginx:1.29";
    const network = { ...minimalStage.network, egress: { mode: "nat-gateway" as const } };
    const services = { orders: { ...minimalService, image } };
    const named = new Synthesized(stageWith({ network, services }));
    expect(named.resource("aws_ecs_task_definition.services_orders")?.container_definitions).toContain(
      'coalesce(var.orders_image, "public.ecr.aws/nginx/nginx:1.29")',
    );
  });

  it("keeps text literally in its container definition", () => {
    const quoted = withService({ environment: { MOTTO: 'a "b" \\ c\n$d %e' } });
    expect(quoted.resource("aws_ecs_task_definition.services_orders")?.container_definitions).toContain(
      String.raw`"value" = "a \"b\" \\ c\n$d %e"`,
    );
  });

  it("may only pull its own images and write its own logs", () => {
    const statements = stack.json.data.aws_iam_policy_document?.services_orders_task_execution_permissions;
    expect(statements).toEqual({
      statement: [
        { actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
        {
          actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
          resources: ["${aws_ecr_repository.services_orders.arn}"],
        },
        {
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: ["${aws_cloudwatch_log_group.services_orders.arn}:*"],
        },
      ],
    });
  });

  it("runs under a task role without permissions, separate from the execution role", () => {
    expect(task?.task_role_arn).not.toBe(task?.execution_role_arn);
    const policies = Object.keys(stack.all("aws_iam_role_policy"));
    expect(policies.filter((id) => id.endsWith("_task"))).toEqual([]);
  });

  it("has roles that only tasks of its own account can assume", () => {
    for (const [id, document] of Object.entries(stack.json.data.aws_iam_policy_document ?? {})) {
      if (!id.startsWith("services_") || !id.endsWith("_trust")) continue;
      expect(document).toMatchObject({
        statement: [
          {
            principals: [{ identifiers: ["ecs-tasks.amazonaws.com"] }],
            condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: ["111122223333"] }],
          },
        ],
      });
    }
  });
});

describe("a service's repository", () => {
  it("scans on push, has immutable tags, keeps 30 images and is not deleted with images", () => {
    const stack = withService({});
    expect(stack.resource("aws_ecr_repository.services_orders")).toMatchObject({
      name: "orders-dev01-image",
      image_tag_mutability: "IMMUTABLE",
      image_scanning_configuration: { scan_on_push: true },
      encryption_configuration: [{ encryption_type: "AES256" }],
      force_delete: false,
    });
    expect(stack.resource("aws_ecr_lifecycle_policy.services_orders_repository")?.policy).toContain(
      '"countType" = "imageCountMoreThan", "countNumber" = 30',
    );
  });

  it("deletes untagged images after a day", () => {
    const { policy } = withService({}).resource("aws_ecr_lifecycle_policy.services_orders_repository") ?? {};
    expect(decoded(policy)).toMatchObject({
      rules: [
        {
          selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 1 },
          action: { type: "expire" },
        },
        { selection: { tagStatus: "any" } },
      ],
    });
  });

  it("has mutable tags when the stage configures them", () => {
    const stack = new Synthesized(stageWith({ images: { tags: "mutable", maxImageCount: 5, forceDelete: true } }));
    expect(stack.resource("aws_ecr_repository.services_orders")).toMatchObject({
      image_tag_mutability: "MUTABLE",
      force_delete: true,
    });
  });
});

describe("the cluster", () => {
  it("has Container Insights by default", () => {
    const setting = (value: string) => ({ setting: [{ name: "containerInsights", value }] });
    expect(withService({}).resource("aws_ecs_cluster.compute")).toMatchObject(setting("enabled"));
    const stack = new Synthesized(stageWith({ containerInsights: "disabled" }));
    expect(stack.resource("aws_ecs_cluster.compute")).toMatchObject(setting("disabled"));
  });
});
