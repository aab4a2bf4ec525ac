import { productionEnvironments, type StageConfig } from "../../../../schema";

/** Why a stage is no short-lived one: what it promises to keep; nothing for a stage that may go with its data. */
export function protections(stage: StageConfig): string[] {
  const { environment, allowDataLoss, images, data, ingress } = stage;
  const { postgres, redis, uploads, tables } = data;
  const kept: readonly (string | false | undefined)[] = [
    productionEnvironments.includes(environment) && `people depend on ${environment}`,
    !allowDataLoss && "allowDataLoss is false",
    !images.forceDelete && "images.forceDelete is false",
    uploads && !uploads.forceDelete && "data.uploads.forceDelete is false",
    postgres?.deletionProtection && "data.postgres.deletionProtection is true",
    postgres && postgres.finalSnapshot !== false && "data.postgres.finalSnapshot asks for a last copy",
    redis?.kind === "replication-group" &&
      redis.finalSnapshot !== false &&
      "data.redis.finalSnapshot asks for a last copy",
    ...Object.entries(tables).map(
      ([name, { deletionProtection }]) => deletionProtection && `data.tables.${name}.deletionProtection is true`,
    ),
    isProtectedPool(ingress) && "ingress.authorization.userPool.deletionProtection is true",
  ];
  return kept.filter((reason) => typeof reason === "string");
}

function isProtectedPool(ingress: StageConfig["ingress"]): boolean {
  const pool = "authorization" in ingress ? ingress.authorization?.userPool : undefined;
  return pool?.source === "create" && pool.deletionProtection;
}
