/**
 * One JSON line per event. A line holds ids, names, counts and times; never a body, a header, a query, an error’s own
 * message from outside, or anything a shopper typed.
 */
export type LogLevel = 'info' | 'warn' | 'error';
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;
export type Log = (level: LogLevel, event: string, fields?: LogFields) => void;

export function createLog(write: (line: string) => void, now: () => number): Log {
  return (level, event, fields = {}) => {
    write(JSON.stringify({ time: new Date(now()).toISOString(), level, event, ...fields }));
  };
}
