import type { StageInput } from "#schema";
import { jobDefaults, webDefaults, workerDefaults } from "./defaults";

/** All requests come through the API, which has verified the token of the user pool. */
const authentication = { AUTH_MODE: "gateway" } as const;

/** The services of every prod region: the image of `app/` as two web services, a worker and a job. */
export const services = {
  test1: {
    ...webDefaults,
    routes: [{ route: "GET /health", public: true }, "/test1/*"],
    environment: { BASE_PATH: "/test1", ...authentication },
    // The cache holds the rate limit of each caller, the table the responses of idempotent requests.
    uses: ["postgres", "redis", "uploads", "queue:orders", "table:requests"],
    tasks: { migrate: { command: ["node", "dist/migrate.js"] } },
  },
  test2: {
    ...webDefaults,
    sharesImageOf: "test1",
    routes: ["/test2/*"],
    environment: { BASE_PATH: "/test2", ...authentication },
    uses: ["postgres"],
  },
  orders: {
    ...workerDefaults,
    sharesImageOf: "test1",
    command: ["node", "dist/worker.js"],
    queue: "orders",
    uses: ["postgres"],
    scaling: { minimum: 1, maximum: 10, backlogPerTask: 100 },
  },
  "clean-up": {
    ...jobDefaults,
    sharesImageOf: "test1",
    command: ["node", "dist/job.js"],
    uses: ["postgres"],
    schedule: "cron(0 3 * * ? *)",
    flexibleTimeWindowMinutes: 15,
  },
} as const satisfies StageInput["services"];
