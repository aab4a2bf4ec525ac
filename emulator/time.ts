/** How long things take in the emulated AWS. */
export interface Times {
  /** Milliseconds since 1970. @default - the clock of this machine */
  readonly clock?: () => number;
  /** Seconds for which a new NAT gateway or VPC endpoint is pending, and a new load balancer provisioning. @default 0 */
  readonly pendingSeconds?: number;
  /** Seconds for which a database or cache is `creating` or `modifying`. @default 0 */
  readonly databaseSeconds?: number;
  /** Seconds for which the tasks of an ECS service still run after it is deleted or scaled down. @default 0 */
  readonly drainingSeconds?: number;
  /** Seconds between the start of an ECS task and its registration with its target groups. @default 0 */
  readonly registrationSeconds?: number;
  /** Seconds until ECS starts a task again whose process did not start. @default 0.1 */
  readonly restartSeconds?: number;
  /** Seconds for which the name of a deleted queue cannot be used. @default 60 */
  readonly queueNameReuseSeconds?: number;
}
