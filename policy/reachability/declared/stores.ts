import type { Host } from "../model/hosts";
import type { Model } from "../model/model";
import { taskTypes } from "../model/placements";
import { mentionsOf } from "../model/reference";
import type { Flow } from "./flow";
import { taskText } from "./task-text";

/** The port of each kind of store when it names none, by its engine. */
export const storePorts: Readonly<Record<string, (engine: string) => number>> = {
  aws_db_instance: sqlPort,
  aws_rds_cluster: sqlPort,
  aws_elasticache_replication_group: () => 6379,
  aws_elasticache_serverless_cache: () => 6379,
};

const proxyType = "aws_db_proxy";

/** A store is reached by the tasks whose definitions mention it, or by the proxy in front of it, and by nobody else. */
export function flowsToStores(model: Model): readonly Flow[] {
  const ofTasks = model.hosts
    .filter(({ type }) => taskTypes.includes(type))
    .flatMap((task) =>
      storesOf(model, task).map((store): Flow => {
        return { from: task.name, to: store, port: portOf(model, store), because: "stores its data", required: true };
      }),
    );
  return [...ofTasks, ...flowsOfProxies(model)];
}

/** The secret of a server's password is no way to the server, which may stand behind a proxy. */
function storesOf(model: Model, task: Host): readonly string[] {
  const text = taskText(model, task).replaceAll(/[\w.-]+\.master_user_secret\b/g, "");
  return mentionsOf(text, [...Object.keys(storePorts), proxyType]);
}

function flowsOfProxies({ resources }: Model): readonly Flow[] {
  return resources.of("aws_db_proxy_target").flatMap(({ fields }) => {
    const [from] = mentionsOf(fields.db_proxy_name, [proxyType]);
    const [to] = mentionsOf([fields.db_instance_identifier, fields.db_cluster_identifier], Object.keys(storePorts));
    if (from === undefined || to === undefined) return [];
    return [{ from, to, port: portOf({ resources }, to), because: "connections of tasks", required: true }];
  });
}

/** The port of a store, or of the proxy in front of one. */
export function portOf({ resources }: Pick<Model, "resources">, store: string): number {
  const { type = "", fields = {} } = resources.at(store) ?? {};
  if (type === proxyType) return sqlPort(String(fields.engine_family).toLowerCase());
  return Number(fields.port ?? storePorts[type]?.(String(fields.engine)));
}

function sqlPort(engine: string): number {
  return engine.includes("postgres") ? 5432 : 3306;
}
