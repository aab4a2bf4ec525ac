import { createHash } from "node:crypto";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { zipSync } from "fflate";

/** A web server that publishes one program as HashiCorp does: a zip file, and a list of checksums. */
export class ReleaseServer {
  public url = "";
  public readonly requests: string[] = [];
  public zip: Uint8Array = new Uint8Array();
  public checksums = "";
  /** Answers a request for the archive. @default - sends it */
  public answer = (response: ServerResponse): void => {
    response.end(this.zip);
  };
  private server: Server | undefined;

  public publish(archive: string, program: string, content: string): void {
    this.zip = zipSync({ "LICENSE.txt": Buffer.from("free"), [program]: Buffer.from(content) });
    const checksum = createHash("sha256").update(this.zip).digest("hex");
    this.checksums = `${"0".repeat(64)}  other_${archive}\n${checksum}  ${archive}\n`;
  }

  public async start(): Promise<void> {
    const server = createServer(({ url = "" }, response) => {
      this.requests.push(url);
      if (url.endsWith(".zip")) this.answer(response);
      else response.end(this.checksums);
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    // A server that listens on a port has an AddressInfo, not a path.
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  public stop(): void {
    this.server?.closeAllConnections();
    this.server?.close();
  }
}
