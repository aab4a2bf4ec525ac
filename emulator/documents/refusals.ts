import type { Refusal } from "./document";

/** The refusal of a value, by the services with a Query API, with the code InvalidParameterValue. */
export function invalidValue(message: string): Refusal {
  return { code: "InvalidParameterValue", message };
}

/** The refusal of parameters that contradict each other, by these services, with the code InvalidParameterCombination. */
export function contradiction(message: string): Refusal {
  return { code: "InvalidParameterCombination", message };
}

/** The refusal of a parameter, by most services with a JSON API, with the code InvalidParameterException. */
export function invalidParameter(message: string): Refusal {
  return { code: "InvalidParameterException", message };
}

/** The refusal of a request, by the other services with a JSON API, with the code ValidationException. */
export function validationException(message: string): Refusal {
  return { code: "ValidationException", message };
}

/** The refusal of an argument, by S3, with the code InvalidArgument. */
export function invalidArgument(message: string): Refusal {
  return { code: "InvalidArgument", message };
}

/** The refusal of a request, by S3, with the code InvalidRequest. */
export function invalidRequest(message: string): Refusal {
  return { code: "InvalidRequest", message };
}
