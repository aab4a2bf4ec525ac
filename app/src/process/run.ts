import closeWithGrace from "close-with-grace";
import type { Logger } from "pino";
import { ConfigurationError, readConfiguration, type Configuration } from "../configuration";
import { createLogger } from "./logger";
import { startTelemetry } from "./telemetry";

/** What every program of the service is given. */
export interface Context {
  readonly configuration: Configuration;
  readonly logger: Logger;
}

/** A program that goes on until `stop`, which ends its work in the right order. */
export interface Running {
  stop(): Promise<void>;
}

/** Starts a program that runs until SIGTERM, and ends the process with 0 once it has stopped in time. */
export async function runService(name: string, start: (context: Context) => Promise<Running>): Promise<void> {
  await guard(name, async (context) => {
    const telemetry = await startTelemetry(name, context.configuration);
    const { logger, configuration } = context;
    const running = await start(context);
    closeWithGrace({ delay: configuration.drainSeconds * 1000, logger }, async ({ signal, err }) => {
      if (err === undefined) logger.info({ signal }, "stopping");
      else logger.fatal({ err }, "stopping after an error that nobody handled");
      await running.stop();
      await telemetry.stop();
      logger.info("stopped");
    });
  });
}

/** Runs a program that ends by itself; a failure is logged and ends the process with 1. */
export async function runTask(name: string, task: (context: Context) => Promise<void>): Promise<void> {
  await guard(name, async (context) => {
    const telemetry = await startTelemetry(name, context.configuration);
    await task(context).finally(() => telemetry.stop());
  });
}

async function guard(name: string, work: (context: Context) => Promise<void>): Promise<void> {
  let logger: Logger | undefined;
  try {
    const configuration = readConfiguration(process.env);
    logger = createLogger(name, configuration.environment.LOG_LEVEL);
    await work({ configuration, logger });
  } catch (error) {
    if (error instanceof ConfigurationError) process.stderr.write(`${name}: ${error.message}\n`);
    else if (logger === undefined) throw error;
    else logger.fatal({ err: error }, "cannot go on");
    process.exitCode = 1;
    // What was opened before the failure must not keep a process alive that will never serve.
    setTimeout(() => process.exit(1), 1000).unref();
  }
}
