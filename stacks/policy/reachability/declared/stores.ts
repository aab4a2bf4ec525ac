import type { Model } from "../model/model";
import { taskTypes } from "../model/placements";
import type { Flow } from "./flow";
import { taskMentions } from "./task-text";

/** The port of each kind of store when it names none, by its engine. */
const defaultPorts: Readonly<Record<string, (engine: string) => number>> = {
  aws_db_instance: sqlPort,
  aws_rds_cluster: sqlPort,
  aws_elasticache_replication_group: () => 6379,
  aws_elasticache_serverless_cache: () => 6379,
};

/** A store is reached by the tasks whose definitions mention it, and by nobody else. */
export function flowsToStores(model: Model): readonly Flow[] {
  return model.hosts
    .filter(({ type }) => taskTypes.includes(type))
    .flatMap((task) =>
      taskMentions(model, task, Object.keys(defaultPorts)).map((store): Flow => {
        return { from: task.name, to: store, port: portOf(model, store), because: "stores its data", required: true };
      }),
    );
}

function portOf({ resources }: Model, store: string): number {
  const { type = "", fields = {} } = resources.at(store) ?? {};
  return Number(fields.port ?? defaultPorts[type]?.(String(fields.engine)));
}

function sqlPort(engine: string): number {
  return engine.includes("postgres") ? 5432 : 3306;
}
