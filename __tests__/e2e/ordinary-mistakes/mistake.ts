/** A command of the AWS CLI that AWS refuses; the words after `aws`, in which `{name}` is a value of the preparation. */
export type Mistake = readonly [
  what: string,
  command: string,
  /** AWS's error code. */
  code: string,
  /** The command without the mistake, which must succeed. @default - not tried */
  legal?: string,
];
