import leven from "leven";
import { accountStackName, stackName, type AccountConfig, type StageConfig } from "../../schema";
import { ToolError } from "./toolchain";

/**
 * The stage of a stack.
 *
 * @throws ToolError that lists the stacks when there is none of this name, and names the nearest
 */
export function stageOfStack(stages: readonly StageConfig[], stack: string): StageConfig {
  return chosen("stack", stages, stackName, stack);
}

/**
 * The account of a name.
 *
 * @throws ToolError that lists the names when there is none, and names the nearest
 */
export function accountOf(accounts: readonly AccountConfig[], name: string): AccountConfig {
  if (accounts.length === 0) {
    throw new ToolError("there is no account; add config/accounts/<account alias>/<region>.ts");
  }
  return chosen("account", accounts, accountStackName, name);
}

function chosen<Item>(kind: string, items: readonly Item[], nameOf: (item: Item) => string, name: string): Item {
  const found = items.find((item) => nameOf(item) === name);
  if (found !== undefined) return found;
  const names = items.map(nameOf);
  const [nearest] = names.toSorted((one, other) => leven(one, name) - leven(other, name));
  const hint = nearest === undefined ? "" : `; did you mean ${nearest}?`;
  throw new ToolError(`there is no ${kind} "${name}"; choose one of ${names.join(", ")}${hint}`);
}
