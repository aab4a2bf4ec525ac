import { z } from "zod";
import { resourceName } from "../primitives";
import { backup } from "./backup";
import { keep } from "./common";
import { postgres } from "./postgres";
import { queue } from "./queue";
import { redis } from "./redis";
import { secret } from "./secret";
import { table } from "./table";
import { uploadsBucket } from "./uploads-bucket";

/** An SNS topic, encrypted, for TLS only. */
const topic = z.strictObject({ /** Whether it is kept although no service uses it. @default false */ keep });

/** Data services of the stage, which services use through `uses`. */
export const data = z.strictObject({
  /** @default - none */
  postgres: postgres.optional(),
  /** @default - none */
  redis: redis.optional(),
  /** @default - none */
  uploads: uploadsBucket.optional(),
  /** SQS queues by name. @default {} */
  queues: z.record(resourceName(24, "orders"), queue).default({}),
  /** DynamoDB tables by name. @default {} */
  tables: z.record(resourceName(24, "users"), table).default({}),
  /** Secrets by name. @default {} */
  secrets: z.record(resourceName(24, "stripe"), secret).default({}),
  /** SNS topics by name. @default {} */
  topics: z.record(resourceName(24, "sold"), topic).default({}),
  /** AWS Backup. @default - only the automatic backups of each data service */
  backup: backup.optional(),
});

export type Data = z.output<typeof data>;
