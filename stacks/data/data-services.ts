import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import { dataVariable } from "../../schema/services/variables";
import type { DataMonitoringTargets } from "../monitoring/monitoring-target";
import type { Network } from "../network/network";
import { addOutput } from "../readable-stack";
import type { BackupResource } from "./backups";
import type { Endpoint, Grant } from "./grant";
import { Postgres } from "./postgres/postgres";
import { PrivateBucket } from "./private-bucket";
import { Queue } from "./queue";
import { Redis } from "./redis/redis";
import { Secret, type SecretRef } from "./secret";
import { Table } from "./table";
import { Topic } from "./topic";

export interface DataServicesProps {
  readonly stage: StageConfig;
  readonly network: Network;
}

/** The data services of a stage, and what each grants to the services that use it. */
export class DataServices extends Construct {
  /** @default - the stage has no uploads */
  public readonly uploads: PrivateBucket | undefined;
  private readonly postgres: Postgres | undefined;
  private readonly redis: Redis | undefined;
  private readonly secrets: ReadonlyMap<string, Secret>;
  private readonly topics: ReadonlyMap<string, Topic>;
  private readonly queues: ReadonlyMap<string, Queue>;
  private readonly tables: ReadonlyMap<string, Table>;

  constructor(scope: Construct, id: string, props: DataServicesProps) {
    super(scope, id);
    const { stage, network } = props;
    const { postgres, redis, uploads, queues, tables, secrets, topics } = stage.data;
    const { vpcId, isolatedSubnets: subnets } = network;
    this.postgres = postgres && subnets && new Postgres(this, "postgres", { stage, postgres, vpcId, subnets });
    this.redis = redis && subnets && new Redis(this, "redis", { stage, redis, vpcId, subnets });
    this.uploads = uploads && new PrivateBucket(this, "uploads", { stage, role: "uploads", ...uploads });
    this.queues = createAll(this, "queues", queues, (at, name, queue) => new Queue(at, name, { stage, name, queue }));
    this.tables = createAll(this, "tables", tables, (at, name, table) => new Table(at, name, { stage, name, table }));
    this.secrets = createAll(
      this,
      "secrets",
      secrets,
      (at, name, secret) => new Secret(at, name, { stage, name, secret }),
    );
    this.topics = createAll(this, "topics", topics, (at, name) => new Topic(at, name, { stage, name }));
    if (this.uploads !== undefined) {
      addOutput(this, "uploads_bucket", { value: this.uploads.name, description: "Bucket of the uploads" });
    }
  }

  public get monitoringTargets(): DataMonitoringTargets {
    return {
      postgres: this.postgres?.monitoringTargets,
      redis: this.redis?.monitoringTargets,
      queues: [...this.queues.values()].map(({ monitoringTargets }) => monitoringTargets),
      tables: [...this.tables].map(([name, table]) => ({ name, metricName: table.name })),
      topics: [...this.topics].map(([name, { metricName }]) => ({ name, metricName })),
    };
  }

  /** Grants what an entry of `uses` means, such as sending to a queue, or reading and writing the items of a table. */
  public grant(use: string): Grant {
    const [kind, name = ""] = use.split(":");
    if (kind === "postgres") return requireDataService(use, this.postgres).grant;
    if (kind === "redis") return requireDataService(use, this.redis).grant;
    const variable = dataVariable(use);
    if (kind === "secret") return requireDataService(use, this.secrets.get(name)).grant(variable);
    if (kind === "topic") {
      const { arn } = requireDataService(use, this.topics.get(name));
      return grantOf(variable, arn, ["sns:Publish"], [arn]);
    }
    if (kind === "queue") {
      const { arn, url } = requireDataService(use, this.queues.get(name));
      return grantOf(variable, url, ["sqs:GetQueueUrl", "sqs:SendMessage"], [arn]);
    }
    if (kind === "table") {
      const table = requireDataService(use, this.tables.get(name));
      return grantOf(variable, table.name, itemActions, [table.arn]);
    }
    const bucket = requireDataService(use, this.uploads);
    return {
      environment: { [variable]: bucket.name },
      statements: [
        { actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], resources: [`${bucket.arn}/*`] },
        // Without it, S3 answers 403 instead of 404: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
        { actions: ["s3:ListBucket"], resources: [bucket.arn] },
      ],
    };
  }

  /** Endpoints of the servers inside the VPC. */
  public get servers(): readonly Endpoint[] {
    return [this.postgres, this.redis].flatMap((dataService) => dataService?.endpoint ?? []);
  }

  /** A secret of the stage by its name. */
  public secret(name: string): SecretRef {
    return requireDataService(`secret:${name}`, this.secrets.get(name)).ref;
  }

  /** Resources that AWS Backup can back up. */
  public get backupResources(): readonly BackupResource[] {
    return [this.postgres, this.uploads, ...this.tables.values()].flatMap(
      (dataService) => dataService?.backupResource ?? [],
    );
  }

  /** Grants a worker the consumption of a queue. */
  public grantConsume(name: string): Grant & { readonly queue: Queue } {
    const queue = requireDataService(name, this.queues.get(name));
    return { queue, ...grantOf(dataVariable(`queue:${name}`), queue.url, consumerActions, [queue.arn]) };
  }
}

const consumerActions = [
  "sqs:ChangeMessageVisibility",
  "sqs:DeleteMessage",
  "sqs:GetQueueAttributes",
  "sqs:GetQueueUrl",
  "sqs:ReceiveMessage",
];

const itemActions = [
  "dynamodb:BatchGetItem",
  "dynamodb:BatchWriteItem",
  "dynamodb:ConditionCheckItem",
  "dynamodb:DeleteItem",
  "dynamodb:GetItem",
  "dynamodb:PutItem",
  "dynamodb:Query",
  "dynamodb:Scan",
  "dynamodb:UpdateItem",
];

function grantOf(variable: string, value: string, actions: string[], resources: string[]): Grant {
  return { environment: { [variable]: value }, statements: [{ actions, resources }] };
}

function requireDataService<DataService>(use: string, dataService: DataService | undefined): DataService {
  if (dataService === undefined)
    throw new Error(`${use} must be a data service of the stage; the schema accepted a stage file without it`);
  return dataService;
}

function createAll<Config, DataService>(
  scope: Construct,
  id: string,
  configs: Readonly<Record<string, Config>>,
  make: (at: Construct, name: string, config: Config) => DataService,
): ReadonlyMap<string, DataService> {
  const at = new Construct(scope, id);
  return new Map(Object.entries(configs).map(([name, config]) => [name, make(at, name, config)]));
}
