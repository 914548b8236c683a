/** `npm run emulator`: the PSP emulators alone. */
import { startEmulator } from './emulator.ts';
import { credentials } from './letpay/account.ts';

const emulator = await startEmulator({
  port: Number(process.env.EMULATOR_PORT ?? 4010),
  host: process.env.HOST ?? '127.0.0.1',
  log: line => console.log(line),
});
console.log(`LetPay emulator at ${emulator.url} (log in with ${credentials.name}/${credentials.secret})`);

const stop = async () => {
  await emulator.close();
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
