import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { describe, it } from "node:test";
import { rootCertificates } from "node:tls";
import { iamToken } from "../../src/database/credentials";
import { verifiedTls } from "../../src/database/trust";

describe("the token of the task role", () => {
  it("is a presigned URL for this host, port and user, which expires after 15 minutes", async () => {
    const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "not-a-secret" };
    const config = { hostname: "items.cluster.us-east-1.rds.amazonaws.com", port: 5432, username: "items", region: "us-east-1", credentials };
    const token = new URL(`https://${await iamToken(config).read()}`);
    assert.equal(token.host, "items.cluster.us-east-1.rds.amazonaws.com:5432");
    assert.equal(token.searchParams.get("DBUser"), "items");
    assert.equal(token.searchParams.get("Action"), "connect");
    assert.equal(token.searchParams.get("X-Amz-Expires"), "900");
    assert.match(token.searchParams.get("X-Amz-Credential") ?? "", /^AKIDEXAMPLE\/\d{8}\/us-east-1\/rds-db\//);
    assert.doesNotMatch(token.href, /not-a-secret/);
  });

  it("is generated for each connection", async () => {
    const tokens = ["one", "two"];
    const source = iamToken({ hostname: "db", port: 1, username: "items" }, { getAuthToken: () => Promise.resolve(tokens.shift() ?? "") });
    assert.deepEqual([await source.read(), await source.read()], ["one", "two"]);
  });
});

describe("the trust store", () => {
  const { ca, rejectUnauthorized } = verifiedTls();
  const certificates = [ca].flat().map((pem) => new X509Certificate(pem ?? ""));

  it("has the current authorities of RDS in every region, valid for several years", () => {
    const inFiveYears = new Date(Date.now() + 5 * 365 * 86_400_000);
    const lasting = certificates.filter(({ validTo }) => new Date(validTo) > inFiveYears);
    const subjects = lasting.map(({ subject }) => subject).join("\n");
    for (const region of ["us-east-1", "eu-west-1", "ap-southeast-2"]) {
      for (const key of ["RSA2048", "RSA4096", "ECC384"]) {
        assert(subjects.includes(`Amazon RDS ${region} Root CA ${key} G1`), `${region} ${key}`);
      }
    }
  });

  it("has the authorities of Amazon Trust Services, which sign the certificates of RDS Proxy", () => {
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.howitworks.html
    const amazon = rootCertificates.map((pem) => new X509Certificate(pem)).filter(({ subject }) => /CN=Amazon Root CA/.test(subject));
    assert.equal(amazon.length, 4);
    const trusted = certificates.map(({ fingerprint256 }) => fingerprint256);
    assert.deepEqual(amazon.filter(({ fingerprint256 }) => !trusted.includes(fingerprint256)), []);
  });

  it("is not optional", () => {
    assert.equal(rejectUnauthorized, true);
  });
});
