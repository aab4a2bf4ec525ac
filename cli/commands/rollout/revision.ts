/** A task definition as people say it, such as `shop-orders-task-dev01:42`. */
export const revisionOf = (arn: string | undefined) => lastPart(arn) ?? "an unknown revision";

/** The id of a task, by which its log stream is called. */
export const taskIdOf = (arn: string | undefined) => lastPart(arn) ?? "";

const lastPart = (arn: string | undefined) => arn?.split("/").at(-1);
