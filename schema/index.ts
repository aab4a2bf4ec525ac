export { accountStackName, defineAccount, serves, type AccountConfig, type Refs } from "./account";
export { loadAccounts, loadStages } from "./loader";
export { ConfigError, InputError } from "./problems";
export {
  defineStage,
  stackName,
  stageFile,
  webServices,
  type IngressConfig,
  type JobConfig,
  type ServiceConfig,
  type StageConfig,
  type StageInput,
  type WebConfig,
  type WorkerConfig,
} from "./stage";
