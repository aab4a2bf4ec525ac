/** The fields of a service that determine which environment variables the stack sets. */
export interface ServiceReferences {
  readonly kind: "web" | "worker" | "job";
  readonly uses: readonly string[];
  readonly calls: readonly string[];
  readonly queue?: string | undefined;
  readonly telemetry?: object | undefined;
}

/** Names of all environment variables that the stack sets in a service's container. */
export function stackVariables({ kind, uses, calls, queue, telemetry }: ServiceReferences): string[] {
  return [
    "STOP_TIMEOUT_SECONDS",
    ...(kind === "web" ? ["PORT", "KEEP_ALIVE_SECONDS"] : []),
    ...uses.flatMap(dataVariables),
    ...(queue === undefined ? [] : [dataVariable(`queue:${queue}`)]),
    ...calls.map(urlVariable),
    ...(telemetry === undefined ? [] : ["OTEL_EXPORTER_OTLP_ENDPOINT"]),
  ];
}

/** Names of all environment variables of a data service. */
function dataVariables(use: string): readonly string[] {
  return variablesOf[use] ?? [dataVariable(use)];
}

/** Data services with several environment variables. */
const variablesOf: Readonly<Record<string, readonly string[]>> = {
  postgres: ["HOST", "PORT", "NAME", "USER", "SECRET_ARN", "AUTH", "READER_HOST"].map((part) => `DATABASE_${part}`),
  redis: ["HOST", "PORT", "USER", "CACHE_NAME", "READER_HOST", "SERVERLESS"].map((part) => `REDIS_${part}`),
};

/** Name of a data service's environment variable: `UPLOADS_BUCKET`, `ORDERS_QUEUE_URL`, `USERS_TABLE`. */
export function dataVariable(use: string): string {
  const [kind = "", name = ""] = use.split(":");
  const suffix: Readonly<Record<string, string>> = {
    uploads: "BUCKET",
    queue: "QUEUE_URL",
    table: "TABLE",
    secret: "SECRET_ARN",
    topic: "TOPIC_ARN",
  };
  return constantCase(kind === "uploads" ? kind : name, suffix[kind] ?? "");
}

/** Name of the environment variable with the URL of a called service: `ORDERS_URL`. */
export function urlVariable(service: string): string {
  return constantCase(service, "URL");
}

function constantCase(...parts: readonly string[]): string {
  return parts.join("_").replaceAll("-", "_").toUpperCase();
}
