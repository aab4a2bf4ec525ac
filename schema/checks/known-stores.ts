import { z } from "zod";

const store = z.looseObject({ keep: z.unknown().optional() });
const named = z.record(z.string(), store);

const written = z.object({
  data: z.object({
    postgres: store.optional(),
    redis: store.optional(),
    uploads: store.optional(),
    queues: named,
    tables: named,
    secrets: named,
    topics: named,
  }),
});

/** A store of a stage, as services and files name it. */
export interface KnownStore {
  /** Such as `queue:orders`. */
  readonly use: string;
  readonly path: readonly string[];
  readonly store: z.output<typeof store>;
}

/** Every store of a stage that may have other problems, or undefined when its `data` cannot be read. */
export function storesOf(stage: unknown): readonly KnownStore[] | undefined {
  const { data } = written.safeParse(stage);
  if (data === undefined) return undefined;
  const { postgres, redis, uploads, queues, tables, secrets, topics } = data.data;
  const kinds = Object.entries({ queue: queues, table: tables, secret: secrets, topic: topics });
  return [
    ...Object.entries({ postgres, redis, uploads }).flatMap(([use, each]) =>
      each === undefined ? [] : [{ use, path: ["data", use], store: each }],
    ),
    ...kinds.flatMap(([kind, stores]) =>
      Object.entries(stores).map(([name, each]) => ({
        use: `${kind}:${name}`,
        path: ["data", `${kind}s`, name],
        store: each,
      })),
    ),
  ];
}
