/**
 * A JSON object’s fields with their values as they stand in the text. Parsing and writing again would not do for a
 * signature: `100.00` comes back as `100`, and nobody says how the other side spaces a nested object.
 */

/** By name, in the text’s order; null when the text is no JSON object. Of a name that stands twice the last one counts. */
export function rawFields(text: string): ReadonlyMap<string, string> | null {
  if (!isJsonObject(text)) return null;
  const fields = new Map<string, string>();
  let depth = 0;
  let name: string | null = null;
  let valueAt = 0;
  for (const { 0: token, index } of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g)) {
    const endsValue = depth === 1 && (token === ',' || token === '}');
    if (endsValue && name !== null) {
      fields.set(name, text.slice(valueAt, index).trim());
      name = null;
    } else if (depth === 1 && token === ':') {
      valueAt = index + 1;
    } else if (depth === 1 && name === null && token.startsWith('"')) {
      name = String(JSON.parse(token));
    }
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
  }
  return fields;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
