/** What of a service decides which variables the stack sets. */
export interface Told {
  readonly kind: "web" | "worker" | "job";
  readonly uses: readonly string[];
  readonly calls: readonly string[];
  readonly queue?: string | undefined;
  readonly telemetry?: object | undefined;
}

/** Every variable that the stack sets in a service's container. */
export function stackVariables({ kind, uses, calls, queue, telemetry }: Told): string[] {
  return [
    "STOP_TIMEOUT_SECONDS",
    ...(kind === "web" ? ["PORT", "KEEP_ALIVE_SECONDS"] : []),
    ...uses.flatMap(storeVariables),
    ...(queue === undefined ? [] : [storeVariable(`queue:${queue}`)]),
    ...calls.map(urlVariable),
    ...(telemetry === undefined ? [] : ["OTEL_EXPORTER_OTLP_ENDPOINT"]),
  ];
}

/** Every variable that a store may bring. */
function storeVariables(use: string): readonly string[] {
  return variablesOf[use] ?? [storeVariable(use)];
}

/** Stores that one variable does not tell. */
const variablesOf: Readonly<Record<string, readonly string[]>> = {
  postgres: ["HOST", "PORT", "NAME", "USER", "SECRET_ARN", "AUTH", "READER_HOST"].map((part) => `DATABASE_${part}`),
  redis: ["HOST", "PORT", "USER", "CACHE_NAME", "READER_HOST", "SERVERLESS"].map((part) => `REDIS_${part}`),
};

/** Variable that says where a store is: `UPLOADS_BUCKET`, `ORDERS_QUEUE_URL`, `USERS_TABLE`. */
export function storeVariable(use: string): string {
  const [kind = "", name = ""] = use.split(":");
  const suffix: Readonly<Record<string, string>> = {
    uploads: "BUCKET",
    queue: "QUEUE_URL",
    table: "TABLE",
    secret: "SECRET_ARN",
    topic: "TOPIC_ARN",
  };
  return screaming(kind === "uploads" ? kind : name, suffix[kind] ?? "");
}

/** Variable that says where a called service is: `ORDERS_URL`. */
export function urlVariable(service: string): string {
  return screaming(service, "URL");
}

function screaming(...parts: readonly string[]): string {
  return parts.join("_").replaceAll("-", "_").toUpperCase();
}
