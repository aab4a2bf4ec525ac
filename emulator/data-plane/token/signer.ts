import { generateKeyPair, sign, type JsonWebKey, type KeyObject } from "node:crypto";
import { promisify } from "node:util";

/** Signs tokens that user pools give out over HTTP, with a key that is made when it is first needed. */
export class Signer {
  /** Id of the key in the key sets of all user pools. */
  readonly kid = "emulator";
  private pair: Promise<{ readonly publicKey: KeyObject; readonly privateKey: KeyObject }> | undefined;

  /** A JSON web token with the claims. */
  async sign(claims: object): Promise<string> {
    const { privateKey } = await this.keys();
    const content = [{ alg: "RS256", kid: this.kid }, claims].map(encoded).join(".");
    return `${content}.${sign("RSA-SHA256", Buffer.from(content), privateKey).toString("base64url")}`;
  }

  async publicKey(): Promise<KeyObject> {
    return (await this.keys()).publicKey;
  }

  /** The public key as an entry of a key set. */
  async jwk(): Promise<JsonWebKey> {
    const { publicKey } = await this.keys();
    return { ...publicKey.export({ format: "jwk" }), kid: this.kid, alg: "RS256", use: "sig" };
  }

  private keys(): Promise<{ readonly publicKey: KeyObject; readonly privateKey: KeyObject }> {
    this.pair ??= promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
    return this.pair;
  }
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
