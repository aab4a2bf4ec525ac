import { objects, text } from "../wire/json";
import { firstDuplicate, type DocumentCheck } from "./document";

/** The keys of a new table and of its indexes. */
export const tableKeys: DocumentCheck = {
  service: "dynamodb",
  operations: ["CreateTable"],
  source: "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html",
  check: ({ KeySchema, GlobalSecondaryIndexes, LocalSecondaryIndexes }) => {
    const indexes = [...objects(GlobalSecondaryIndexes), ...objects(LocalSecondaryIndexes)];
    const schemas = [KeySchema, ...indexes.map((index) => index.KeySchema)].map(objects);
    // An index can have several keys of one type, but each attribute only once.
    const isTwice = schemas.some(
      (keys) => firstDuplicate(keys.map(({ AttributeName }) => text(AttributeName))) !== undefined,
    );
    return isTwice
      ? {
          code: "ValidationException",
          message: "Both the Hash Key and the Range Key element in the KeySchema have the same name",
        }
      : undefined;
  },
};
