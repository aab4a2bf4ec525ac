import { serviceOf, type Statement } from "./statements";

/** Which policy holds the actions of a service. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const services: Readonly<Record<string, readonly string[]>> = {
  network: ["ec2", "route53", "acm"],
  compute: ["ecs", "ecr", "application-autoscaling", "scheduler", "servicediscovery"],
  ingress: ["elasticloadbalancing", "apigateway"],
  callers: ["wafv2", "cognito-idp"],
  data: ["s3", "sqs", "dynamodb", "elasticfilesystem"],
  databases: ["rds"],
  secrets: ["elasticache", "secretsmanager", "kms"],
  backups: ["backup", "backup-storage"],
  operations: ["iam", "logs", "cloudwatch", "ssm"],
  notices: ["sns", "events", "budgets", "ce"],
};

/** The statements of each policy; every statement holds the actions of one service. */
export function byPart(statements: readonly Statement[]): [part: string, statements: Statement[]][] {
  const parts = new Map<string, Statement[]>();
  for (const statement of statements) {
    const service = serviceOf(statement.actions[0] ?? "");
    const part = Object.keys(services).find((each) => services[each]?.includes(service));
    if (part === undefined) throw new Error(`${service} is in no policy; write in stacks/account/parts.ts in which`);
    parts.set(part, [...(parts.get(part) ?? []), statement]);
  }
  return [...parts];
}
