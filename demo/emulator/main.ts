/** `npm run emulator`: the PSP emulators alone. */
import { startEmulator } from './emulator.ts';
import { credentials as lesspay } from './lesspay/account.ts';
import { credentials } from './letpay/account.ts';
import { credentials as letsia } from './letsia/account.ts';

const emulator = await startEmulator({
  port: Number(process.env.EMULATOR_PORT ?? 4010),
  host: process.env.HOST ?? '127.0.0.1',
  log: line => console.log(line),
});
console.log(`LetPay emulator at ${emulator.url} (log in with ${credentials.name}/${credentials.secret})`);
console.log(`Letsia at ${emulator.url}/letsia (e-mail ${letsia.email}, password ${letsia.password})`);
console.log(`Lesspay at ${emulator.url}/lesspay (app id ${lesspay.appId}, secret ${lesspay.appSecret})`);

const stop = async () => {
  await emulator.close();
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
