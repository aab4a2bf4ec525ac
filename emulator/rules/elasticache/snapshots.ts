import { Store } from "../../store";
import { objects, text } from "../../wire/json";
import type { RuleCall, RuleSet } from "../rule";
import { reference, service } from "./resources";

/** Snapshots of caches: of the final ones, no operation of the emulated AWS returns them, so that they are remembered here. */
export function finalSnapshots(): RuleSet {
  const taken = new Store<boolean>();
  const exists = async (call: RuleCall, name: string): Promise<boolean> => {
    const { Snapshots } = await call.ask("DescribeSnapshots", { SnapshotName: name });
    return taken.of(call).has(name) || objects(Snapshots).length > 0;
  };
  return {
    rules: [
      {
        name: "final-cache-snapshot-exists",
        service,
        operations: ["DeleteReplicationGroup", "CreateSnapshot"],
        code: "SnapshotAlreadyExistsFault",
        rule: "The name of a snapshot is unique in its account and Region.",
        source: `${reference}/API_DeleteReplicationGroup.html`,
        refuse: async (call) => {
          const name = text(call.input.FinalSnapshotIdentifier) || text(call.input.SnapshotName);
          return name !== "" && (await exists(call, name)) ? `Snapshot ${name} already exists.` : undefined;
        },
      },
      {
        name: "cache-snapshot-not-found",
        service,
        operations: ["CreateReplicationGroup", "CreateCacheCluster"],
        code: "SnapshotNotFoundFault",
        status: 404,
        rule: "The snapshot from which a cache is restored exists.",
        source: `${reference}/API_CreateReplicationGroup.html`,
        refuse: async (call) => {
          const name = text(call.input.SnapshotName);
          return name === "" || (await exists(call, name)) ? undefined : `${name} is not found or is not available.`;
        },
      },
    ],
    observers: [
      {
        service,
        operations: ["DeleteReplicationGroup"],
        observe: (call) => {
          const name = text(call.input.FinalSnapshotIdentifier);
          if (name !== "") taken.of(call).set(name, true);
        },
      },
    ],
  };
}
