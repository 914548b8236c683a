/**
 * What the oldest supported browsers do not have, by MDN’s compat data. A member that some older interface has too (`at`,
 * `add`) cannot be told apart without types and is not looked for: the journeys in real old browsers are there for these.
 */
import compat from '@mdn/browser-compat-data' with { type: 'json' };
import type { CompatStatement, Identifier, SimpleSupportStatement } from '@mdn/browser-compat-data/types';

/** As README states it. */
export const floor = { chrome: '92', safari_ios: '15.4', firefox: '115' } as const;

type Engine = keyof typeof floor;

const engines = Object.keys(floor) as readonly Engine[];

function isUpTo(version: unknown, limit: string): boolean {
  if (typeof version !== 'string' || version === 'preview') return false;
  const [major = 0, minor = 0] = version.replace('≤', '').split('.').map(Number);
  const [limitMajor = 0, limitMinor = 0] = limit.split('.').map(Number);
  return major < limitMajor || (major === limitMajor && minor <= limitMinor);
}

/** Under its own name, without a switch, all of it. */
function isThere(entry: SimpleSupportStatement, limit: string): boolean {
  const { prefix, alternative_name, flags, partial_implementation } = entry;
  if (prefix || alternative_name || flags || partial_implementation) return false;
  return isUpTo(entry.version_added, limit) && !isUpTo(entry.version_removed, limit);
}

function isIn({ support }: CompatStatement, engine: Engine): boolean {
  return [support[engine] ?? []].flat().some(entry => isThere(entry, floor[engine]));
}

function isNewer(statement: CompatStatement): boolean {
  return !engines.every(engine => isIn(statement, engine));
}

function entriesOf(group: Identifier | undefined): [string, Identifier][] {
  return Object.entries(group ?? {}).filter(([name]) => name !== '__compat') as [string, Identifier][];
}

/** Names in `group` that are newer than the floor, whatever stands below them. */
function newerNames(group: Identifier | undefined): ReadonlySet<string> {
  return new Set(
    entriesOf(group).flatMap(([name, { __compat }]) => (__compat && isNewer(__compat) ? [name] : [])),
  );
}

function scriptNames() {
  const interfaces = [...entriesOf(compat.api), ...entriesOf(compat.javascript?.builtins)];
  const members = new Map<string, { newer: boolean }>();
  const statics = new Set<string>();
  for (const [name, group] of interfaces) {
    // A global is a member of the window.
    if (group.__compat && !isNewer(group.__compat)) members.set(name, { newer: false });
    for (const [key, { __compat }] of entriesOf(group)) {
      if (!__compat || key.endsWith('_event')) continue;
      const member = key.replace(/_static$/, '');
      const newer = isNewer(__compat);
      if (newer) statics.add(`${name}.${member}`);
      if (members.get(member)?.newer !== false) members.set(member, { newer });
    }
  }
  return {
    globals: new Set([...newerNames(compat.api), ...newerNames(compat.javascript?.builtins)]),
    members: new Set([...members].flatMap(([name, { newer }]) => (newer ? [name] : []))),
    statics,
  };
}

const script = scriptNames();

/** Names of functions in values (`round`, `color-mix`) and of words in values, by property (`overflow: clip`). */
function valueNames() {
  const functions = new Map<string, boolean>();
  const visit = (group: Identifier | undefined): void => {
    for (const [name, identifier] of entriesOf(group)) {
      const { __compat } = identifier;
      // A name that some older value has too cannot be told apart.
      if (__compat) functions.set(name, isNewer(__compat) && functions.get(name) !== false);
      visit(identifier);
    }
  };
  visit(compat.css?.types);
  const words = entriesOf(compat.css?.properties).flatMap(([property, group]) =>
    [...newerNames(group)].map(word => `${property}: ${word}`),
  );
  return {
    functions: new Set([...functions].flatMap(([name, newer]) => (newer ? [name] : []))),
    words: new Set(words),
  };
}

const css = {
  ...valueNames(),
  properties: newerNames(compat.css?.properties),
  rules: newerNames(compat.css?.['at-rules']),
  selectors: newerNames(compat.css?.selectors),
};

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

