import type { StageInput } from "../../schema";
import { jobDefaults, webDefaults, workerDefaults } from "./defaults";

/** Only the API behind its user pool leads here: who calls stands in the token that it has verified. */
const authentication = { AUTH_MODE: "gateway" } as const;

/** What runs in every region of prod: the service in `app/`, in its four parts. */
export const services = {
  test1: {
    ...webDefaults,
    routes: [{ route: "GET /health", public: true }, "/test1/*"],
    environment: { BASE_PATH: "/test1", ...authentication },
    // The cache counts requests caller by caller, the table keeps answers for requests that come again.
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
