import type { Refs } from "../../../../schema";

/** What the pipeline needs to know of a stack. */
export interface PipelineStack {
  readonly name: string;
  readonly environment: string;
  readonly region: string;
  /** Whether a person starts what changes it. */
  readonly waitsForPerson: boolean;
  /** Whether a job may take it down, with all that it holds. */
  readonly isShortLived: boolean;
  /** Whether a service runs an image that is built here. */
  readonly buildsImages: boolean;
  /** Whether a service has the one-off task `migrate`. */
  readonly migrates: boolean;
  /** Roles of its jobs. @default - the credentials of the runner */
  readonly roles?: { readonly plan: string; readonly deploy: string };
  readonly deploysFrom: Refs;
}
