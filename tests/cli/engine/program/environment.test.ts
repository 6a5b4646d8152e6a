import { withoutCredentials } from "../../../../cli/engine/program/environment";

test("a program is handed no credentials, and is told where it stands", () => {
  const given = {
    ...{ PATH: "/bin", HOME: "/home/x", AWS_REGION: "ap-northeast-2", CI: "true", LANG: "C", GITHUB_SHA: "0" },
    ...{ AWS_ACCESS_KEY_ID: "a", AWS_PROFILE: "b", GITHUB_TOKEN: "c", PULUMI_ACCESS_TOKEN: "d", SSH_AUTH_SOCK: "e" },
    ...{ KUBECONFIG: "f", NPM_TOKEN: "g", DB_PASSWORD: "h", PULUMI_CONFIG_PASSPHRASE: "i", GOOGLE_CREDENTIALS: "j" },
    ...{ ACTIONS_ID_TOKEN_REQUEST_URL: "k", CI_JOB_TOKEN: "l", ARM_CLIENT_SECRET: "m", GOOGLE_PROJECT: "shop" },
    UNSET: undefined,
  };
  const { env, withheld } = withoutCredentials(given);
  expect(env).toEqual({
    ...{ PATH: "/bin", HOME: "/home/x", AWS_REGION: "ap-northeast-2", CI: "true", LANG: "C", GITHUB_SHA: "0" },
    ...{ GOOGLE_PROJECT: "shop", AWS_EC2_METADATA_DISABLED: "true" },
  });
  expect(withheld).toHaveLength(13);
});
