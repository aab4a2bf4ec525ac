import type { AwsRequest, Gap, Handler, Reply } from "../proxy/gap";
import { object, objects, parseJson, text, type JsonObject } from "../wire/json";
import { editJson, isSuccess } from "../wire/reply";
import { Overlay } from "./overlay";

const functions = "/2015-03-31/functions";

/**
 * moto loses where a function sends failed events and logs, its snapshots, file systems and key; affects `dead_letter_config`,
 * `logging_config`, `snap_start`, `file_system_config` and `kms_key_arn` of `aws_lambda_function`.
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
 */
export function lambda(): Gap {
  const overlay = new Overlay();
  const complete = (request: AwsRequest, configuration: JsonObject): JsonObject =>
    overlay.apply(request, text(configuration.FunctionName), configuration);
  const edit = (request: AwsRequest, reply: Reply): Reply => editJson(reply, (body) => complete(request, body));
  const write: Handler = async (request, forward) => {
    const reply = await forward();
    if (!isSuccess(reply)) return reply;
    const name = text(parseJson(reply.body).FunctionName);
    overlay.set(request, name, lostOf(name, parseJson(request.body)));
    return edit(request, reply);
  };
  const listed =
    (member: string): Handler =>
    async (request, forward) =>
      editJson(await forward(), (body) => ({
        ...body,
        [member]: objects(body[member]).map((each) => complete(request, each)),
      }));
  return {
    service: "lambda",
    handlers: {
      [`POST ${functions}`]: write,
      [`PUT ${functions}/{function}/configuration`]: write,
      [`PUT ${functions}/{function}/code`]: async (request, forward) => edit(request, await forward()),
      [`GET ${functions}`]: listed("Functions"),
      [`GET ${functions}/{function}/versions`]: listed("Versions"),
      [`GET ${functions}/{function}/configuration`]: async (request, forward) => edit(request, await forward()),
      [`GET ${functions}/{function}`]: async (request, forward) =>
        editJson(await forward(), (body) => ({
          ...body,
          Configuration: complete(request, object(body.Configuration)),
        })),
      [`DELETE ${functions}/{function}`]: async (request, forward) => {
        const reply = await forward();
        // The path has a name or an ARN, and a version is deleted without the function.
        const [name = ""] = request.params.function?.split(":function:").at(-1)?.split(":") ?? [];
        if (isSuccess(reply) && !request.query.has("Qualifier")) overlay.delete(request, name);
        return reply;
      },
    },
  };
}

/** The settings of a request as a description has them: what is set to nothing is removed. */
function lostOf(name: string, sent: JsonObject): JsonObject {
  const { DeadLetterConfig, FileSystemConfigs, KMSKeyArn, LoggingConfig, SnapStart } = sent;
  const hasTarget = text(object(DeadLetterConfig).TargetArn) !== "";
  return {
    ...(DeadLetterConfig !== undefined && { DeadLetterConfig: hasTarget ? DeadLetterConfig : undefined }),
    ...(FileSystemConfigs !== undefined && { FileSystemConfigs }),
    ...(KMSKeyArn !== undefined && { KMSKeyArn: KMSKeyArn === "" ? undefined : KMSKeyArn }),
    ...(LoggingConfig !== undefined && {
      LoggingConfig: { LogFormat: "Text", LogGroup: `/aws/lambda/${name}`, ...object(LoggingConfig) },
    }),
    ...(SnapStart !== undefined && { SnapStart: { ...object(SnapStart), OptimizationStatus: "Off" } }),
  };
}
