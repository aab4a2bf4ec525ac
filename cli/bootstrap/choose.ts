import { bootstrapName, type BootstrapConfig } from "../../config";
import { ToolError } from "../toolchain";

/**
 * The bootstrap of a name.
 *
 * @throws ToolError that lists the names when there is none
 */
export function chooseBootstrap(bootstraps: readonly BootstrapConfig[], name: string): BootstrapConfig {
  const chosen = bootstraps.find((candidate) => bootstrapName(candidate) === name);
  if (chosen) return chosen;
  if (bootstraps.length === 0) {
    throw new ToolError("there is no bootstrap; add config/bootstrap/<account alias>/<region>.ts");
  }
  throw new ToolError(`there is no bootstrap "${name}"; choose one of ${bootstraps.map(bootstrapName).join(", ")}`);
}
