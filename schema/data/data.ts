import { z } from "zod";
import { partName } from "../services/container";
import { backup } from "./backup";
import { postgres } from "./postgres/postgres";
import { queue } from "./queue";
import { redis } from "./redis";
import { secret } from "./secret";
import { table } from "./table";
import { topic } from "./topic";
import { uploadsBucket } from "./uploads-bucket";

/** Stores of the stage, which services ask for by `uses`. */
export const data = z.strictObject({
  /** @default - none */
  postgres: postgres.optional(),
  /** @default - none */
  redis: redis.optional(),
  /** @default - none */
  uploads: uploadsBucket.optional(),
  /** SQS queues by name. @default {} */
  queues: z.record(partName(24, "orders"), queue).default({}),
  /** DynamoDB tables by name. @default {} */
  tables: z.record(partName(24, "users"), table).default({}),
  /** Secrets by name. @default {} */
  secrets: z.record(partName(24, "stripe"), secret).default({}),
  /** SNS topics by name. @default {} */
  topics: z.record(partName(24, "sold"), topic).default({}),
  /** @default - those that each store makes itself */
  backup: backup.optional(),
});

export type Data = z.output<typeof data>;
