// generate.js — writes src/api.ts from the OpenAPI document that the server makes.
//
//     node generate.js < openapi.json > src/api.ts
import { readFileSync } from 'node:fs';

const document = JSON.parse(readFileSync(0, 'utf8'));

/** What TypeScript itself means by a name is another thing. */
const TAKEN = { Promise: 'CustomerPromise' };
const nameOf = (name) => TAKEN[name] ?? name;

/** The TypeScript type of a JSON schema. */
function typeOf(schema, indent = '') {
  if (!schema) return 'unknown';
  if (schema.$ref) return nameOf(schema.$ref.split('/').pop());
  if (schema.anyOf) return schema.anyOf.map((one) => typeOf(one, indent)).join(' | ');
  if (schema.enum) return schema.enum.map((value) => `'${value}'`).join(' | ');
  if (Array.isArray(schema.type))
    return schema.type.map((type) => typeOf({ ...schema, type }, indent)).join(' | ');
  switch (schema.type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array':
      return listOf(typeOf(schema.items, indent));
    case 'object':
      return objectOf(schema, indent);
    default:
      return 'unknown';
  }
}

function listOf(type) {
  return /[ |{]/.test(type) ? `Array<${type}>` : `${type}[]`;
}

function objectOf(schema, indent) {
  if (!schema.properties) return 'Record<string, unknown>';
  const required = new Set(schema.required ?? []);
  const inner = indent + '  ';
  const lines = Object.entries(schema.properties).flatMap(([name, property]) => [
    ...(property.description ? [`${inner}/** ${property.description} */`] : []),
    `${inner}${name}${required.has(name) ? '' : '?'}: ${typeOf(property, inner)};`,
  ]);
  return lines.length ? `{\n${lines.join('\n')}\n${indent}}` : 'Record<string, never>';
}

function resolve(parameter) {
  return parameter.$ref
    ? document.components.parameters[parameter.$ref.split('/').pop()]
    : parameter;
}

/** What an operation answers with: JSON of ours, or nothing that the desk reads as JSON. */
function answerOf(operation) {
  for (const status of ['200', '201', '202']) {
    const schema = operation.responses[status]?.content?.['application/json']?.schema;
    if (schema) return typeOf(schema, '    ');
  }
  return 'void';
}

function isStreamOrContent(operation) {
  const types = Object.keys(operation.responses['200']?.content ?? {});
  return types.length > 0 && !types.includes('application/json');
}

/** One method of the class: parameters of the path first, then the query or body, then If-Match. */
function methodOf(path, verb, operation) {
  const all = (operation.parameters ?? []).map(resolve);
  const query = all.filter((parameter) => parameter.in === 'query');
  const inputs = all.filter((one) => one.in === 'path').map((one) => `${one.name}: string`);
  const extra = [];
  if (query.length > 0) {
    const lines = query.map(
      (one) => `      ${one.name}${one.required ? '' : '?'}: ${typeOf(one.schema)};`,
    );
    const usual = query.some((one) => one.required) ? '' : ' = {}';
    inputs.push(`query: {\n${lines.join('\n')}\n    }${usual}`);
    extra.push('query');
  }
  const body = operation.requestBody?.content?.['application/json'];
  const form = operation.requestBody?.content?.['multipart/form-data'];
  if (body) inputs.push(`body: ${typeOf(body.schema, '    ')}`);
  if (form) inputs.push('body: FormData');
  if (body || form) extra.push('body');
  for (const one of all.filter((parameter) => parameter.in === 'header')) {
    if (one.name === 'If-Match') {
      inputs.push('ifMatch: string');
      extra.push('ifMatch');
    }
    if (one.name === 'Idempotency-Key') {
      inputs.push('idempotencyKey?: string');
      extra.push('idempotencyKey');
    }
  }
  const address = '`' + path.replace(/\{(\w+)\}/g, '${encodeURIComponent($1)}') + '`';
  return [
    `  /** ${operation.summary} */`,
    `  ${operation.operationId}(${inputs.join(', ')}): Promise<${answerOf(operation)}> {`,
    `    return this.call('${verb.toUpperCase()}', ${address}, { ${extra.join(', ')} });`,
    '  }',
  ].join('\n');
}

/** The address of what a browser loads by itself: a file, the stream of events. */
function addressOf(path, operation) {
  const inputs = (operation.parameters ?? [])
    .map(resolve)
    .filter((one) => one.in === 'path')
    .map((one) => `${one.name}: string`);
  const address = '`' + path.replace(/\{(\w+)\}/g, '${encodeURIComponent($1)}') + '`';
  return `  ${operation.operationId}: (${inputs.join(', ')}) => ${address},`;
}

const methods = [];
const addresses = [];
for (const [path, verbs] of Object.entries(document.paths))
  for (const [verb, operation] of Object.entries(verbs)) {
    if (!path.startsWith('/api/')) continue;
    if (isStreamOrContent(operation)) addresses.push(addressOf(path, operation));
    else methods.push(methodOf(path, verb, operation));
  }
const types = Object.entries(document.components.schemas).map(
  ([name, schema]) => `export type ${nameOf(name)} = ${typeOf(schema)};`,
);

process.stdout
  .write(`// Written by sdk/generate.js from the server's openapi.json: change neither by hand.

${types.join('\n\n')}

export interface CallOptions {
  query?: object;
  body?: unknown;
  ifMatch?: string;
  idempotencyKey?: string | undefined;
}

/** Every operation of the API as a method. */
export abstract class Operations {
  protected abstract call<Answer>(
    method: string,
    path: string,
    options: CallOptions,
  ): Promise<Answer>;

${methods.join('\n\n')}
}

/** What is fetched otherwise than by a call: streams and files. */
export const addresses = {
${addresses.join('\n')}
};
`);
