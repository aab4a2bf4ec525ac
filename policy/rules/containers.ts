import type { StageConfig } from "../../schema";
import { each, type PolicyStack, type Rules, type Violation } from "../rule";
import { serviceOf } from "../stage-fields";
import type { Block } from "../terraform/stack";
import type { Values } from "../terraform/values";

/** Containers of task definitions, which neither Terraform nor its provider validates. */
export const containerRules = {
  "container-settings": {
    severity: "medium",
    rationale: "ECS ignores a container setting whose name it does not know.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
    remediation: "use the names of ContainerDefinition (container_definitions)",
    check: eachContainer((container) =>
      container.keys.filter((key) => !knownKeys.has(key)).map((key) => `has the unknown setting "${key}"`),
    ),
  },
  "container-read-only": {
    severity: "medium",
    rationale: "An attacker can install programs in a container whose root file system is writable.",
    source: "CKV_AWS_336, ECS.5",
    remediation:
      "set services.<name>.readonlyRootFilesystem: true, with tmpfs for temporary files (readonlyRootFilesystem)",
    acceptedBy: readonlyRootFilesystemField,
    check: eachContainer(
      (container) => container.get("readonlyRootFilesystem") !== true && "has a writable root file system",
    ),
  },
  "container-privileged": {
    severity: "high",
    rationale: "A privileged container has root access to its host.",
    source: "CKV_AWS_334, ECS.4",
    remediation: "remove privileged",
    check: eachContainer((container) => container.has("privileged") && "is privileged"),
  },
  "container-user": {
    severity: "medium",
    rationale: "A compromised root process has root in its container.",
    source: "ECS.20",
    remediation: 'set services.<name>.user to an unprivileged user, such as "1000:1000" (user)',
    check: eachContainer((container) => {
      // ECS gives the log router a socket that belongs to root.
      if (container.has("firelensConfiguration")) return false;
      return ["", "0", "root"].includes(container.text("user").replace(/:.*/, "")) && "runs as root";
    }),
  },
  "container-logging": {
    severity: "medium",
    rationale: "Output that is not sent to a log is lost when the container stops.",
    source: "ECS.9",
    remediation: 'set services.<name>.logs.driver: "awslogs" or "firelens" (logConfiguration)',
    check: eachContainer(
      (container) =>
        !["awslogs", "awsfirelens"].includes(container.text("logConfiguration.logDriver")) &&
        "does not send its output to a log",
    ),
  },
  "container-secrets": {
    severity: "high",
    rationale: "Environment variables are readable in the console, in Terraform's state and in every plan.",
    source: "ECS.8",
    remediation: "move the variable from services.<name>.environment to secrets (valueFrom)",
    check: eachContainer((container) =>
      container
        .blocks("environment")
        .filter((variable) => secretName.test(variable.text("name")) || secretValue.test(variable.text("value")))
        .map(
          (variable) => `has the plain-text environment variable ${variable.text("name")}, which looks like a secret`,
        ),
    ),
  },
  "container-ports": {
    severity: "medium",
    rationale: "In Fargate's network mode awsvpc, host port and container port are the same.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html",
    remediation: "set services.<name>.port to a port from 1 to 65535 (containerPort and hostPort)",
    check: eachContainer((container) =>
      container
        .blocks("portMappings")
        .filter((mapping) => {
          const port = mapping.number("containerPort");
          const host = mapping.has("hostPort") ? mapping.number("hostPort") : port;
          return !(port >= 1 && port <= 65535 && host === port);
        })
        .map((mapping) => `maps port ${String(mapping.get("hostPort"))} to ${String(mapping.get("containerPort"))}`),
    ),
  },
  "container-stop-timeout": {
    severity: "medium",
    rationale: "Fargate kills a container at most 120 s after SIGTERM.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
    remediation: "set services.<name>.stopTimeoutSeconds to at most 120 (stopTimeout)",
    check: eachContainer((container) => {
      const seconds = stopTimeout(container);
      return !(seconds >= 1 && seconds <= 120) && `has a stop timeout of ${seconds} s`;
    }),
  },
  "container-shutdown-time": {
    severity: "medium",
    rationale: "ECS kills a process that expects more time to shut down than the stop timeout, and requests are lost.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html",
    remediation: "set STOP_TIMEOUT_SECONDS to at most services.<name>.stopTimeoutSeconds (stopTimeout)",
    check: eachContainer((container) => {
      const expected = Number(variable(container, "STOP_TIMEOUT_SECONDS"));
      const seconds = stopTimeout(container);
      return expected > seconds && `has STOP_TIMEOUT_SECONDS ${expected} above its stop timeout of ${seconds} s`;
    }),
  },
  "container-health-check-times": {
    severity: "medium",
    rationale: "ECS rejects health checks outside its limits, which Terraform does not validate.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html",
    remediation:
      "set services.<name>.healthCheck.container.timeoutSeconds (2 to 60) below intervalSeconds (5 to 300), retries from 1 to 10, and startPeriodSeconds up to 300 (healthCheck)",
    check: eachContainer((container) => {
      if (!container.has("healthCheck")) return false;
      const of = (key: string, initial: number) =>
        container.get(`healthCheck.${key}`) === undefined ? initial : container.number(`healthCheck.${key}`);
      const [interval, timeout] = [of("interval", 30), of("timeout", 5)];
      const timesFit = timeout >= 2 && timeout < interval && timeout <= 60 && interval >= 5 && interval <= 300;
      const countsFit = of("retries", 3) >= 1 && of("retries", 3) <= 10 && of("startPeriod", 0) <= 300;
      return (
        !(timesFit && countsFit) && `has a health check with an interval of ${interval} s and a timeout of ${timeout} s`
      );
    }),
  },
  "container-keep-alive": {
    severity: "medium",
    rationale: "A load balancer returns 502 for a request on a connection that the container closes first.",
    source:
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#http-502-issues",
    remediation:
      "set KEEP_ALIVE_SECONDS above the load balancer's idle timeout, ingress.idleTimeoutSeconds (idle_timeout)",
    check: each("aws_ecs_service", (service, stack) => {
      const idle = idleTimeout(stack, service);
      const keepAlive = stack
        .targets(service, "task_definition", "aws_ecs_task_definition")
        .flatMap((task) => task.blocks("container_definitions"))
        .flatMap((container) => variable(container, "KEEP_ALIVE_SECONDS") ?? []);
      return keepAlive
        .filter((seconds) => Number(seconds) <= idle)
        .map((seconds) => `closes idle connections after ${seconds} s, and its load balancer after ${idle} s`);
    }),
  },
} satisfies Rules;

