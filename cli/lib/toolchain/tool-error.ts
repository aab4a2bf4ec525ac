/** A failure that its message explains completely: commands print it without a stack trace. */
export class ToolError extends Error {
  public override readonly name = "ToolError";
}
