// Holds the exchanges that the sandbox has recorded against GitHub's OpenAPI description: its answers, and Monarch's own requests.
// usage: node validate.cjs <folder with node_modules> <folder with *.jsonl>
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { createRequire } = require('node:module');

const [modules, records] = process.argv.slice(2);
if (!records) {
  console.error('usage: node validate.cjs <folder with node_modules> <folder with *.jsonl>');
  process.exit(2);
}

const installed = createRequire(path.resolve(modules, 'package.json'));
const Ajv = installed('ajv').default;
const source = fs.readFileSync(installed.resolve('@octokit/openapi/generated/api.github.com.json'), 'utf8');

// In a link GitHub may lead to an address that it does not describe: by a repository's id, and on from a cursor (docs/adr).
const byId = /^\/repositories\/[0-9]+(?=\/|$)/;
const cursors = ['after', 'before'];

const formats = {
  uri: text => /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`[\]]+$/i.test(text),
  email: text => /^[^@\s]+@[^@\s]+$/.test(text),
  'date-time': text => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text),
  date: text => /^\d{4}-\d\d-\d\d$/.test(text),
};

// A version of the API: its description, and its schemas made into JSON schemas.
function load(version) {
  const api = JSON.parse(source);
  // Here alone the description has an account be both a user and an enterprise; elsewhere it is either.
  const listed = api.paths['/app/installations'].get.responses[200].content['application/json'].schema;
  listed.items = { $ref: '#/components/schemas/installation' };
  const schema = rewrite(api, version);
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true, formats, logger: false });
  ajv.addSchema({ $id: 'github', components: schema.components });
  const compiled = new Map();
  const validator = node => {
    const key = JSON.stringify(node);
    if (!compiled.has(key)) {
      const absolute = key.replaceAll('"$ref":"#/', '"$ref":"github#/');
      compiled.set(key, ajv.compile(JSON.parse(absolute)));
    }
    return compiled.get(key);
  };
  return {
    resolve: node => (node?.$ref ? node.$ref.slice(2).split('/').reduce((at, name) => at[name], schema) : node),
    operations: Object.entries(schema.paths).map(([template, methods]) => ({
      template,
      methods,
      pattern: new RegExp(`^${template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '([^/]+)')}$`),
      names: [...template.matchAll(/\{([^}]+)\}/g)].map(match => match[1]),
    })),
    check: (node, value) => (validator(node)(value) ? [] : validator(node).errors.map(e => `${e.instancePath || 'it'} ${e.message}`)),
  };
}

// OpenAPI 3.0 to JSON schema: "nullable" and "discriminator"; and what a version of the API has changed.
function rewrite(node, version) {
  if (Array.isArray(node)) {
    return node.map(item => rewrite(item, version));
  }
  if (node === null || typeof node !== 'object') {
    return node;
  }
  const patched = (node['x-github-breaking-changes'] ?? []).filter(change => change.version <= version)
    .reduce((merged, change) => merge(merged, change.patch), node);
  const { nullable, discriminator, example, examples, ...rest } = patched;
  const schema = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, rewrite(value, version)]));
  if (discriminator?.mapping && schema.oneOf) {
    schema.oneOf = Object.entries(discriminator.mapping).map(([value, $ref]) => (
      { allOf: [{ $ref }, { required: [discriminator.propertyName], properties: { [discriminator.propertyName]: { const: value } } }] }));
  }
  // A property may have one of these names.
  for (const [name, value] of Object.entries({ discriminator, example, examples, nullable })) {
    if (isSchema(value)) {
      schema[name] = rewrite(value, version);
    }
  }
  return nullable === true ? { anyOf: [{ type: 'null' }, schema] } : schema;
}

function isSchema(value) {
  return value !== null && typeof value === 'object' && ['type', '$ref', 'allOf', 'anyOf', 'oneOf'].some(key => typeof value[key] !== 'undefined');
}

// JSON merge patch (RFC 7386).
function merge(target, patch) {
  if (patch === null || typeof patch !== 'object' || Array.isArray(patch)) {
    return patch;
  }
  const merged = { ...target };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) {
      delete merged[name];
    } else {
      merged[name] = merge(merged[name], value);
    }
  }
  return merged;
}

const versions = new Map();
const versionOf = name => {
  const version = name === '' || !/^\d{4}-\d\d-\d\d$/.test(name) ? '2022-11-28' : name;
  if (!versions.has(version)) {
    versions.set(version, load(version));
  }
  return versions.get(version);
};

// The operation of a request, with the fixed parts of its address before the variable ones.
function find(api, exchange) {
  const address = exchange.path.replace(byId, '/repos/owner/name');
  const method = exchange.method === 'HEAD' ? 'get' : exchange.method.toLowerCase();
  const found = api.operations.filter(x => x.pattern.test(address) && x.methods[method]).sort((a, b) => a.names.length - b.names.length)[0];
  return found && { ...found, operation: found.methods[method], values: found.pattern.exec(address).slice(1) };
}

function checkAnswer(api, found, exchange) {
  const { status, type, answer, method } = exchange;
  if (status === 304 || status === 204 || method === 'HEAD') {
    return status < 400 && method !== 'HEAD' && answer !== null ? ['it has a body'] : [];
  }
  const isJson = type.startsWith('application/json');
  if (!isJson) {
    // The door and the load balancer answer in HTML.
    return status >= 400 ? null : [`it is of the type ${type}`];
  }
  const described = api.resolve(found?.operation.responses[status])?.content?.['application/json']?.schema;
  if (!described && status < 400 && ![301, 302, 307, 308].includes(status)) {
    return [`the status ${status} is not described`];
  }
  const error = { allOf: [{ $ref: '#/components/schemas/basic-error' }, { type: 'object', required: ['message', 'documentation_url'] }] };
  const redirect = { type: 'object', required: ['message', 'url', 'documentation_url'] };
  const problems = api.check(described ?? (status < 400 ? redirect : error), answer);
  if (status >= 400 && (typeof answer?.message !== 'string' || answer.status !== `${status}`)) {
    problems.push('its message or status is missing');
  }
  return problems;
}

function checkRequest(api, found, exchange) {
  if (!found) {
    return ['its address is not described'];
  }
  const problems = [];
  const parameters = [...(found.methods.parameters ?? []), ...(found.operation.parameters ?? [])].map(api.resolve);
  const check = (place, name, text) => {
    const parameter = parameters.find(x => x.in === place && x.name === name);
    if (!parameter) {
      return problems.push(`${place} has '${name}', which is not described`);
    }
    const kind = api.resolve(parameter.schema)?.type;
    const value = kind === 'integer' && /^-?\d+$/.test(text) ? Number(text) : kind === 'boolean' ? text === 'true' : text;
    problems.push(...api.check(parameter.schema, value).map(problem => `${place} '${name}': ${problem}`));
  };
  found.names.forEach((name, i) => check('path', name, decodeURIComponent(found.values[i])));
  const query = new URLSearchParams(exchange.query);
  for (const [name, value] of query) {
    if (!cursors.includes(name)) {
      check('query', name, value);
    }
  }
  for (const parameter of parameters.filter(x => x.in === 'query' && x.required && !query.has(x.name))) {
    problems.push(`query lacks '${parameter.name}'`);
  }

  const body = api.resolve(found.operation.requestBody);
  const schema = body?.content?.['application/json']?.schema;
  if (exchange.body === null) {
    return body?.required ? [...problems, 'it has no body'] : problems;
  }
  if (!schema) {
    return [...problems, 'it has a body, and none is described'];
  }
  const known = Object.keys(api.resolve(schema).properties ?? {});
  const unknown = known.length > 0 ? Object.keys(exchange.body).filter(name => !known.includes(name)) : [];
  return [...problems, ...api.check(schema, exchange.body).map(p => `body: ${p}`), ...unknown.map(name => `body has '${name}', which is not described`)];
}

const counts = { answers: 0, requests: 0, html: 0, byId: 0 };
const deviations = { answers: new Map(), requests: new Map() };
const seen = new Set();
for (const file of fs.existsSync(records) ? fs.readdirSync(records).filter(name => name.endsWith('.jsonl')) : []) {
  for (const line of fs.readFileSync(path.join(records, file), 'utf8').split('\n')) {
    if (line === '' || seen.has(line)) {
      continue;
    }
    seen.add(line);
    const exchange = JSON.parse(line);
    const api = versionOf(exchange.version);
    const found = find(api, exchange);
    const where = `${exchange.method} ${found?.template ?? exchange.path} ${exchange.status}`;
    const problems = checkAnswer(api, found, exchange);
    counts[problems === null ? 'html' : 'answers']++;
    note('answers', where, problems ?? [], exchange);
    if (/^monarch\/[0-9]/.test(exchange.agent)) {
      counts.requests++;
      counts.byId += byId.test(exchange.path) ? 1 : 0;
      note('requests', where, checkRequest(api, found, exchange), exchange);
    }
  }
}

function note(kind, where, problems, exchange) {
  if (problems.length > 0) {
    const key = `${where}: ${[...new Set(problems)].slice(0, 5).join('; ')}`;
    deviations[kind].set(key, { times: (deviations[kind].get(key)?.times ?? 0) + 1, exchange });
  }
}

const total = kind => [...deviations[kind].values()].reduce((sum, x) => sum + x.times, 0);
for (const kind of ['answers', 'requests']) {
  for (const [key, { times, exchange }] of deviations[kind]) {
    console.log(`${kind === 'answers' ? 'answer' : 'request'}: ${key} (${times} times, such as ${exchange.path}${exchange.query})`);
  }
}
console.log(`${counts.html} answers in HTML from before the API were left out; ${counts.byId} requests by a repository's id were held against its name's address.`);
console.log(`${counts.answers} answers, ${total('answers')} deviations; ${counts.requests} requests, ${total('requests')} deviations`);
process.exit(counts.answers > 0 && counts.requests > 0 && total('answers') + total('requests') === 0 ? 0 : 1);
