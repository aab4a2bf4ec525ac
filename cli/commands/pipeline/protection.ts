import type { StageConfig } from "../../../schema";

/** The reasons that a stage is not short-lived: the fields that protect its data. Empty for a short-lived stage. */
export function protections(stage: StageConfig): string[] {
  const { production, allowDataLoss, images, data, ingress } = stage;
  const { postgres, redis, uploads, tables } = data;
  const reasons: readonly (string | false | undefined)[] = [
    production && "production is true",
    !allowDataLoss && "allowDataLoss is false",
    !images.forceDelete && "images.forceDelete is false",
    uploads && !uploads.forceDelete && "data.uploads.forceDelete is false",
    postgres?.deletionProtection && "data.postgres.deletionProtection is true",
    postgres && postgres.finalSnapshot !== false && "data.postgres.finalSnapshot is set",
    redis?.kind === "replication-group" && redis.finalSnapshot !== false && "data.redis.finalSnapshot is set",
    ...Object.entries(tables).map(
      ([name, { deletionProtection }]) => deletionProtection && `data.tables.${name}.deletionProtection is true`,
    ),
    isProtectedPool(ingress) && "ingress.authorization.userPool.deletionProtection is true",
  ];
  return reasons.filter((reason) => typeof reason === "string");
}

function isProtectedPool(ingress: StageConfig["ingress"]): boolean {
  const pool = "authorization" in ingress ? ingress.authorization?.userPool : undefined;
  return pool?.source === "create" && pool.deletionProtection;
}
