// Small comforts of every page. Without this script the forms show their buttons and work the same.
document.documentElement.classList.add('scripted');

for (const select of document.querySelectorAll('[data-submit-on-change]')) {
  select.addEventListener('change', () => select.form.requestSubmit());
}

// Two presses of a button make one order: the server sees to it, this only shows that the first one was heard.
for (const form of document.querySelectorAll('form.buyer')) {
  form.addEventListener('submit', () => {
    form.querySelector('button.primary')?.setAttribute('aria-busy', 'true');
  });
}
