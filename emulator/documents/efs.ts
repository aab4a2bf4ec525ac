import { text } from "../wire/json";
import type { DocumentCheck } from "./document";
import { isSet } from "./values";

/** Throughput and performance of a new file system. */
export const fileSystems: DocumentCheck = {
  service: "elasticfilesystem",
  operations: ["CreateFileSystem"],
  source: "https://docs.aws.amazon.com/efs/latest/ug/API_CreateFileSystem.html",
  check: ({ ThroughputMode, ProvisionedThroughputInMibps, PerformanceMode }) => {
    const mode = text(ThroughputMode);
    if (mode === "provisioned" && !isSet(ProvisionedThroughputInMibps)) {
      return { code: "BadRequest", message: "ProvisionedThroughputInMibps is required for provisioned throughput." };
    }
    return mode === "elastic" && PerformanceMode === "maxIO"
      ? { code: "BadRequest", message: "The performance mode maxIO is not supported with elastic throughput." }
      : undefined;
  },
};
