/** The style of the page for people: quiet, in the colours of the tag, one column on a phone and a list beside on a desk. */
export const docsStyle = `:root {
  color-scheme: light dark;
  --surface: light-dark(#ffffff, #15181e);
  --raised: light-dark(#f6f7f9, #1f242c);
  --text: light-dark(#15181e, #f2f4f7);
  --muted: light-dark(#555d6b, #a9b2c0);
  --line: light-dark(#d5d9e0, #39404c);
  --accent: light-dark(#0a5bd3, #8ab4ff);
}
* { box-sizing: border-box; }
html { scroll-padding-top: 16px; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: var(--surface); color: var(--text); overflow-wrap: anywhere; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: 8px; top: -48px; padding: 8px 12px; background: var(--surface); }
.skip:focus { top: 8px; }
nav { padding: 16px; background: var(--raised); font-size: 14px; }
nav p { margin: 12px 0 0; font-weight: 600; }
nav .title { margin: 0; font-size: 16px; }
nav ul { margin: 0; padding: 0; list-style: none; }
nav li { display: flex; justify-content: space-between; gap: 12px; padding: 2px 0; }
main { max-width: 860px; padding: 16px; }
h1 { font-size: 28px; line-height: 1.2; margin: 8px 0 16px; }
h2 { font-size: 22px; margin: 48px 0 8px; padding-top: 16px; border-top: 1px solid var(--line); }
h3 { font-size: 18px; margin: 32px 0 4px; }
h4 { font-size: 14px; margin: 20px 0 4px; color: var(--muted); }
h2 a, h3 a { color: inherit; text-decoration: none; }
h2 a:hover, h3 a:hover { text-decoration: underline; }
p { margin: 8px 0; }
code { font: 0.9em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.call { margin: 0 0 8px; padding: 8px 12px; background: var(--raised); border-radius: 8px; }
.verb { flex: none; overflow-wrap: normal; color: var(--muted); font: 600 12px/1.8 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.type, dd { color: var(--muted); font-size: 14px; }
dl { margin: 8px 0; border-top: 1px solid var(--line); }
dl > div { padding: 8px 0; border-bottom: 1px solid var(--line); }
dd { margin: 0; }
.variant { margin-top: 16px; font-weight: 600; }
dt strong { font-size: 12px; font-weight: 600; }
dd p { margin: 0 0 4px; }
dd ul { margin: 4px 0; padding-left: 20px; }
details { margin: 8px 0; }
summary { cursor: pointer; font-size: 14px; color: var(--accent); }
pre { margin: 8px 0; padding: 12px; overflow-x: auto; background: var(--raised); border-radius: 8px; font-size: 14px; overflow-wrap: normal; }
table { width: 100%; overflow-wrap: normal; border-collapse: collapse; font-size: 14px; }
th, td { padding: 8px 12px 8px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { color: var(--muted); }
:target { background: light-dark(#fff4d6, #3a2f10); }
@media (max-width: 999px) {
  nav p { display: inline-block; margin: 4px 12px 0 0; font-weight: 400; }
  nav .title { display: block; font-weight: 600; }
  nav ul { display: none; }
}
@media (max-width: 599px) {
  thead { position: absolute; clip-path: inset(50%); }
  tr { display: block; padding: 8px 0; border-bottom: 1px solid var(--line); }
  tbody th, td { display: block; padding: 0; border: 0; }
  tbody th { font-weight: 600; }
}
@media (min-width: 720px) {
  dl > div { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 8fr); gap: 16px; }
}
@media (min-width: 1000px) {
  body { display: grid; grid-template-columns: 300px minmax(0, 1fr); }
  nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; }
  main { padding: 16px 48px 96px; }
}
`;
