import type { Gap } from "../proxy/gap";
import { Store } from "../store";
import { object, parseJson, text, type JsonObject } from "../wire/json";
import { jsonError, jsonReply } from "../wire/reply";

const path = "/2015-02-01/file-systems/{fileSystem}/backup-policy";

/** moto lacks backup policies of file systems; affects `aws_efs_backup_policy`. */
export function efs(): Gap {
  const policies = new Store<JsonObject>();
  return {
    service: "elasticfilesystem",
    handlers: {
      [`PUT ${path}`]: (request) => {
        const BackupPolicy = object(parseJson(request.body).BackupPolicy);
        policies.of(request).set(text(request.params.fileSystem), BackupPolicy);
        return jsonReply({ BackupPolicy });
      },
      [`GET ${path}`]: (request) => {
        const BackupPolicy = policies.of(request).get(text(request.params.fileSystem));
        return BackupPolicy === undefined
          ? jsonError("PolicyNotFound", "No backup policy", 404)
          : jsonReply({ BackupPolicy });
      },
    },
  };
}
