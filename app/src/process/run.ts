import closeWithGrace from "close-with-grace";
import type { Logger } from "pino";
import { ConfigurationError, readConfiguration, type Configuration } from "../configuration";
import { createLogger } from "./logger";
import { startTelemetry } from "./telemetry";

/** Configuration and logger of a program of the service. */
export interface Context {
  readonly configuration: Configuration;
  readonly logger: Logger;
}

/** A program that runs until `stop`, which shuts down its parts in order. */
export interface Running {
  stop(): Promise<void>;
}

/** Starts a program that runs until SIGTERM; the process exits with 0 when the program stops in time. */
export async function runService(name: string, start: (context: Context) => Promise<Running>): Promise<void> {
  await guard(name, async (context) => {
    const telemetry = await startTelemetry(name, context.configuration);
    const { logger, configuration } = context;
    const running = await start(context);
    closeWithGrace({ delay: configuration.drainSeconds * 1000, logger }, async ({ signal, err }) => {
      if (err === undefined) logger.info({ signal }, "stopping");
      else logger.fatal({ err }, "stopping after an unhandled error");
      await running.stop();
      await telemetry.stop();
      logger.info("stopped");
    });
  });
}

/** Runs a program to completion; a failure is logged and the process exits with 1. */
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
    else logger.fatal({ err: error }, "the program failed");
    process.exitCode = 1;
    // Connections that were opened before the failure must not keep the process alive.
    setTimeout(() => process.exit(1), 1000).unref();
  }
}
