import { z } from "zod";
import type { StageInput } from "../../../schema";
import { containersOf } from "../../fixtures/synthesized";
import { minimalJob, minimalService, minimalWorker, stackWith } from "../../fixtures/stage";

const web = (path: string, listenerPort: number) => ({ ...minimalService, routes: [`/${path}/*`], listenerPort });
const services = {
  orders: { ...web("orders", 8080), calls: ["users"] },
  users: { ...web("users", 8081), port: 9090 },
  shop: web("shop", 8082),
  mail: { ...minimalWorker, calls: ["users", "orders"] },
  idle: minimalWorker,
} satisfies StageInput["services"];

const connect = stackWith({ discovery: "service-connect", services });
const cloudMap = stackWith({
  discovery: "cloud-map",
  services: { ...services, sweep: { ...minimalJob, calls: ["users"] } },
});
const serviceOf = (stack: typeof connect, name: string) => stack.resource(`aws_ecs_service.services_${name}`);
const urls = (stack: typeof connect, name: string) =>
  containersOf(stack, name)[name]?.environment?.filter((each) => each.name.endsWith("_URL"));

/** Every connection from one service to another, as `from -> to : port`, by the rules of one direction. */
function connections(stack: typeof connect, direction: "egress" | "ingress"): string[] {
  const service = (group: unknown) => /aws_security_group\.services_([a-z]+)\./.exec(String(group))?.[1];
  return Object.values(stack.all(`aws_vpc_security_group_${direction}_rule`)).flatMap((rule) => {
    const ends = [service(rule.security_group_id), service(rule.referenced_security_group_id)];
    const [from, to] = direction === "egress" ? ends : ends.reverse();
    return from === undefined || to === undefined ? [] : [`${from} -> ${to} : ${String(rule.from_port)}`];
  });
}

describe("Service Connect", () => {
  const address = "${aws_service_discovery_http_namespace.discovery.arn}";

  it("registers web services by name, and is client-only for workers that call", () => {
    expect(serviceOf(connect, "users")?.service_connect_configuration).toMatchObject({
      enabled: true,
      namespace: address,
      service: [{ port_name: "http", discovery_name: "users", client_alias: { dns_name: "users", port: 80 } }],
    });
    expect(serviceOf(connect, "mail")).toMatchObject({
      service_connect_configuration: { enabled: true, namespace: address },
    });
    expect(serviceOf(connect, "mail")).not.toHaveProperty("service_connect_configuration.service");
    expect(serviceOf(connect, "idle")).not.toHaveProperty("service_connect_configuration");
  });

  it("writes to the service's log group", () => {
    expect(serviceOf(connect, "orders")).toHaveProperty("service_connect_configuration.log_configuration", {
      log_driver: "awslogs",
      options: {
        "awslogs-group": "${aws_cloudwatch_log_group.services_orders.name}",
        "awslogs-region": "us-east-1",
        "awslogs-stream-prefix": "service-connect",
      },
    });
  });

  it("gives callers the URLs of the services that they call, and of no others", () => {
    expect(urls(connect, "mail")).toEqual([
      { name: "ORDERS_URL", value: "http://orders" },
      { name: "USERS_URL", value: "http://users" },
    ]);
    expect(urls(connect, "orders")).toEqual([{ name: "USERS_URL", value: "http://users" }]);
    expect(urls(connect, "shop")).toEqual([]);
  });
});

describe("a change of the discovery", () => {
  it("deletes registrations and namespaces after the services have left them", () => {
    const lifecycle = { create_before_destroy: true };
    for (const address of [
      "aws_service_discovery_private_dns_namespace.discovery_zone",
      "aws_service_discovery_service.services_users_registration_name",
    ]) {
      expect(cloudMap.resource(address)).toMatchObject({ lifecycle });
    }
    expect(connect.resource("aws_service_discovery_http_namespace.discovery")).toMatchObject({ lifecycle });
  });

  it("deploys called services before their callers over Service Connect only, where a task resolves no later ones", () => {
    const after = (stack: typeof connect, name: string) =>
      z
        .array(z.string())
        .parse(serviceOf(stack, name)?.depends_on)
        .filter((needed) => needed.startsWith("aws_ecs_service."));
    expect(after(connect, "mail")).toEqual(["aws_ecs_service.services_users", "aws_ecs_service.services_orders"]);
    expect(after(connect, "orders")).toEqual(["aws_ecs_service.services_users"]);
    expect(after(connect, "users")).toEqual([]);
    expect(after(cloudMap, "mail")).toEqual([]);
  });

  it("keeps the rules of a call until both services have been updated", () => {
    const rules = ["egress", "ingress"].map(
      (direction) => `aws_vpc_security_group_${direction}_rule.services_mail_calls_users_tcp_9090`,
    );
    for (const name of ["mail", "users"]) {
      expect(serviceOf(connect, name)?.depends_on).toEqual(expect.arrayContaining(rules));
    }
    expect(cloudMap.resource("aws_scheduler_schedule.services_sweep")?.depends_on).toEqual(
      expect.arrayContaining(rules.map((rule) => rule.replace("mail", "sweep"))),
    );
  });

  it("does not concern the callers of a service whose container listens on another port, over Service Connect", () => {
    const moved = { ...services, users: { ...services.users, port: 9091 } };
    const taskOf = (stack: typeof connect) => stack.resource("aws_ecs_task_definition.services_mail");
    expect(taskOf(stackWith({ discovery: "service-connect", services: moved }))).toEqual(taskOf(connect));
  });
});

describe("Cloud Map", () => {
  it("has a private zone, with a record of a TTL of 10 seconds for each web service", () => {
    expect(cloudMap.resource("aws_service_discovery_private_dns_namespace.discovery_zone")).toMatchObject({
      name: "dev01.shop.internal",
      vpc: "${aws_vpc.network.id}",
    });
    expect(cloudMap.resource("aws_service_discovery_service.services_users_registration_name")).toMatchObject({
      name: "users",
      dns_config: { routing_policy: "MULTIVALUE", dns_records: [{ type: "A", ttl: 10 }] },
      health_check_custom_config: { failure_threshold: 1 },
      force_destroy: true,
    });
    expect(serviceOf(cloudMap, "users")?.service_registries).toEqual({
      registry_arn: "${aws_service_discovery_service.services_users_registration_name.arn}",
    });
    expect(Object.keys(cloudMap.all("aws_service_discovery_service"))).toHaveLength(3);
    expect(serviceOf(cloudMap, "mail")).not.toHaveProperty("service_registries");
  });

  it("gives callers, also jobs, fully qualified names", () => {
    const users = { name: "USERS_URL", value: "http://users.dev01.shop.internal:9090" };
    expect(urls(cloudMap, "mail")).toContainEqual(users);
    expect(urls(cloudMap, "sweep")).toEqual([users]);
  });
});

describe("a stage without discovery", () => {
  it("has no discovery resources", () => {
    const stack = stackWith();
    expect(stack.addresses.filter((address) => address.includes("service_discovery"))).toEqual([]);
    expect(serviceOf(stack, "orders")).not.toHaveProperty("service_connect_configuration");
  });
});

describe("the connections between services", () => {
  const declared = ["mail -> orders : 8080", "mail -> users : 9090", "orders -> users : 9090"];

  it.each(["egress", "ingress"] as const)("are allowed only where a service calls another (%s)", (direction) => {
    expect(connections(connect, direction).sort()).toEqual(declared);
    expect(connections(cloudMap, direction).sort()).toEqual([...declared, "sweep -> users : 9090"]);
    expect(connections(stackWith(), direction)).toEqual([]);
  });
});
