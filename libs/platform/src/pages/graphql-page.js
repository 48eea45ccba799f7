/* global crypto, document, sessionStorage */

/** A page to try the API on: sign in, ask, read the schema. Everything is shown as text, never as markup. */
const byId = (id) => document.getElementById(id);
const tokenKey = 'ronghe-token';

async function post(path, body) {
  const token = sessionStorage.getItem(tokenKey);
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });
  return { ok: response.ok, body: await response.json() };
}

async function signIn(event) {
  event.preventDefault();
  sessionStorage.removeItem(tokenKey);
  const username = byId('username').value;
  const { ok, body } = await post('/auth/token', { username, password: byId('password').value });
  byId('password').value = '';
  if (ok) sessionStorage.setItem(tokenKey, body.accessToken);
  byId('who').textContent = ok ? `signed in as ${username}` : body.message;
}

async function run() {
  let variables;
  try {
    variables = JSON.parse(byId('variables').value.trim() || '{}');
  } catch (error) {
    byId('answer').textContent = `Variables are not JSON: ${error.message}`;
    return;
  }
  const began = performance.now();
  byId('took').textContent = '…';
  try {
    const { body } = await post('/graphql', { query: byId('query').value, variables });
    byId('answer').textContent = JSON.stringify(body, null, 2);
    const refused = [body, ...(body.errors ?? []).map(({ extensions }) => extensions)].some(
      (each) => each?.code === 'unauthenticated',
    );
    if (refused) byId('who').textContent = 'Sign in first. 请先登录。';
  } catch (error) {
    byId('answer').textContent = `Ronghe does not answer: ${error.message}`;
  }
  byId('took').textContent = `${Math.round(performance.now() - began)} ms`;
}

const schemaQuery = `{
  __schema {
    types {
      kind name description
      fields { name description args { name description type { ...ref } } type { ...ref } }
      inputFields { name description type { ...ref } }
      enumValues { name description }
    }
  }
}
fragment ref on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }`;

/** @type {Map<string, any>} */
let types = new Map();

function typeText(type) {
  if (type.kind === 'NON_NULL') return `${typeText(type.ofType)}!`;
  return type.kind === 'LIST' ? `[${typeText(type.ofType)}]` : type.name;
}

const namedType = (type) => (type.ofType ? namedType(type.ofType) : type.name);

function element(tag, text, className) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function link(type) {
  return action(typeText(type), () => {
    byId('search').value = '';
    showType(namedType(type));
  });
}

function action(text, onclick) {
  const made = element('button', text);
  made.onclick = onclick;
  return made;
}

/** A field with its arguments and type; a root field also writes an operation to begin with. */
function showField(field, root) {
  const line = element('div', root ? '' : field.name, 'field');
  if (root) line.append(action(field.name, () => beginWith(root, field)));
  (field.args ?? []).forEach((argument, index) => {
    line.append(index === 0 ? '(' : ', ', `${argument.name}: `, link(argument.type));
  });
  if (field.args?.length) line.append(')');
  if (field.type) line.append(': ', link(field.type));
  return [line, element('p', field.description ?? '')];
}

const isRequired = ({ type }) => type.kind === 'NON_NULL';
const isPlain = ({ type, args = [] }) => !types.get(namedType(type)).fields && !args.some(isRequired);
/** What a page of rows is made of. */
const pageFields = ['edges', 'node', 'nodes'];

/** The plain fields of a type, through pages and through values that are plain all over; '' for a plain type. */
function selectionOf(type, indent) {
  const { fields } = types.get(namedType(type));
  if (!fields) return '';
  const lines = fields.flatMap((field) => {
    if (isPlain(field)) return [field.name];
    const inner = types.get(namedType(field.type)).fields ?? [];
    const goesOn = pageFields.includes(field.name) || (inner.length > 0 && inner.every(isPlain));
    return goesOn && !field.args.some(isRequired)
      ? [`${field.name}${selectionOf(field.type, `${indent}  `)}`]
      : [];
  });
  return ` {\n${(lines.length > 0 ? lines : ['__typename']).map((line) => `${indent}  ${line}`).join('\n')}\n${indent}}`;
}

/** A value to be filled in. */
function blankOf(name, type) {
  if (name === 'idempotencyKey') return crypto.randomUUID();
  const { inputFields, enumValues } = types.get(namedType(type));
  if (inputFields)
    return Object.fromEntries(
      inputFields.filter(isRequired).map((each) => [each.name, blankOf(each.name, each.type)]),
    );
  return enumValues?.[0]?.name ?? '';
}

/** Writes an operation with the field's required arguments as variables. */
function beginWith(root, field) {
  const needed = field.args.filter(isRequired);
  const variables = needed.map(({ name, type }) => `$${name}: ${typeText(type)}`).join(', ');
  const given = needed.map(({ name }) => `${name}: $${name}`).join(', ');
  const inBrackets = (text) => (text ? `(${text})` : '');
  const operation = `${root.toLowerCase()} ${inBrackets(variables)}`.trimEnd();
  byId('query').value =
    `${operation} {\n  ${field.name}${inBrackets(given)}${selectionOf(field.type, '  ')}\n}\n`;
  const values = Object.fromEntries(needed.map(({ name, type }) => [name, blankOf(name, type)]));
  byId('variables').value = needed.length > 0 ? JSON.stringify(values, null, 2) : '';
}

function showType(name) {
  const type = types.get(name);
  if (!type) return;
  const parts = type.fields ?? type.inputFields ?? type.enumValues ?? [];
  byId('schema').replaceChildren(
    action('← Query, Mutation', showRoots),
    element('h2', name),
    element('p', type.description ?? ''),
    ...parts.flatMap((field) => showField(field)),
  );
}

const isRoot = ({ name }) => name === 'Query' || name === 'Mutation';

function showRoots() {
  const roots = [...types.values()]
    .filter(isRoot)
    .map(({ name }) => name)
    .sort()
    .reverse();
  byId('schema').replaceChildren(
    ...roots.flatMap((name) => [
      element('h2', name),
      ...types.get(name).fields.flatMap((field) => showField(field, name)),
    ]),
  );
}

function search() {
  const wanted = byId('search').value.trim().toLowerCase();
  if (wanted === '') return showRoots();
  const matches = [];
  for (const type of types.values()) {
    if (type.name.startsWith('__')) continue;
    const fields = (type.fields ?? type.inputFields ?? []).filter(({ name }) =>
      name.toLowerCase().includes(wanted),
    );
    if (fields.length === 0 && !type.name.toLowerCase().includes(wanted)) continue;
    matches.push(
      link({ name: type.name }),
      element('p', type.description ?? ''),
      ...fields.flatMap((field) => showField(field, isRoot(type) ? type.name : undefined)),
    );
  }
  byId('schema').replaceChildren(...matches.slice(0, 300));
}

async function readSchema() {
  const { body } = await post('/graphql', { query: schemaQuery });
  types = new Map((body.data?.__schema.types ?? []).map((type) => [type.name, type]));
  showRoots();
}

function start() {
  byId('query').value = '{\n  __typename\n}\n';
  byId('answer').textContent =
    'Click a field of Query or Mutation at the right to begin with it. 点击右侧字段开始。';
  byId('sign-in').onsubmit = signIn;
  byId('run').onclick = run;
  byId('search').oninput = search;
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void run();
  });
  void readSchema();
}

start();
