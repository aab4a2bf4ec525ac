import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isJsonObject, object, objects, parseJson } from "./wire/json";

/**
 * Checks that AWS has a region, by botocore's list.
 *
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 *
 * @param models botocore's folder with API models, beside which it has the list
 * @throws Error when no partition of AWS has the region
 */
export async function checkRegion(models: string, region: string): Promise<void> {
  const file = await readFile(join(models, "partitions.json"), "utf8").catch(() => undefined);
  // Older versions of botocore have no such list.
  if (file === undefined) return;
  const partitions = objects(parseJson(file).partitions);
  const isKnown =
    partitions.some(({ regions }) => isJsonObject(object(regions)[region])) && !region.endsWith("-global");
  if (!isKnown) throw new Error(`AWS has no region "${region}"; give one such as "us-east-1"`);
}
