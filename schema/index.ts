export { accountStackName, serves, type AccountConfig, type Refs } from "./account";
export { loadAccounts } from "./loader/accounts";
export { ConfigError } from "./problems";
export {
  defineStage,
  stackName,
  webServices,
  type IngressConfig,
  type JobConfig,
  type ServiceConfig,
  type StageConfig,
  type StageInput,
  type WebConfig,
  type WorkerConfig,
} from "./stage";
export { loadStages } from "./loader/stages";
