import fc from "fast-check";
import type { StageInput } from "../../schema/stage";
import {
  minimalDomain,
  minimalJob,
  minimalService,
  minimalStage,
  minimalWorker,
  openNetwork,
  ingresses,
} from "../fixtures/stage";
import { fields, type Field } from "./fields";
import { hostileText } from "./texts";

/** A hostile text with its field. */
export interface Change {
  readonly field: Field;
  readonly text: string;
  /** Path of the field in a report; when objects had to be created around it, that of the outermost. */
  readonly place: string;
}

/** A stage file with hostile texts. */
export interface HostileStage {
  /** The stage without the hostile texts. */
  readonly base: StageInput;
  readonly changes: readonly Change[];
  readonly input: unknown;
}

const textBody = { type: "object", properties: { name: { type: "string" } } };

/** Valid stages with nearly all fields, into which hostile texts are written. */
const bases: readonly StageInput[] = [
  {
    ...minimalStage,
    network: openNetwork,
    tags: { team: "shop" },
    discovery: "cloud-map",
    data: {
      uploads: {},
      queues: { orders: {} },
      topics: { sold: {} },
      redis: { kind: "replication-group", keep: true },
    },
    services: {
      orders: {
        ...minimalService,
        command: ["node", "main.js"],
        environment: { AREA: "a" },
        sidecars: {
          proxy: {
            image: "public.ecr.aws/nginx/nginx:1.29",
            memoryMiB: 64,
            command: ["nginx"],
            environment: { AREA: "b" },
            healthCheck: { command: ["nginx", "-t"] },
          },
        },
        permissions: [
          {
            actions: ["ses:SendEmail"],
            resources: ["arn:aws:ses:us-east-1:111122223333:identity/example.com"],
            conditions: [{ test: "StringEquals", variable: "ses:FromAddress", values: ["shop@example.com"] }],
          },
        ],
        tasks: { migrate: { command: ["node", "migrate.js"] } },
        routes: [{ route: "POST /orders", required: { headers: ["X-Shop"], body: textBody }, scopes: ["write"] }],
        uses: ["uploads", "topic:sold"],
      },
      mailer: { ...minimalWorker, queue: "orders", command: ["node", "worker.js"], calls: ["orders"] },
      nightly: { ...minimalJob, command: ["node", "job.js"], environment: { AREA: "c" } },
    },
    ingress: {
      ...ingresses["rest-api via nlb"],
      authorization: { userPool: { source: "create", scopes: { write: "Write orders" } } },
      cors: { allowOrigins: ["https://www.example.com"] },
      waf: { redactedHeaders: ["x-key"], allowedCidrs: ["198.51.100.0/24"], blockedCidrs: ["203.0.113.0/24"] },
      uploads: { contentTypes: ["image/png"], scopes: ["write"] },
    },
    monitoring: { alarms: { email: ["a@example.com"] }, logs: { errorPattern: "error" } },
  },
  {
    ...minimalStage,
    tags: { team: "shop" },
    services: {
      orders: {
        ...minimalService,
        routes: [{ route: "/orders/*", hosts: ["api.example.com"], header: { name: "X-Shop", values: ["eu"] } }],
        environment: { AREA: "a" },
      },
      users: {
        ...minimalService,
        routes: ["/users/*"],
      },
    },
    ingress: { kind: "alb", domain: minimalDomain, waf: {} },
    monitoring: {},
  },
];

const freeFields = fields.filter(({ isFree }) => isFree);

const change = fc.tuple(
  fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...fields) },
    { weight: 3, arbitrary: fc.constantFrom(...freeFields) },
  ),
  hostileText,
  fc.nat(1),
);

/** Stages with one or two hostile texts in any field. */
export const hostileStage: fc.Arbitrary<HostileStage> = fc
  .tuple(fc.constantFrom(...bases), fc.array(change, { minLength: 1, maxLength: 2 }))
  .map(([base, planned]) => {
    const input: unknown = structuredClone(base);
    const all = planned.map(([field, text, add]) => ({ field, text, ...write(input, field, text, add === 1) }));
    const places = new Map(all.toReversed().map(({ keys, place }) => [keys.join("."), place]));
    const changes = [...new Map(all.map((each) => [each.keys.join("."), each])).values()]
      .filter(({ field, text, keys }) => isWritten(input, keys, field.isKey ? undefined : text))
      // A later text may have overwritten an earlier one, around which objects had been created.
      .map(({ field, text, keys, place }) => ({ field, text, place: places.get(keys.join(".")) ?? place }));
    return { base, input, changes };
  });

/** Writes a text into a stage, and creates the objects around it; returns its path, and the `place` of the change. */
export function write(
  input: unknown,
  { path, isKey }: Field,
  text: string,
  adds: boolean,
): { readonly keys: readonly (string | number)[]; readonly place: string } {
  const keys: (string | number)[] = [];
  let parent = input;
  let written = "";
  let outermost: string | undefined;
  path.forEach((part, index) => {
    if (typeof parent !== "object" || parent === null) return;
    const isLast = index === path.length - 1;
    const key = keyFor(parent, part, isLast ? { text, isKey, adds } : undefined);
    keys.push(key);
    written += typeof key === "number" ? `[${key}]` : `${written && "."}${key}`;
    if (isLast) {
      define(parent, key, isKey ? (Object.values(parent)[0] ?? {}) : text);
    } else if (typeof Reflect.get(parent, key) !== "object") {
      outermost ??= written;
      define(parent, key, path[index + 1] === "[]" ? [] : {});
    }
    parent = Reflect.get(parent, key);
  });
  return { keys, place: outermost ?? written };
}

/** Whether nothing was written over a text, or over what contains it. */
function isWritten(input: unknown, keys: readonly (string | number)[], text: string | undefined): boolean {
  let value = input;
  for (const key of keys) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return false;
    value = Reflect.get(value, key);
  }
  return text === undefined || value === text;
}

interface Last {
  readonly text: string;
  readonly isKey: boolean;
  readonly adds: boolean;
}

function keyFor(place: object, part: string, last: Last | undefined): string | number {
  if (part === "[]") return Array.isArray(place) && last?.adds === true ? place.length : 0;
  if (part !== "*") return part;
  if (last?.isKey === true) return last.text;
  const names = Object.keys(place);
  return last?.adds === true ? `added${names.length}` : (names[0] ?? "name");
}

/** Writes `__proto__` as an ordinary property. */
function define(place: object, key: string | number, value: unknown): void {
  Object.defineProperty(place, key, { value, enumerable: true, configurable: true, writable: true });
}

/**
 * Shared with the end-to-end tests, so that they deploy the stages that are accepted here. `npm run test:exhaustive` sets
 * `HOSTILE_STAGES`, the number of stages.
 */
export const sampled = { seed: 20260601, numRuns: Number(process.env.HOSTILE_STAGES ?? 200) };
