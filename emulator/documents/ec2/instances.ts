import { object, text, type JsonObject } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { isOutside, numberOf } from "../values";
import { invalid } from "./invalid";

/** Count, image and user data of new instances. */
export const instances: DocumentCheck = {
  service: "ec2",
  operations: ["RunInstances"],
  source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html",
  check: (input) => firstRefusal([counts, image, userData, metadata], input),
};

/** The public key of an imported key pair. */
export const publicKeys: DocumentCheck = {
  service: "ec2",
  operations: ["ImportKeyPair"],
  source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-key-pairs.html",
  check: ({ PublicKeyMaterial }) => {
    const key = Buffer.from(text(PublicKeyMaterial), "base64").toString().trim();
    return /^(ssh-|ecdsa-|-----BEGIN |---- BEGIN |MII)/.test(key)
      ? undefined
      : { code: "InvalidKey.Format", message: "Key is not in valid OpenSSH public key format" };
  },
};

function counts({ MinCount, MaxCount }: JsonObject): Refusal | undefined {
  const [minimum, maximum] = [numberOf(MinCount), numberOf(MaxCount)];
  if (minimum === undefined || maximum === undefined) return undefined;
  if (minimum < 1) return invalid(`Value (${minimum}) for parameter minCount is invalid. Expected a positive integer.`);
  return minimum > maximum
    ? invalid(`Value (${maximum}) for parameter maxCount is invalid. It must be at least minCount.`)
    : undefined;
}

function image({ ImageId }: JsonObject): Refusal | undefined {
  const id = text(ImageId);
  // An image can be named by a parameter of Systems Manager.
  return id === "" || /^(ami|ari|aki)-[0-9a-f]+$/.test(id) || id.startsWith("resolve:ssm:")
    ? undefined
    : { code: "InvalidAMIID.Malformed", message: `Invalid id: "${id}" (expecting "ami-...")` };
}

// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
function userData({ UserData }: JsonObject): Refusal | undefined {
  return Buffer.from(text(UserData), "base64").length > 16384
    ? invalid("User data is limited to 16384 bytes")
    : undefined;
}

// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceMetadataOptionsRequest.html
function metadata({ MetadataOptions }: JsonObject): Refusal | undefined {
  const { HttpPutResponseHopLimit } = object(MetadataOptions);
  return isOutside(HttpPutResponseHopLimit, 1, 64)
    ? invalid("The value of HttpPutResponseHopLimit must be between 1 and 64")
    : undefined;
}
