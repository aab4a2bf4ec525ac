export {
  accountStackName,
  defineAccount,
  managesProvider,
  refsOf,
  servedRegions,
  serves,
  type AccountConfig,
  type Refs,
} from "./account";
export { providerConstraint } from "./checks/provider-version";
export {
  loadAccounts,
  loadConfiguration,
  loadStages,
  UnknownStackError,
  type Configuration,
  type LoadOptions,
} from "./loader";
export { ConfigError, InputError } from "./problems";
export { admits, exactRelease, testedProvider } from "./provider-version";
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
