import type { Rule, RuleCall } from "../rule";
import { objects, text, type JsonObject, type JsonValue } from "../../wire/json";
import { reference, service } from "./reference";

/** Rules on the change of the capacity of a service. */
export const changeRules: readonly Rule[] = [
  {
    name: "capacity-provider-strategy-changed",
    service,
    operations: ["UpdateService"],
    code: "InvalidParameterException",
    rule: "A service changes its capacity providers only with a forced new deployment.",
    source: `${reference}/API_UpdateService.html`,
    refuse: async (call) => {
      const { capacityProviderStrategy, forceNewDeployment } = call.input;
      if (objects(capacityProviderStrategy).length === 0 || forceNewDeployment === true) return undefined;
      const current = await updatedService(call);
      return current === undefined || shares(capacityProviderStrategy) === shares(current.capacityProviderStrategy)
        ? undefined
        : "When switching from launch type to capacity provider strategy on an existing service, or making a change to a capacity provider strategy on a service that is already using one, you must force a new deployment.";
    },
  },
];

/** The parameters of a call, completed with those of the service that it updates. */
export async function completedInput(call: RuleCall): Promise<JsonObject> {
  const given = Object.entries(call.input).filter(([, value]) => value !== null);
  return { ...(await updatedService(call)), ...Object.fromEntries(given) };
}

/** The service that a call updates, as it is before; undefined when there is none. */
export async function updatedService({ operation, input, ask }: RuleCall): Promise<JsonObject | undefined> {
  if (operation !== "UpdateService") return undefined;
  const { services } = await ask("DescribeServices", { cluster: input.cluster, services: [input.service] });
  return objects(services)[0];
}

/** A strategy in a form in which equal ones are equal, whatever their order and what they leave out. */
function shares(strategy: JsonValue): string {
  return objects(strategy)
    .map(({ capacityProvider, base, weight }) =>
      [text(capacityProvider), Number(base ?? 0), Number(weight ?? 0)].join(),
    )
    .sort()
    .join(";");
}
