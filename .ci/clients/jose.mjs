// Verifies tokens with jose: one JSON request a line on standard input, one answer a line.
import { createInterface } from "node:readline";
import { createRemoteJWKSet, jwtVerify } from "jose";

let keys = null;

for await (const line of createInterface({ input: process.stdin })) {
  const { jwks, issuer, audience, tokens } = JSON.parse(line);
  if (jwks) keys = createRemoteJWKSet(new URL(jwks));
  const answers = [];
  for (const token of tokens) {
    try {
      const options = { issuer, audience, algorithms: ["EdDSA"], typ: "JWT" };
      const { payload } = await jwtVerify(token, keys, options);
      answers.push({ claims: payload });
    } catch (error) {
      answers.push({ refused: error.code ?? error.name });
    }
  }
  console.log(JSON.stringify(answers));
}
