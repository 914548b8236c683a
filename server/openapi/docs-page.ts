/** The document as a page for people: one HTML text, no script, every call, schema and code with an address of its own. */
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { type ProblemCode, problemStatuses } from '../contract/problem.ts';
import { type FieldRow, fieldRows, schemaNamed, typeOf } from './field-rows.ts';
import type {
  MediaType,
  OpenApiDocument,
  OperationObject,
  Parameter,
  Reference,
  Schema,
} from './open-api.ts';
import { problemNotes } from './problem-notes.ts';

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

interface Call {
  readonly method: string;
  readonly path: string;
  readonly operation: OperationObject;
}

export function docsPage(document: OpenApiDocument): Html {
  const { info, servers, tags, paths, webhooks, components } = document;
  const calls = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): Call => ({ method, path, operation })),
  );
  const inGroup = (group: string) => calls.filter(({ operation }) => operation.tags.includes(group));
  const events = Object.values(webhooks).flatMap(item => Object.values(item));
  const shownWithCalls = new Set(calls.flatMap(({ operation }) => bodySchemas(operation)));
  const schemas = Object.entries(components.schemas).filter(([name]) => !shownWithCalls.has(name));

  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${info.title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs.css">
</head>
<body>
<a class="skip" href="#content">To the content</a>
<nav aria-label="Contents">
<p class="title"><a href="#content">${info.title}</a></p>
${tags.map(
  ({ name }) => html`<p><a href="#${anchor(name)}">${name}</a></p>
<ul>${inGroup(name).map(
    ({ method, operation }) =>
      html`<li><a href="#${operation.operationId}">${operation.summary}</a> <span class="verb">${method.toUpperCase()}</span></li>`,
  )}</ul>`,
)}
<p><a href="#webhook">Webhook</a></p>
<p><a href="#codes">Error codes</a></p>
<p><a href="#schemas">Schemas</a></p>
</nav>
<main id="content">
<h1>${info.title}</h1>
${paragraphs(info.description)}
<p>At ${servers.map(({ url }) => html`<code>${url}</code>`)}. For programs: <a href="openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
${tags.map(
  ({ name, description }) => html`<section aria-labelledby="${anchor(name)}">
<h2 id="${anchor(name)}"><a href="#${anchor(name)}">${name}</a></h2>
${paragraphs(description)}
${inGroup(name).map(call => article(call, document))}
</section>`,
)}
<section aria-labelledby="webhook">
<h2 id="webhook"><a href="#webhook">Webhook</a></h2>
${events.map(event => webhookArticle(event, document))}
</section>
<section aria-labelledby="codes">
<h2 id="codes"><a href="#codes">Error codes</a></h2>
<p>In the <code>code</code> of a <a href="#schema-Problem">Problem</a>.</p>
${codesTable()}
</section>
<section aria-labelledby="schemas">
<h2 id="schemas"><a href="#schemas">Schemas</a></h2>
${schemas.map(([name, schema]) => schemaArticle(name, schema))}
</section>
</main>
</body>
</html>
`;
}

const anchor = (text: string) => text.toLowerCase().replaceAll(' ', '-');

function article({ method, path, operation }: Call, document: OpenApiDocument): Html {
  const { operationId, summary, description, security, requestBody } = operation;
  return html`<article aria-labelledby="${operationId}">
<h3 id="${operationId}"><a href="#${operationId}">${summary}</a></h3>
<p class="call"><span class="verb">${method.toUpperCase()}</span> <code>${path}</code></p>
${description ? paragraphs(description) : ''}
<p>${
    security.length > 0
      ? html`Needs <code>Authorization: Bearer</code> with the merchant key.`
      : 'Needs no key.'
  }</p>
${parameters(operation, document)}
${requestBody ? html`<h4>Body${requestBody.required ? '' : ' (may be left out)'}</h4>${body(requestBody.content, document)}` : ''}
<h4>Answers</h4>
${answers(operation, document)}
</article>`;
}

function webhookArticle(operation: OperationObject, document: OpenApiDocument): Html {
  const { operationId, summary, description, requestBody } = operation;
  return html`<article aria-labelledby="${operationId}">
<h3 id="${operationId}"><a href="#${operationId}">${summary}</a></h3>
${description ? paragraphs(description) : ''}
${parameters(operation, document)}
${requestBody ? html`<h4>Body</h4>${content(requestBody.content, document)}` : ''}
<h4>What you answer</h4>
${answers(operation, document)}
</article>`;
}

/** The parameters that are this call’s own; `X-Request-Id` is every call’s. */
function parameters(operation: OperationObject, document: OpenApiDocument): Html {
  const known = operation.parameters.map(parameter => resolveParameter(parameter, document));
  const own = known.filter(({ name }) => name !== 'X-Request-Id');
  if (own.length === 0) return html``;
  const rows = own.map(
    (parameter): FieldRow => ({
      name: parameter.name,
      schema: parameter.schema,
      required: parameter.required,
      note: `${places[parameter.in]} ${parameter.description}`,
    }),
  );
  return html`<h4>Parameters</h4>${fields(rows, true)}`;
}

const places = { path: 'In the path.', query: 'In the query.', header: 'Header.' } as const;

function resolveParameter(parameter: Parameter | Reference, { components }: OpenApiDocument): Parameter {
  if (!('$ref' in parameter)) return parameter;
  const found = components.parameters[parameter.$ref.split('/').at(-1) ?? ''];
  if (!found) throw new Error(`no such parameter: ${parameter.$ref}`);
  return found;
}

/** The schemas of a request’s body by name; each belongs to one call and is shown there. */
function bodySchemas({ requestBody }: OperationObject): string[] {
  const media = Object.values(requestBody?.content ?? {});
  return media.flatMap(({ schema }) => [schema, ...(schema.anyOf ?? [])] as Schema[]).flatMap(schemaNamed);
}

function body(media: Readonly<Record<string, MediaType>>, document: OpenApiDocument): Html[] {
  return Object.values(media).map(({ schema, examples = {} }) => {
    const names = (schema.anyOf ? (schema.anyOf as Schema[]) : [schema]).flatMap(schemaNamed);
    return html`${names.map(name => {
      const named = document.components.schemas[name] ?? {};
      return html`<div id="schema-${name}">${named.description ? html`<p class="${names.length > 1 ? 'variant' : ''}">${inline(named.description)}</p>` : ''}${fields(fieldRows(named), true)}</div>`;
    })}${samples(examples, document)}`;
  });
}

function answers({ responses }: OperationObject, document: OpenApiDocument): Html {
  return html`<dl>${Object.entries(responses).map(([status, response]) => {
    const problem = response.content?.['application/problem+json'];
    return html`<div><dt><code>${status}</code></dt><dd>${
      problem
        ? html`<p>${Object.keys(problem.examples ?? {}).map(
            (code, index) => html`${index > 0 ? ', ' : ''}<a href="#code-${code}"><code>${code}</code></a>`,
          )}</p>`
        : html`${paragraphs(response.description)}${response.content ? content(response.content, document) : ''}`
    }</dd></div>`;
  })}</dl>`;
}

function content(media: Readonly<Record<string, MediaType>>, document: OpenApiDocument): Html[] {
  return Object.entries(media).map(([type, { schema, examples = {} }]) => {
    const [name] = schemaNamed(schema);
    const what = name ? html`<a href="#schema-${name}">${name}</a>` : html`<code>${type}</code>`;
    return html`<p>${what}</p>${samples(examples, document)}`;
  });
}

function samples(examples: NonNullable<MediaType['examples']>, { components }: OpenApiDocument): Html[] {
  return Object.values(examples).map(example => {
    const known = '$ref' in example ? components.examples[example.$ref.split('/').at(-1) ?? ''] : example;
    const { summary = 'Sample', value } = known ?? { value: null };
    const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
    return html`<details><summary>Example: ${summary}</summary><pre tabindex="0"><code>${text}</code></pre></details>`;
  });
}

function schemaArticle(name: string, schema: Schema): Html {
  return html`<article aria-labelledby="schema-${name}">
<h3 id="schema-${name}"><a href="#schema-${name}">${name}</a></h3>
${schema.description ? paragraphs(schema.description) : ''}
${fields(fieldRows(schema), false)}
</article>`;
}

/** `marks`: says which fields are required; of an answer nearly all are there. */
function fields(rows: readonly FieldRow[], marks: boolean): Html {
  return html`<dl>${rows.map(
    ({
      name,
      schema,
      required,
      note,
    }) => html`<div><dt><code>${name}</code> <span class="type">${type(schema)}</span>${
      marks && required ? html` <strong>required</strong>` : ''
    }${!marks && !required ? html` <span class="type">may be missing</span>` : ''}</dt>
<dd>${note ? paragraphs(note) : ''}${words(schema)}</dd></div>`,
  )}</dl>`;
}

function type(schema: Schema): Html[] {
  return typeOf(schema).map(
    ({ text, refersTo }, index) =>
      html`${index > 0 ? ' or ' : ''}${refersTo ? html`<a href="#schema-${refersTo}">${text}</a>` : text}`,
  );
}

/** The words of an enumeration, with what they mean where that is not plain. */
function words(schema: Schema): Html {
  const options = [schema, ...(schema.anyOf ?? []), schema.items ?? {}] as Schema[];
  const listed = options.find(option => option.enum !== undefined);
  if (!listed?.enum) return html``;
  const meanings = listed['x-enumDescriptions'];
  if (!meanings)
    return html`<p>${listed.enum.map((word, index) => html`${index > 0 ? ', ' : ''}<code>${String(word)}</code>`)}</p>`;
  return html`<ul>${listed.enum.map(
    word => html`<li><code>${String(word)}</code> ${inline(meanings[String(word)] ?? '')}</li>`,
  )}</ul>`;
}

function codesTable(): Html {
  return html`<table>
<thead><tr><th scope="col">code</th><th scope="col">status</th><th scope="col">when</th><th scope="col">what to do</th></tr></thead>
<tbody>${Object.entries(problemNotes).map(
    ([code, { when, todo }]) =>
      html`<tr id="code-${code}"><th scope="row"><code>${code}</code></th><td>${problemStatuses[code as ProblemCode]}</td><td>${inline(when)}</td><td>${inline(todo)}</td></tr>`,
  )}</tbody>
</table>`;
}

function paragraphs(text: string): Html[] {
  return text.split('\n\n').map(paragraph => html`<p>${inline(paragraph)}</p>`);
}

/** As much of Markdown as the descriptions use: code, and links. */
function inline(text: string): Html[] {
  return text.split(/(`[^`]+`|\[[^\]]+\]\(https:[^)]+\))/).map(part => {
    if (part.startsWith('`')) return html`<code>${part.slice(1, -1)}</code>`;
    const [, words, address] = /^\[([^\]]+)\]\((https:[^)]+)\)$/.exec(part) ?? [];
    return words ? html`<a href="${address}">${words}</a>` : html`${part}`;
  });
}
