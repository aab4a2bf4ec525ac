import type { Clients } from "../../../../cli/lib/aws";
import { clientsOf } from "../../../../cli/lib/aws";

type Answer = (input: Readonly<Record<string, unknown>>) => object;

/** A call to AWS. */
export interface Call {
  readonly operation: string;
  readonly input: object;
}

/** Clients that return recorded responses, by operation; an error is thrown. */
export function answering(answers: Readonly<Record<string, Answer>>): {
  readonly clients: Clients;
  readonly calls: readonly Call[];
} {
  const calls: Call[] = [];
  const answer = (command: string, input: object) => {
    const operation = command.replace(/Command$/, "");
    calls.push({ operation, input });
    const output = answers[operation]?.({ ...input });
    if (output === undefined) throw new Error(`nothing was recorded for ${operation}`);
    if (output instanceof Error) throw output;
    return Promise.resolve({ output: { $metadata: {}, ...output }, response: {} });
  };
  const clients = clientsOf({ region: "us-east-1" }, { credentials: { accessKeyId: "test", secretAccessKey: "test" } });
  // The types of the clients have nothing in common that could be called in a loop.
  clients.ecs.middlewareStack.add(
    (_, { commandName = "" }) =>
      ({ input }) =>
        answer(commandName, input),
  );
  clients.ecr.middlewareStack.add(
    (_, { commandName = "" }) =>
      ({ input }) =>
        answer(commandName, input),
  );
  return { clients, calls };
}
