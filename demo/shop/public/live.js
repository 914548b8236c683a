// Keeps an order's page up to date: the shop says when it was told something, and the page asks the shop for itself anew.
// Nothing is asked while nothing happens.

const address = new URL(location.href);
address.search = '?live';
let asking = false;
let again = false;

const feed = new EventSource(document.querySelector('[data-feed]').dataset.feed);
feed.addEventListener('news', renew);
// Also after a connection was lost: what happened meanwhile was not heard.
feed.addEventListener('open', renew);

async function renew() {
  again = true;
  if (asking) return;
  asking = true;
  while (again) {
    again = false;
    await fetch(address)
      .then(response => (response.ok ? response.text() : null))
      .then(show, () => undefined);
  }
  asking = false;
}

function show(text) {
  if (text === null) return;
  const fresh = new DOMParser().parseFromString(text, 'text/html');
  for (const part of document.querySelectorAll('[data-live]')) {
    const other = fresh.getElementById(part.id);
    // Whoever is typing into a form goes on typing.
    const isUsed = part.contains(document.activeElement) && part.querySelector('form');
    if (other && !isUsed && !other.isEqualNode(part)) {
      part.replaceChildren(...other.childNodes);
    }
  }
}
