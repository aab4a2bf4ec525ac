import leven from "leven";
import { accountStackName, stackName, type AccountConfig, type StageConfig } from "../../schema";
import { ToolError } from "./tool-error";

/**
 * The stage of a stack.
 *
 * @throws ToolError for an unknown name, with the known ones and the most similar
 */
export function stageOfStack(stages: readonly StageConfig[], stack: string): StageConfig {
  return findByName("stack", stages, stackName, stack);
}

/**
 * The account of an account stack.
 *
 * @throws ToolError for an unknown name, with the known ones and the most similar
 */
export function accountOfStack(accounts: readonly AccountConfig[], stack: string): AccountConfig {
  if (accounts.length === 0) {
    throw new ToolError("there is no account stack; add config/accounts/<alias>/<region>.ts");
  }
  return findByName("account stack", accounts, accountStackName, stack);
}

function findByName<Item>(kind: string, items: readonly Item[], nameOf: (item: Item) => string, name: string): Item {
  const item = items.find((each) => nameOf(each) === name);
  if (item !== undefined) return item;
  const names = items.map(nameOf);
  const [nearest] = names.toSorted((one, other) => leven(one, name) - leven(other, name));
  const hint = nearest === undefined ? "" : `; did you mean ${nearest}?`;
  throw new ToolError(`there is no ${kind} "${name}"; choose one of ${names.join(", ")}${hint}`);
}
