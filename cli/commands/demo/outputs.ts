import { z } from "zod";
import { runTool, stackFolder, terraformProgram, type Session } from "./session";

const outputsSchema = z.record(z.string(), z.object({ value: z.unknown(), sensitive: z.boolean() }));

/** The stack's outputs, by name. */
export async function readOutputs(session: Session): Promise<Map<string, string>> {
  const args = ["output", "-json", "-no-color"];
  const { tail } = await runTool(session, terraformProgram(session), args, { cwd: stackFolder(session) });
  const outputs = outputsSchema.parse(JSON.parse(tail.join("\n")));
  return new Map(
    Object.entries(outputs).map(([name, { value, sensitive }]) => {
      if (sensitive) return [name, "(sensitive)"];
      return [name, typeof value === "string" ? value : JSON.stringify(value)];
    }),
  );
}
