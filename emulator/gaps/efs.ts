import type { Gap } from "../proxy/gap";
import { Store } from "../store";
import { object, objects, parseJson, pick, text, type JsonObject } from "../wire/json";
import { editJson, isSuccess, jsonError, jsonReply } from "../wire/reply";

const fileSystems = "/2015-02-01/file-systems";
const policy = `${fileSystems}/{fileSystem}/backup-policy`;

/**
 * moto lacks backup policies of file systems, and does not change their throughput; affects `aws_efs_backup_policy` and a
 * change of `aws_efs_file_system`.
 */
export function efs(): Gap {
  const policies = new Store<JsonObject>();
  const throughputs = new Store<JsonObject>();
  return {
    service: "elasticfilesystem",
    handlers: {
      [`PUT ${policy}`]: (request) => {
        const BackupPolicy = object(parseJson(request.body).BackupPolicy);
        policies.of(request).set(text(request.params.fileSystem), BackupPolicy);
        return jsonReply({ BackupPolicy });
      },
      [`GET ${policy}`]: (request) => {
        const BackupPolicy = policies.of(request).get(text(request.params.fileSystem));
        return BackupPolicy === undefined
          ? jsonError("PolicyNotFound", "No backup policy", 404)
          : jsonReply({ BackupPolicy });
      },
      [`GET ${fileSystems}`]: async (request, forward) =>
        editJson(await forward(), (body) => ({
          ...body,
          FileSystems: objects(body.FileSystems).map((fileSystem) =>
            changed(fileSystem, throughputs.of(request).get(text(fileSystem.FileSystemId))),
          ),
        })),
      [`PUT ${fileSystems}/{fileSystem}`]: async (request, forward) => {
        const id = text(request.params.fileSystem);
        const found = await forward({ method: "GET", url: `${fileSystems}?FileSystemId=${id}`, body: "" });
        if (!isSuccess(found)) return found;
        const before = throughputs.of(request).get(id);
        const sent = pick(parseJson(request.body), ["ThroughputMode", "ProvisionedThroughputInMibps"]);
        throughputs.of(request).set(id, { ...before, ...sent });
        const [fileSystem = {}] = objects(parseJson(found.body).FileSystems);
        return jsonReply(changed(fileSystem, { ...before, ...sent }), 202);
      },
    },
  };
}

/** A file system with a changed throughput; only a provisioned one has an amount. */
function changed(fileSystem: JsonObject, throughput: JsonObject | undefined): JsonObject {
  if (throughput === undefined) return fileSystem;
  const { ProvisionedThroughputInMibps, ...rest } = { ...fileSystem, ...throughput };
  return rest.ThroughputMode === "provisioned" ? { ...rest, ProvisionedThroughputInMibps } : rest;
}
