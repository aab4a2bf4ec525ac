import type { StageConfig } from "../../schema";
import { taskSecrets } from "../../schema/services/container";

/** AWS services that a stage's tasks reach inside the VPC, by what AWS calls their endpoints. */
export interface EndpointServices {
  /** Billed by zone and hour. */
  readonly interfaces: readonly string[];
  /** Cost nothing. */
  readonly gateways: readonly string[];
}

/** Fargate itself needs the first three: https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html */
export function endpointServices({
  services,
  data,
  bastion,
}: Pick<StageConfig, "services" | "data" | "bastion">): EndpointServices {
  const all = Object.values(services);
  const used = all.flatMap(({ uses }) => uses);
  const secrets = all.flatMap(taskSecrets);
  const passwordRead = used.includes("postgres") && data.postgres?.authentication.mode === "secret";
  const bySessions = bastion?.access === "ssm";
  const when = (needed: boolean, name: string) => (needed ? [name] : []);
  return {
    interfaces: [
      "ecr.api",
      "ecr.dkr",
      "logs",
      ...when(
        passwordRead || used.some(isSecret) || secrets.some((secret) => !("parameterArn" in secret)),
        "secretsmanager",
      ),
      ...when(used.some(isTopic), "sns"),
      ...when(
        all.some((service) => (service.kind === "worker" && service.queue !== undefined) || used.some(isQueue)),
        "sqs",
      ),
      // Without ec2messages, which no session needs: https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html
      ...when(bySessions || secrets.some((secret) => "parameterArn" in secret), "ssm"),
      ...when(
        bySessions || all.some((service) => service.kind !== "job" && service.enableExecuteCommand),
        "ssmmessages",
      ),
      ...when(
        all.some(({ telemetry }) => telemetry !== undefined),
        "xray",
      ),
    ],
    // ECR keeps the layers of images in S3.
    gateways: ["s3", ...when(used.some(isTable), "dynamodb")],
  };
}

function isQueue(use: string): boolean {
  return use.startsWith("queue:");
}

function isSecret(use: string): boolean {
  return use.startsWith("secret:");
}

function isTopic(use: string): boolean {
  return use.startsWith("topic:");
}

function isTable(use: string): boolean {
  return use.startsWith("table:");
}
