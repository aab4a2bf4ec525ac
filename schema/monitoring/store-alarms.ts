import { z } from "zod";
import { integer } from "../primitives";

const percent = integer(1, 100);
const count = integer(0, 1000000000);

/** What a Postgres database has left. */
export const postgres = z
  .strictObject({
    /** @default 90 */
    cpuPercent: percent.default(90),
    /** Memory that should be free, of what its class or its largest capacity has. @default 10 */
    freeMemoryPercent: percent.default(10),
    /** Storage that should be free, of `storage.gib`; below 10 RDS makes it grow, so that less means it could not. @default 5 */
    freeStoragePercent: percent.default(5),
    /** Share of the connections that Postgres accepts. @default 80 */
    connectionsPercent: percent.default(80),
    /** Time by which readers may be behind the writer, in milliseconds; they are usually below 100. @default 1000 */
    readerLagMs: integer(1, 3600000).default(1000),
    /** Time that a proxy may take to find a free connection, in milliseconds. @default 500 */
    proxyWaitMs: integer(1, 120000).default(500),
  })
  .prefault({});

/** What a cache has left. */
export const redis = z
  .strictObject({
    /** Of the one thread that runs commands. @default 90 */
    cpuPercent: percent.default(90),
    /** Share of its memory or, where it is serverless, of `maximumGb` that it holds. @default 80 */
    memoryPercent: percent.default(80),
    /** Entries a minute that it may give up before their time. @default 0 */
    evictions: count.default(0),
    /** Time by which replicas may be behind, in seconds. @default 10 */
    replicaLagSeconds: integer(1, 3600).default(10),
    /** Sign-ins a minute that it may refuse: each is a wrong role, or somebody who tries. @default 0 */
    refusedSignIns: count.default(0),
  })
  .prefault({});

/** What a DynamoDB table may refuse. */
export const tables = z
  .strictObject({
    /** Reads and writes a minute that it may slow down; the SDK tries them again. @default 10 */
    throttled: count.default(10),
    /** Requests a minute that may fail by AWS's fault; the SDK tries them again. @default 10 */
    failed: count.default(10),
  })
  .prefault({});
