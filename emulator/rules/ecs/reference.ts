/** Signing name of Elastic Container Service. */
export const service = "ecs";

/** Where AWS documents the operations of Elastic Container Service. */
export const reference = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference";
