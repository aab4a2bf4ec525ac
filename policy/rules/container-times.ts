import type { Block, ReadStack } from "../read-stack";
import { each, type Rules } from "../rule";
import type { Values } from "../values";
import { inContainers } from "./containers";

/** Times of containers, which must fit what stands before them and what stops them. */
export const containerTimeRules = {
  "container-stop-timeout": {
    severity: "medium",
    why: "Fargate kills a container after 120 s at the latest.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
    mend: "write stopTimeout from 1 to 120",
    check: inContainers((container) => {
      const seconds = container.has("stopTimeout") ? container.number("stopTimeout") : 30;
      return !(seconds >= 1 && seconds <= 120) && `asks for ${seconds} s to stop`;
    }),
  },
  "container-drain": {
    severity: "medium",
    why: "A program that believes to have more time than ECS gives it is killed in the middle of its work.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html",
    mend: "tell it the container's stopTimeout, or less",
    check: inContainers((container) => {
      const told = Number(variable(container, "STOP_TIMEOUT_SECONDS"));
      const given = container.has("stopTimeout") ? container.number("stopTimeout") : 30;
      return told > given && `is told to stop within ${told} s, and killed after ${given} s`;
    }),
  },
  "container-health-times": {
    severity: "medium",
    why: "ECS refuses a container's health check outside its limits only when it is applied.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html",
    mend: "write timeout (2 to 60) below interval (5 to 300), retries from 1 to 10, startPeriod up to 300",
    check: inContainers((container) => {
      if (!container.has("healthCheck")) return false;
      const of = (key: string, initial: number) =>
        container.get(`healthCheck.${key}`) === undefined ? initial : container.number(`healthCheck.${key}`);
      const [interval, timeout] = [of("interval", 30), of("timeout", 5)];
      const inOrder = timeout >= 2 && timeout < interval && timeout <= 60 && interval >= 5 && interval <= 300;
      const counted = of("retries", 3) >= 1 && of("retries", 3) <= 10 && of("startPeriod", 0) <= 300;
      return !(inOrder && counted) && `is checked every ${interval} s, for up to ${timeout} s`;
    }),
  },
  "container-keep-alive": {
    severity: "medium",
    why: "A connection that the container closes first may have a request on its way, which the load balancer answers 502.",
    source:
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#http-502-issues",
    mend: "tell it more seconds than the load balancer's idle_timeout",
    check: each("aws_ecs_service", (service, stack) => {
      const idle = idleTimeout(stack, service);
      const kept = stack
        .targets(service, "task_definition", "aws_ecs_task_definition")
        .flatMap((task) => task.blocks("container_definitions"))
        .flatMap((container) => variable(container, "KEEP_ALIVE_SECONDS") ?? []);
      return kept
        .filter((seconds) => Number(seconds) <= idle)
        .map((seconds) => `keeps connections for ${seconds} s, and its load balancer for ${idle} s`);
    }),
  },
} satisfies Rules;

function variable(container: Values, name: string): string | undefined {
  return container
    .blocks("environment")
    .find((each) => each.text("name") === name)
    ?.text("value");
}

/** Longest idle timeout of the ALBs before a service, in seconds; 0 without one. */
function idleTimeout(stack: ReadStack, service: Block): number {
  const listeners = stack
    .targets(service, "load_balancer", "aws_lb_target_group")
    .flatMap((group) => stack.usersOf(group, "aws_lb_listener", "aws_lb_listener_rule"))
    .flatMap((user) => (user.type === "aws_lb_listener" ? [user] : stack.targets(user, "listener_arn")));
  const balancers = listeners.flatMap((listener) => stack.targets(listener, "load_balancer_arn", "aws_lb"));
  return Math.max(
    0,
    ...balancers
      .filter((balancer) => balancer.get("load_balancer_type") === "application")
      .map((balancer) => (balancer.has("idle_timeout") ? balancer.number("idle_timeout") : 60)),
  );
}
