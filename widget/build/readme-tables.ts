/**
 * The README’s tables about the tag, made from `custom-elements.json`, and the diagram of its states.
 *
 *     node widget/build/readme-tables.ts --write
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeManifest } from './manifest.ts';
import { markdownTable } from './markdown-table.ts';
import { stateDiagram } from './state-diagram.ts';

const root = join(import.meta.dirname, '../..');

const described = z.object({ name: z.string(), description: z.string().default('') });
const typed = described.extend({ type: z.object({ text: z.string() }).optional() });

/** As much of the manifest’s declaration of the tag as the tables show. */
const tagDeclaration = z.object({
  attributes: z.array(typed.extend({ fieldName: z.string().optional() })),
  members: z.array(
    typed.extend({
      kind: z.enum(['field', 'method']),
      readonly: z.boolean().optional(),
      attribute: z.string().optional(),
      return: z.object({ type: z.object({ text: z.string() }) }).optional(),
    }),
  ),
  events: z.array(described.extend({ fields: z.array(typed) })),
  slots: z.array(described),
  cssParts: z.array(described),
  cssProperties: z.array(described.extend({ default: z.string() })),
});

type TagDeclaration = z.infer<typeof tagDeclaration>;

const code = (text: string) => `\`${text}\``;

const tables: Readonly<Record<string, (tag: TagDeclaration) => string>> = {
  attributes: ({ attributes, members }) =>
    markdownTable(
      ['attribute', 'property', 'meaning'],
      [
        ...attributes
          .toSorted((a, b) => Number(!a.fieldName) - Number(!b.fieldName))
          .map(({ name, fieldName = name, description }) => [code(name), code(fieldName), description]),
        ...members
          .filter(member => member.kind === 'field' && !member.attribute)
          .map(({ name, readonly, description }) => [
            '–',
            code(name) + (readonly ? ' (read only)' : ''),
            description,
          ]),
      ],
    ),
  events: ({ events }) =>
    markdownTable(
      ['event', 'fields', 'when'],
      events.map(({ name, fields, description }) => [
        code(name),
        fields.map(field => code(field.name)).join(', ') || '–',
        description,
      ]),
    ),
  methods: ({ members }) =>
    markdownTable(
      ['method', 'does'],
      members
        .filter(member => member.kind === 'method')
        .map(({ name, description }) => [code(`${name}()`), description]),
    ),
  'css-properties': tag =>
    markdownTable(
      ['token', 'default (light / dark)', 'for'],
      tag.cssProperties.map(token => [code(token.name), code(token.default), token.description]),
    ),
  parts: ({ cssParts }) =>
    markdownTable(
      ['part', 'is'],
      cssParts.map(({ name, description }) => [code(name), description]),
    ),
  slots: ({ slots }) =>
    markdownTable(
      ['slot', 'is'],
      slots.map(({ name, description }) => [code(name), description]),
    ),
  states: stateDiagram,
};

export const tableNames: readonly string[] = Object.keys(tables);

/** Of the sources as they are now, whatever was built last. */
export function readTag(): TagDeclaration {
  const folder = mkdtempSync(join(root, 'node_modules/.letpay-manifest-'));
  try {
    writeManifest(folder);
    const manifest = z
      .object({ modules: z.array(z.object({ declarations: z.array(z.looseObject({})) })) })
      .parse(JSON.parse(readFileSync(join(folder, 'custom-elements.json'), 'utf8')));
    const all = manifest.modules.flatMap(module => module.declarations);
    return tagDeclaration.parse(all.find(declaration => declaration['tagName'] === 'letpay-checkout'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The text with each table between its markers. Throws an Error that names the markers that are missing. */
export function withTables(readme: string, tag: TagDeclaration): string {
  const missing = tableNames.filter(name => !readme.includes(`<!-- table:${name} -->`));
  if (missing.length > 0)
    throw new Error(`The README has no markers for these tables: ${missing.join(', ')}`);
  return Object.entries(tables).reduce(
    (text, [name, draw]) =>
      text.replace(
        new RegExp(`(<!-- table:${name} -->\n)[\\s\\S]*?(<!-- /table -->)`),
        (_, start: string, end: string) => `${start}\n${draw(tag)}\n\n${end}`,
      ),
    readme,
  );
}

if (process.argv[1] === import.meta.filename && process.argv.includes('--write')) {
  const path = join(root, 'README.md');
  writeFileSync(path, withTables(readFileSync(path, 'utf8'), readTag()));
}
