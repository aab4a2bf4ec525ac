import type { Model } from "../model/model";
import { taskTypes } from "../model/placements";
import { mentionsOf } from "../model/reference";
import type { Flow } from "./flow";
import { volumeMentions } from "./task-text";

const nfsPort = 2049;

/** A file system is reached, in every zone, by the tasks that mount it, and by nobody else. */
export function flowsToFiles(model: Model): readonly Flow[] {
  return model.hosts
    .filter(({ type }) => taskTypes.includes(type))
    .flatMap((task) => {
      const mounted = volumeMentions(model, task, ["aws_efs_file_system"]);
      const targets = model.resources
        .of("aws_efs_mount_target")
        .filter(({ fields }) =>
          mentionsOf(fields.file_system_id, mounted.map(typeOf)).some((each) => mounted.includes(each)),
        );
      return targets.map(({ address }): Flow => {
        return { from: task.name, to: address, port: nfsPort, because: "mounts its files", required: true };
      });
    });
}

function typeOf(address: string): string {
  return address.split(".")[0] ?? "";
}
