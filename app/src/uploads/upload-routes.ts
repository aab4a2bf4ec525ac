import { randomUUID } from "node:crypto";
import { Type } from "@sinclair/typebox";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { callerProblems, creationProblems, ProblemError } from "../api/problem";
import { RepeatHeaders } from "../repeats/repeatable";
import type { UploadStore } from "./upload-store";

const largestUpload = 100 * 1024 * 1024;

const UploadInput = Type.Object(
  {
    content_type: Type.String({ pattern: "^[a-z]+/[a-z0-9.+-]+$", maxLength: 100, examples: ["image/png"] }),
    size: Type.Integer({ minimum: 1, maximum: largestUpload, description: "size in bytes; S3 rejects an upload of another size" }),
  },
  { additionalProperties: false },
);

const Upload = Type.Object({
  id: Type.String({ format: "uuid" }),
  url: Type.String({ description: "URL for the PUT of the content, with the content type and size of the request" }),
  expires_in: Type.Integer({ description: "seconds" }),
});

const Download = Type.Object({ url: Type.String({ description: "URL for the GET of the content" }), expires_in: Type.Integer() });

/** Uploads: the service presigns requests; the content is transferred directly between the caller and the bucket. */
export const uploadRoutes: FastifyPluginAsyncTypebox<{ uploads: UploadStore }> = async (api, { uploads }) => {
  const create = { operationId: "createUpload", headers: RepeatHeaders, body: UploadInput, response: { 201: Upload, ...creationProblems } };
  api.post("/api/uploads", { schema: create }, async ({ body, caller }, reply) => {
    const id = randomUUID();
    const request = await uploads.signPut(keyOf(caller, id), body.content_type, body.size);
    return reply.code(201).header("location", `${api.prefix}/api/uploads/${id}`).send({ id, ...request });
  });

  const params = Type.Object({ id: Type.String({ format: "uuid" }) });
  const read = { operationId: "getUpload", params, response: { 200: Download, ...callerProblems(404) } };
  api.get("/api/uploads/:id", { schema: read }, async (request) => {
    const download = await uploads.signGet(keyOf(request.caller, request.params.id));
    if (download === undefined) throw new ProblemError(404, "there is no upload with this id, or its content has not been uploaded yet");
    return download;
  });
};

// The caller's subject is part of the key, so a caller can access only its own uploads.
function keyOf(caller: string, id: string): string {
  return `uploads/${encodeURIComponent(caller)}/${id.toLowerCase()}`;
}
