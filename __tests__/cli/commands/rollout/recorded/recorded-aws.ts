import { createServer, type IncomingMessage, type Server } from "node:http";
import { json } from "node:stream/consumers";
import { z } from "zod";
import { clientsOf, type Clients } from "../../../../../cli/lib/aws";
import { stage } from "./names";
import { answerTo, type Call } from "./replay";
import { isError, type Sequence } from "./sequence";

const input = z.looseObject({});

const callerIdentity =
  '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
  "<Arn>arn:aws:iam::111122223333:user/ci</Arn><UserId>AIDATEST</UserId><Account>111122223333</Account>" +
  "</GetCallerIdentityResult></GetCallerIdentityResponse>";

/** A local server that replays a recorded sequence to the AWS clients. */
export class RecordedAws {
  /** Responses before those of the sequence, by operation: each is sent once. */
  public readonly once = new Map<string, object>();
  public readonly calls: string[] = [];
  private server?: Server;
  private sequence: Sequence = { polls: [] };
  private polls = 0;

  constructor() {
    beforeAll(async () => {
      this.server = createServer((request, response) => {
        // STS uses XML and has its operation in the body; the command calls one operation of it.
        if (request.headers["x-amz-target"] === undefined) {
          response.writeHead(200, { "content-type": "text/xml" }).end(callerIdentity);
          return;
        }
        void this.answer(request).then((body) => {
          const status = isError(body) ? (body.__type === "NotImplemented" ? 501 : 400) : 200;
          response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
        });
      });
      await new Promise<void>((resolve) => this.server?.listen(0, "127.0.0.1", resolve));
    });
    beforeEach(() => {
      this.once.clear();
      this.calls.length = 0;
      this.polls = 0;
    });
    afterAll(() => {
      this.server?.closeAllConnections();
      this.server?.close();
    });
  }

  /** The URL of the server. */
  public get endpoint(): string {
    const address = this.server?.address();
    if (typeof address !== "object" || address === null) throw new Error("the server is not started");
    return `http://127.0.0.1:${address.port}`;
  }

  /** Clients that receive the sequence from its start. */
  public play(sequence: Sequence): Clients {
    this.sequence = sequence;
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    return clientsOf(stage, { endpoint: this.endpoint, credentials });
  }

  private async answer(request: IncomingMessage): Promise<object> {
    const operation = String(request.headers["x-amz-target"]).split(".").at(-1) ?? "";
    const call: Call = { operation, input: input.parse(await json(request)) };
    this.calls.push(operation);
    const response = this.once.get(operation);
    this.once.delete(operation);
    if (response) return response;
    // Every observation starts with this operation.
    if (operation === "ListServiceDeployments") this.polls += 1;
    return answerTo(this.sequence, Math.max(0, this.polls - 1), call);
  }
}
