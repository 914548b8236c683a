/** `types/`: declarations of the public surface and of all that it names, and nothing else. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { withoutZod } from './contract-types.ts';

const root = join(import.meta.dirname, '../..');
const relativeImport = /(from |import\()'(\.[^']+)\.ts'/g;

/** Errors are for `npm run types` to tell: a build only writes down what the types are. */
function emitInto(folder: string): void {
  const project = join(root, 'widget/build/tsconfig.types.json');
  execFileSync(process.execPath, [tsc(), '-p', project, '--outDir', folder], { stdio: 'inherit' });
}

export function tsc(): string {
  return join(root, 'node_modules/typescript/bin/tsc');
}

async function read(emitted: string, path: string): Promise<string> {
  const text = readFileSync(join(emitted, path), 'utf8');
  if (!path.startsWith('server/contract/')) return text;
  const schemas = (await import(join(root, path.replace(/\.d\.ts$/, '.ts')))) as Record<string, unknown>;
  return withoutZod(text, schemas);
}

/** File name below `types/` to content. */
export async function makeTypeDeclarations(): Promise<ReadonlyMap<string, string>> {
  const emitted = mkdtempSync(join(tmpdir(), 'letpay-types-'));
  try {
    emitInto(emitted);
    const files = new Map([['index.d.ts', "export * from './widget/index.js';\n"]]);
    const wanted = ['widget/index.d.ts'];
    for (const path of wanted) {
      const text = await read(emitted, path);
      for (const [, , specifier = ''] of text.matchAll(relativeImport)) {
        const needed = posix.join(posix.dirname(path), `${specifier}.d.ts`);
        if (!wanted.includes(needed)) wanted.push(needed);
      }
      files.set(path, text.replace(relativeImport, "$1'$2.js'"));
    }
    return files;
  } finally {
    rmSync(emitted, { recursive: true });
  }
}
