/** Environments that people depend on: what the policy asks of production must hold in all of their stages. */
export const productionEnvironments: readonly string[] = ["prod"];
