import { text, type JsonObject, type JsonValue } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { contradiction } from "../refusals";
import { isSet, numberOf } from "../values";

/** Size, type and performance of the storage of a new DB instance. */
export const databaseStorage: DocumentCheck = {
  service: "rds",
  operations: ["CreateDBInstance"],
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html",
  check: (input) =>
    isSet(input.DBClusterIdentifier) || !/^(postgres|mysql|mariadb)$/.test(text(input.Engine))
      ? undefined
      : firstRefusal([size, autoscaling, provisioned, general], input),
};

/** Performance of the storage of a restored DB instance, whose size is that of its source. */
export const restoredStorage: DocumentCheck = {
  service: "rds",
  operations: ["RestoreDBInstanceFromDBSnapshot", "RestoreDBInstanceToPointInTime"],
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html",
  check: (input) => (/^(gp2|standard)$/.test(text(input.StorageType)) ? general(input) : undefined),
};

/** Types of storage, which the API model has as any text. */
export const storageTypes: DocumentCheck = {
  service: "rds",
  operations: [
    "CreateDBInstance",
    "ModifyDBInstance",
    "RestoreDBInstanceFromDBSnapshot",
    "RestoreDBInstanceToPointInTime",
  ],
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
  check: ({ StorageType }) => {
    const type = text(StorageType);
    return type === "" || /^(standard|gp2|gp3|io1|io2|aurora|aurora-iopt1)$/.test(type)
      ? undefined
      : { code: "InvalidParameterValue", message: `Invalid storage type: ${type}` };
  },
};

/** GiB from which gp3 volumes are striped, so that IOPS and throughput can be chosen. */
const stripedGibibytes = 400;

function typeOf({ StorageType, Iops }: JsonObject): string {
  return text(StorageType) || ((numberOf(Iops) ?? 0) > 0 ? "io1" : "gp2");
}

function size(input: JsonObject): Refusal | undefined {
  const gibibytes = numberOf(input.AllocatedStorage);
  if (gibibytes === undefined) return undefined;
  const type = typeOf(input);
  const least = type === "standard" ? 5 : type.startsWith("io") ? 100 : 20;
  return gibibytes < least || gibibytes > 65536
    ? contradiction(`Invalid storage size for engine name ${text(input.Engine)} and storage type ${type}: ${gibibytes}`)
    : undefined;
}

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
function autoscaling({ AllocatedStorage, MaxAllocatedStorage }: JsonObject): Refusal | undefined {
  const [allocated, largest] = [numberOf(AllocatedStorage) ?? 0, numberOf(MaxAllocatedStorage) ?? 0];
  if (largest === 0) return undefined;
  if (largest <= allocated) return contradiction("Max storage size must be greater than storage size");
  return largest * 10 < allocated * 11
    ? contradiction("Max storage size must be at least 10% greater than storage size")
    : undefined;
}

/** io1 has at most 50 IOPS for each GiB, and io2 1,000. */
function provisioned(input: JsonObject): Refusal | undefined {
  const type = typeOf(input);
  const [gibibytes, iops] = [numberOf(input.AllocatedStorage) ?? 0, numberOf(input.Iops) ?? 0];
  if (!/^io[12]$/.test(type)) return undefined;
  if (iops === 0) {
    return contradiction(`You must specify IOPS for storage type ${type}.`);
  }
  const ratio = type === "io1" ? 50 : 1000;
  return iops < 1000 || iops > 256000 || iops > gibibytes * ratio
    ? contradiction(
        `The IOPS to GiB ratio must be at most ${ratio}, and the IOPS between 1000 and 256000, for storage type ${type}: ${iops}`,
      )
    : undefined;
}

function general(input: JsonObject): Refusal | undefined {
  const type = typeOf(input);
  const chosen = [numberOf(input.Iops) ?? 0, numberOf(input.StorageThroughput) ?? 0] as const;
  if (type === "gp2" || type === "standard") return unsupported(type, chosen);
  if (type !== "gp3") return undefined;
  const gibibytes = numberOf(input.AllocatedStorage) ?? 0;
  if (gibibytes < stripedGibibytes) {
    return chosen.some((value) => value > 0)
      ? contradiction(
          `You can't specify IOPS or storage throughput for engine ${text(input.Engine)} and a storage size less than 400.`,
        )
      : undefined;
  }
  const [iops, throughput] = chosen;
  if (isBeyond(input.Iops, 12000, 64000)) return contradiction(`IOPS must be between 12000 and 64000 for gp3: ${iops}`);
  return isBeyond(input.StorageThroughput, 500, 4000)
    ? contradiction(`Storage throughput must be between 500 and 4000 for gp3: ${throughput}`)
    : undefined;
}

function unsupported(type: string, [iops, throughput]: readonly [number, number]): Refusal | undefined {
  return iops > 0 || throughput > 0
    ? contradiction(`You can't specify IOPS or storage throughput for storage type ${type}.`)
    : undefined;
}

/** Whether a value other than 0, which is none, is beyond a range. */
function isBeyond(value: JsonValue, least: number, most: number): boolean {
  const number = numberOf(value) ?? 0;
  return number !== 0 && (number < least || number > most);
}