/** Names of script in `code` that the floor does not have, each once: `.findLast`, `Object.hasOwn`, `structuredClone`. */
export function newerInScript(code: string): readonly string[] {
  const bare = withoutComments(code);
  const found = new Set<string>();
  for (const [pair] of bare.matchAll(/(?<![\w.])[A-Z]\w*\.[a-z]\w*/g))
    if (script.statics.has(pair)) found.add(pair);
  for (const [, member = ''] of bare.matchAll(/[\w)\]?]\.([a-z]\w*)/gi)) {
    if (script.members.has(member)) found.add(`.${member}`);
  }
  // A global is called, made, or asked for; any other word may be a text or a type.
  for (const [, name = ''] of bare.matchAll(/(?<![\w.'"`-])(?:new |typeof )?([A-Za-z]\w+)(?=\()/g)) {
    if (script.globals.has(name)) found.add(name);
  }
  return [...found].sort();
}

const units = /\b\d+(?:[dsl]v(?:h|w|i|b|min|max)|cq(?:w|h|i|b|min|max)|r?lh|rcap|rch|rex|ric)\b/g;

/** Values alone: functions and units that the floor does not have. */
function newerInValue(value: string): readonly string[] {
  const called = [...value.matchAll(/(?<![\w-])([a-z][a-z-]*)\(/g)].map(([, name = '']) => name);
  return [
    ...called.filter(name => css.functions.has(name)).map(name => `${name}()`),
    ...[...value.matchAll(units)].map(([unit]) => unit),
  ];
}

/** `property: value` of every declaration. */
function declarations(sheet: string): readonly (readonly [string, string])[] {
  return [...sheet.matchAll(/(?<=[{;\s])(-{0,2}[a-z][\w-]*)\s*:\s+([^;{}]+)/g)].map(
    ([, property = '', value = '']) => [property, value.trim()] as const,
  );
}

/** Features of CSS in `sheet` that the floor does not have, each once: `container-type`, `@container`, `:has`, `round()`. */
export function newerInStyles(sheet: string): readonly string[] {
  const bare = withoutComments(sheet);
  const found = new Set<string>(newerInValue(bare));
  for (const [property, value] of declarations(bare)) {
    if (css.properties.has(property)) {
      found.add(property);
      continue;
    }
    for (const [word] of value.matchAll(/(?<![\w-])[a-z][a-z-]*/g))
      if (css.words.has(`${property}: ${word}`)) found.add(`${property}: ${word}`);
  }
  for (const [, name = ''] of bare.matchAll(/@([a-z-]+)/g)) if (css.rules.has(name)) found.add(`@${name}`);
  for (const [, name = ''] of bare.matchAll(/:([a-z-]+)(?=[\s,({.)])/g))
    if (css.selectors.has(name)) found.add(`:${name}`);
  return [...found].sort();
}

/** `sheet` without the blocks of its `@supports`. */
function withoutAsked(sheet: string): string {
  const start = sheet.indexOf('@supports');
  if (start < 0) return sheet;
  let end = sheet.indexOf('{', start) + 1;
  for (let depth = 1; depth > 0 && end < sheet.length; end += 1)
    depth += { '{': 1, '}': -1 }[sheet.charAt(end)] ?? 0;
  return sheet.slice(0, start) + withoutAsked(sheet.slice(end));
}

/**
 * Declarations of `sheet` with a newer value and a variable in it, outside of `@supports`. An older engine passes over a
 * value that it cannot read, and an earlier declaration stands; with a variable in it, it takes the property’s initial value.
 */
export function newerWithVariable(sheet: string): readonly string[] {
  return declarations(withoutAsked(withoutComments(sheet))).flatMap(([property, value]) =>
    value.includes('var(') && newerInValue(value).length > 0 ? [`${property}: ${value}`] : [],
  );
}

/** All that one engine of the floor lacks altogether: globals, and members of interfaces and of their prototypes. */
export function lackingIn(engine: Engine): {
  readonly globals: readonly string[];
  readonly statics: readonly (readonly [string, string])[];
  readonly members: readonly (readonly [string, string])[];
} {
  const interfaces = [...entriesOf(compat.api), ...entriesOf(compat.javascript?.builtins)];
  const lacks = ({ __compat }: Identifier) => {
    const entries = [__compat?.support[engine] ?? []].flat();
    return __compat !== undefined && !entries.some(entry => isUpTo(entry.version_added, floor[engine]));
  };
  const pairs = interfaces.flatMap(([name, group]) =>
    entriesOf(group).flatMap(([key, member]) => (lacks(member) ? [[name, key] as const] : [])),
  );
  return {
    globals: interfaces.flatMap(([name, group]) => (lacks(group) ? [name] : [])),
    statics: pairs.flatMap(([name, key]) =>
      key.endsWith('_static') ? [[name, key.slice(0, -'_static'.length)] as const] : [],
    ),
    members: pairs.filter(([, key]) => !/_(static|event)$/.test(key)),
  };
}
