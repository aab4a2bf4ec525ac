import { Store } from "../../store";
import { objects, text } from "../../wire/json";
import type { RuleSet } from "../rule";
import { reference, service } from "./resources";

/** Final snapshots of caches: no operation of the emulated AWS returns them, so that they are remembered here. */
export function finalSnapshots(): RuleSet {
  const taken = new Store<boolean>();
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
          if (name === "") return undefined;
          const { Snapshots } = await call.ask("DescribeSnapshots", { SnapshotName: name });
          const exists = taken.of(call).has(name) || objects(Snapshots).length > 0;
          return exists ? `Snapshot ${name} already exists.` : undefined;
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
