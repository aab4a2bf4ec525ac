import type { Block } from "../read-stack";
import { each, type Rules } from "../rule";
import type { Values } from "../values";

/** What is inside `container_definitions`, where neither Terraform nor its provider looks. */
export const containerRules = {
  "container-keys": {
    severity: "medium",
    why: "ECS leaves out a setting whose name it does not know.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
    mend: "write it as ECS spells it",
    check: inContainers((container) =>
      container.keys.filter((key) => !knownKeys.has(key)).map((key) => `has "${key}", which ECS does not know`),
    ),
  },
  "container-read-only": {
    severity: "medium",
    why: "What breaks into a container must not be able to leave programs in it.",
    source: "CKV_AWS_336, ECS.5",
    mend: "set readonlyRootFilesystem to true",
    check: inContainers((container) => container.get("readonlyRootFilesystem") !== true && "may write to its image"),
  },
  "container-unprivileged": {
    severity: "high",
    why: "A privileged container is root on its host.",
    source: "CKV_AWS_334, ECS.4",
    mend: "leave privileged out",
    check: inContainers((container) => container.has("privileged") && "is privileged"),
  },
  "container-user": {
    severity: "medium",
    why: "What breaks into a process that is root is root.",
    source: "ECS.20",
    mend: "set user to the number of an unprivileged user",
    check: inContainers((container) => {
      // ECS gives the log router a socket that belongs to root.
      if (container.has("firelensConfiguration")) return false;
      return ["", "0", "root"].includes(container.text("user").replace(/:.*/, "")) && "runs as root";
    }),
  },
  "container-log": {
    severity: "medium",
    why: "What a container says must outlive it.",
    source: "ECS.9",
    mend: "set logConfiguration to awslogs or awsfirelens",
    check: inContainers(
      (container) =>
        !["awslogs", "awsfirelens"].includes(container.text("logConfiguration.logDriver")) &&
        "keeps its lines to itself",
    ),
  },
  "container-secrets": {
    severity: "high",
    why: "A variable is readable in the console, in Terraform's state and in every plan.",
    source: "ECS.8",
    mend: "move it to secrets, with valueFrom",
    check: inContainers((container) =>
      container
        .blocks("environment")
        .filter((variable) => secretName.test(variable.text("name")) || secretValue.test(variable.text("value")))
        .map((variable) => `is told ${variable.text("name")} in clear text`),
    ),
  },
  "container-ports": {
    severity: "medium",
    why: "In the network mode of Fargate a container is reached on its own port only.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html",
    mend: "write one port from 1 to 65535 for both",
    check: inContainers((container) =>
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
} satisfies Rules;

/** Checks each container of each task definition by itself. */
export function inContainers(faults: (container: Values, task: Block) => string | false | readonly string[]) {
  return each("aws_ecs_task_definition", (task) =>
    task.blocks("container_definitions").flatMap((container) => {
      const found = faults(container, task);
      const problems = found === false ? [] : [found].flat();
      return problems.map((problem) => `container ${container.text("name")} ${problem}`);
    }),
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
/** An AWS access key, a private key, or an address with a password in it. */
const secretValue = /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY|:\/\/[^/\s:@]+:[^/\s:@]+@/;
