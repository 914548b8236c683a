/**
 * How many feeds a page keeps open. A browser opens six connections to a host over HTTP/1.1, and a feed holds one for as long
 * as its code is on screen: with many tags on one page nothing could be sent any more. Who finds no place reads at its pace.
 */
const places = 4;
let taken = 0;

/** Takes a place, and answers what gives it back; null when all are taken. */
export function takeFeedPlace(): (() => void) | null {
  if (taken >= places) return null;
  taken += 1;
  let isMine = true;
  return () => {
    if (isMine) taken -= 1;
    isMine = false;
  };
}
