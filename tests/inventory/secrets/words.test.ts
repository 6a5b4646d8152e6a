import { holdsSecret, KnownSecrets } from "../../../inventory/secrets/text";
import { isSecretName } from "../../../inventory/secrets/words";

test.each([
  ...["password", "masterPassword", "DB_PASSWORD", "db-password", "passwordWo", "adminPass", "smtp.pwd", "password2"],
  ...["clientSecret", "client_secret", "authToken", "oauthToken", "apiKey", "API_KEY", "x-api-key", "secretAccessKey"],
  ...["privateKey", "private_key_pem", "accessKey", "signingKey", "preSharedKey", "tunnel1PresharedKey", "hostKeyBody"],
  ...["connectionString", "DATABASE_URL", "MONGO_URI", "sentryDsn", "userData", "userDataBase64", "kubeconfig"],
  ...["basicAuthCredentials", "Authorization", "sessionCookie", ".dockerconfigjson", "slackWebhook", "--token"],
])("%s is the name of a secret", (name) => {
  expect(isSecretName(name)).toBe(true);
});

test.each([
  ...["secretArn", "secretId", "secretName", "passwordLength", "tokenValidity", "refreshTokenTtl", "apiKeyId"],
  ...["passwordPolicy", "tokenType", "authType", "secretKeyRef", "secretsManagerArn", "credentialsProvider"],
  ...["publicKey", "hashKey", "rangeKey", "partitionKey", "key", "kmsKeyArn", "keyName", "compass", "bypass"],
  ...["desiredCount", "instanceType", "engineVersion", "topologyKey", "passwordWoVersion", "monitoring", "tokenUrl"],
])("%s is none", (name) => {
  expect(isSecretName(name)).toBe(false);
});

test.each([
  ["-----BEGIN RSA PRIVATE KEY-----\nMIIE"],
  ["AKIAIOSFODNN7EXAMPLE"],
  ["postgres://app:hunter2@db.internal/app"],
  ["Server=db;User Id=app;Password=hunter2;"],
  ["Bearer abcdefgh12345678"],
  ["curl -H 'X: y' --token hunter2"],
  ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"],
  ["https://hooks.slack.com/services/T0/B0/x"],
  ["https://b.s3.amazonaws.com/o?X-Amz-Signature=00ff"],
  ["password: hunter2"],
  [Buffer.from("redis://:hunter2hunter2@cache:6379").toString("base64")],
])("%s holds a secret", (text) => {
  expect(holdsSecret(text)).toBe(true);
});

test.each([
  ["arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:db-AbCdEf"],
  ["secretsmanager:GetSecretValue"],
  ["https://example.com/healthz?full=1"],
  ["python -m app --port 8080"],
  ["t3.medium"],
  ["Basic monitoring of one minute"],
  ["PASSWORD=${DB_PASSWORD}"],
  ["sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"],
])("%s holds none", (text) => {
  expect(holdsSecret(text)).toBe(false);
});

test("a known secret is found in whatever it is put into, in base64 wherever it begins", () => {
  const known = new KnownSecrets();
  known.add("correct horse");
  for (const before of ["", "a", "ab", "abc"]) {
    expect(known.isIn(Buffer.from(`${before}correct horse;`).toString("base64"))).toBe(true);
  }
  expect(known.isIn("x=correct horse")).toBe(true);
  expect(known.isIn(encodeURIComponent("x=correct horse"))).toBe(true);
  expect(known.isIn("another horse")).toBe(false);
});
