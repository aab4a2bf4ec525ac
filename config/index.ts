export { bootstrapName, serves, type BootstrapConfig, type Refs } from "./bootstrap-config";
export { loadBootstraps } from "./bootstraps";
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
} from "./stage-config";
export { loadStages } from "./stages";
