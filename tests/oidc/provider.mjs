// oidc-provider on this machine, for tests: its users sign in by name, without a password.
//
// Standard input holds lines of JSON. The first says how to start; each one, that one too, says which
// users there are and where the client's users may be sent. Each is answered by a line. When standard
// input ends, so does the program, and nothing stays behind if the tests are killed.

import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const next = async () => JSON.parse((await lines.next()).value ?? 'null') ?? process.exit(0);
const start = await next();
let state = start;

// The packages lie in a folder of their own, where a plain import from here would not find them.
const library = (path) => import(pathToFileURL(`${start.packages}/oidc-provider/lib/${path}`));
const { Provider } = await library('index.js');
const { default: MemoryAdapter } = await library('adapters/memory_adapter.js');

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'RS256', use: 'sig' };

const server = createServer();
await new Promise((done) => server.listen(start.port, '127.0.0.1', done));
// "localhost" is another site than 127.0.0.1, where tests run their servers. So a browser treats the way
// back from here as it treats the way back from a real provider, cookies included.
const issuer = `http://localhost:${server.address().port}`;

const client = () => ({
  client_id: start.client_id,
  client_secret: start.client_secret,
  redirect_uris: state.redirect_uris,
  post_logout_redirect_uris: state.post_logout_redirect_uris,
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  id_token_signed_response_alg: 'RS256',
});

const provider = new Provider(issuer, {
  adapter: (model) => (model === 'Client' ? { find: async () => client() } : new MemoryAdapter(model)),
  claims: {
    openid: ['sub'],
    email: ['email', 'email_verified'],
    profile: ['name', 'preferred_username', ...start.profile_claims],
  },
  conformIdTokenClaims: !start.claims_in_id_token,
  cookies: { keys: [randomUUID()] },
  features: { devInteractions: { enabled: false } },
  findAccount: (_, sub) => {
    const user = state.users.find((each) => each.sub === sub);
    return user && { accountId: sub, claims: () => user };
  },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  jwks: { keys: [key] },
  pkce: { required: () => true },
  ttl: {
    AccessToken: 300, AuthorizationCode: 60, Grant: 3600, IdToken: 300, Interaction: 600, Session: 3600,
    RefreshToken: 3600,
  },
});

const escaped = (text) => text.replace(/[&<"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const page = (title, form) => `<!doctype html>
<html lang="en"><title>${title}</title><h1>${title}</h1>
<form method="post">${form}</form></html>`;
const loginPage = (text = '') => page('Sign in', `<p>${escaped(text)}</p>
<label>Name <input name="login" autofocus></label> <button>Sign in</button>`);
const consentPage = (scopes) => page('Allow', `<p>${escaped(scopes)}</p>
<button name="consent" value="yes">Allow</button> <button name="consent" value="no">Refuse</button>`);

const answers = async (stream) => {
  let body = '';
  for await (const chunk of stream) body += chunk;
  return new URLSearchParams(body);
};

const granted = async ({ grantId, params, prompt, session }) => {
  const { Grant } = provider;
  const found = grantId && (await Grant.find(grantId));
  const grant = found || new Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(prompt.details.missingOIDCScope?.join(' ') ?? '');
  grant.addOIDCClaims(prompt.details.missingOIDCClaims ?? []);
  return grant.save();
};

provider.use(async (ctx, rest) => {
  if (!ctx.path.startsWith('/interaction/')) return rest();
  const details = await provider.interactionDetails(ctx.req, ctx.res);
  const login = details.prompt.name === 'login';
  if (ctx.method !== 'POST') {
    ctx.body = login ? loginPage() : consentPage(details.params.scope);
    return undefined;
  }
  const form = await answers(ctx.req);
  const user = state.users.find((each) => each.name === form.get('login'));
  if (login && !user) {
    ctx.status = 403;
    ctx.body = loginPage(`There is no user ${form.get('login')}.`);
    return undefined;
  }
  let result = { error: 'access_denied', error_description: 'The user refused.' };
  if (login) result = { login: { accountId: user.sub } };
  else if (form.get('consent') === 'yes') result = { consent: { grantId: await granted(details) } };
  ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result));
  ctx.status = 303;
  return undefined;
});

server.on('request', provider.callback());
for (;;) {
  console.log(JSON.stringify({ issuer }));
  state = await next();
}
