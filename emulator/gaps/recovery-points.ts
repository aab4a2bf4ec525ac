import { randomUUID } from "node:crypto";
import type { AwsRequest, Handlers } from "../proxy/gap";
import { Store } from "../store";
import { parseJson, text, type JsonObject, type JsonValue } from "../wire/json";
import { jsonError, jsonReply } from "../wire/reply";

const pointPath = "/backup-vaults/{vault}/recovery-points/{point+}";
const resourceTypes: Readonly<Record<string, string>> = { rds: "RDS", elasticfilesystem: "EFS", s3: "S3", ec2: "EC2" };

/** moto lacks backup jobs, which are complete here at once, and recovery points; affects `aws_backup_vault`. */
export function recoveryPoints(): Handlers {
  const points = new Store<JsonObject>();
  const jobs = new Store<JsonObject>();
  const vaultArn = ({ account, region }: AwsRequest, vault: JsonValue): string =>
    `arn:aws:backup:${region}:${account}:backup-vault:${text(vault)}`;
  const notFound = (what: string) => jsonError("ResourceNotFoundException", `${what} was not found.`);

  return {
    "PUT /backup-jobs": (request) => {
      const { BackupVaultName, ResourceArn, IamRoleArn } = parseJson(request.body);
      const id = randomUUID();
      const RecoveryPointArn = `arn:aws:backup:${request.region}:${request.account}:recovery-point:${id}`;
      const CreationDate = Date.now() / 1000;
      const ResourceType = resourceTypes[text(ResourceArn).split(":")[2] ?? ""] ?? "";
      const BackupVaultArn = vaultArn(request, BackupVaultName);
      const shared = { BackupVaultName, BackupVaultArn, RecoveryPointArn, ResourceArn, ResourceType, IamRoleArn };
      points.of(request).set(RecoveryPointArn, { ...shared, CreationDate, Status: "COMPLETED" });
      jobs.of(request).set(id, { ...shared, BackupJobId: id, CreationDate, State: "COMPLETED", PercentDone: "100.0" });
      return jsonReply({ BackupJobId: id, RecoveryPointArn, CreationDate });
    },
    "GET /backup-jobs/{job}": (request) => {
      const job = jobs.of(request).get(request.params.job ?? "");
      return job ? jsonReply(job) : notFound("The backup job");
    },
    "GET /backup-vaults/{vault}/recovery-points": (request) => {
      const all = [...points.of(request).values()];
      return jsonReply({
        RecoveryPoints: all.filter(({ BackupVaultName }) => BackupVaultName === request.params.vault),
      });
    },
    [`GET ${pointPath}`]: (request) => {
      const point = points.of(request).get(request.params.point ?? "");
      return point ? jsonReply(point) : notFound("The recovery point");
    },
    [`DELETE ${pointPath}`]: (request) =>
      points.of(request).delete(request.params.point ?? "") ? jsonReply({}) : notFound("The recovery point"),
  };
}
