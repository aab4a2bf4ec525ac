# Sourced by jobs: obtains credentials for AWS_ROLE_ARN with the ID token in AWS_ID_TOKEN, or for AWS_ASSUME_ROLE_ARN with the
# credentials of the runner. Prints no credentials.
if [ -n "${AWS_ASSUME_ROLE_ARN:-}" ]; then
  unset AWS_ROLE_ARN
  if ! credentials=$(aws sts assume-role --role-arn "$AWS_ASSUME_ROLE_ARN" \
    --role-session-name "${AWS_ROLE_SESSION_NAME:-gitlab}" --output text \
    --query "Credentials.[AccessKeyId,SecretAccessKey,SessionToken]"); then
    echo "The role $AWS_ASSUME_ROLE_ARN cannot be assumed: let it trust the runner's credentials, or correct AWS_ASSUME_ROLE_ARN." >&2
    exit 1
  fi
  # Three words in one line, without spaces in them.
  # shellcheck disable=SC2086
  set -- $credentials
  export AWS_ACCESS_KEY_ID="$1" AWS_SECRET_ACCESS_KEY="$2" AWS_SESSION_TOKEN="$3"
  set --
  unset credentials
elif [ -z "${AWS_ROLE_ARN:-}" ]; then
  echo "This job has no role: add a file to config/accounts/ for the account of ${STACK:-its stack}, or set AWS_ASSUME_ROLE_ARN." >&2
  exit 1
elif [ -z "${AWS_ID_TOKEN:-}" ]; then
  echo "This job has no ID token: it needs GitLab 15.7 or newer, and AWS_ID_TOKEN in id_tokens." >&2
  exit 1
else
  AWS_WEB_IDENTITY_TOKEN_FILE=$(mktemp)
  export AWS_WEB_IDENTITY_TOKEN_FILE
  trap 'rm -f "$AWS_WEB_IDENTITY_TOKEN_FILE"' EXIT
  printf '%s' "$AWS_ID_TOKEN" >"$AWS_WEB_IDENTITY_TOKEN_FILE"
  # Access keys would take precedence over the role.
  unset AWS_ID_TOKEN AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
fi