function eachContainer(problemsOf: (container: Values) => string | false | readonly string[]) {
  return each("aws_ecs_task_definition", (task) =>
    task.blocks("container_definitions").flatMap((container) => {
      const part = container.text("name");
      return [problemsOf(container) || []].flat().map((problem) => ({ problem: `container ${part} ${problem}`, part }));
    }),
  );
}

function readonlyRootFilesystemField(
  stage: StageConfig,
  { resource, part = "" }: Violation,
  stack: PolicyStack,
): string | undefined {
  const { name, service } = serviceOf(stage, stack.at(resource)) ?? {};
  if (name === undefined || service === undefined) return undefined;
  if (service.sidecars[part]?.readonlyRootFilesystem === false)
    return `services.${name}.sidecars.${part}.readonlyRootFilesystem`;
  const isOwn = part === name || (service.kind !== "job" && part in service.tasks);
  return isOwn && !service.readonlyRootFilesystem ? `services.${name}.readonlyRootFilesystem` : undefined;
}

function stopTimeout(container: Values): number {
  return container.has("stopTimeout") ? container.number("stopTimeout") : 30;
}

function variable(container: Values, name: string): string | undefined {
  return container
    .blocks("environment")
    .find((each) => each.text("name") === name)
    ?.text("value");
}

/** Longest idle timeout of the ALBs in front of a service, in seconds; 0 without one. */
function idleTimeout(stack: PolicyStack, service: Block): number {
  const listeners = stack
    .targets(service, "load_balancer", "aws_lb_target_group")
    .flatMap((group) => stack.usersOf(group, "aws_lb_listener", "aws_lb_listener_rule"))
    .flatMap((user) => (user.type === "aws_lb_listener" ? [user] : stack.targets(user, "listener_arn")));
  const loadBalancers = listeners.flatMap((listener) => stack.targets(listener, "load_balancer_arn", "aws_lb"));
  return Math.max(
    0,
    ...loadBalancers
      .filter((lb) => lb.get("load_balancer_type") === "application")
      .map((lb) => (lb.has("idle_timeout") ? lb.number("idle_timeout") : 60)),
  );
}

const knownKeys = new Set(
  (
    "command cpu credentialSpecs dependsOn disableNetworking dnsSearchDomains dnsServers dockerLabels " +
    "dockerSecurityOptions entryPoint environment environmentFiles essential extraHosts firelensConfiguration healthCheck " +
    "hostname image interactive links linuxParameters logConfiguration memory memoryReservation mountPoints name " +
    "portMappings privileged pseudoTerminal readonlyRootFilesystem repositoryCredentials resourceRequirements " +
    "restartPolicy secrets startTimeout stopTimeout systemControls ulimits user versionConsistency volumesFrom " +
    "workingDirectory"
  ).split(" "),
);

const secretName = /(?:PASSWORD|PASSWD|SECRET|TOKEN|CREDENTIALS?|API_?KEY|PRIVATE_KEY|ACCESS_KEY(?:_ID)?)$/i;
/** An AWS access key, a private key, or a URL with a password. */
const secretValue = /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY|:\/\/[^/\s:@]+:[^/\s:@]+@/;
