/** What GitLab takes, by its documentation, and below it what the generated pipelines keep to. */
export const limits = {
  /** Jobs of a pipeline: a pipeline of GitLab that people still read. Plans of gitlab.com start at 500. */
  jobs: 200,
  /** Jobs that a job may wait for. https://docs.gitlab.com/ci/yaml/#needs */
  needs: 50,
  /** Jobs with an environment. https://docs.gitlab.com/administration/instance_limits/#maximum-number-of-deployment-jobs-in-a-pipeline */
  deployments: 500,
  /** Pipelines below one pipeline. https://docs.gitlab.com/administration/instance_limits/#limit-pipeline-hierarchy-size */
  pipelines: 1000,
  /** Length of a file, in bytes: 1 MiB before GitLab 17.3. https://docs.gitlab.com/administration/instance_limits/#maximum-size-and-depth-of-cicd-configuration-yaml-files */
  fileBytes: 1024 * 1024,
  /** Length of all files that one job generates, in bytes. https://docs.gitlab.com/ci/pipelines/downstream_pipelines/#dynamic-child-pipelines */
  archiveBytes: 5 * 1024 * 1024,
} as const;
