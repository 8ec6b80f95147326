/** The look of all pages: light and dark, and from 320 px up. */
export const pageStyle = `
:root { color-scheme: light dark; --text: light-dark(#1b1f2a, #e9ecf3); --soft: light-dark(#586174, #a9b1c0);
  --line: light-dark(#d5dae4, #363d4c); --edge: light-dark(#7d8698, #77819a); --back: light-dark(#f3f5f9, #12141a);
  --card: light-dark(#fff, #1c2029); --accent: light-dark(#3346d3, #a3b0ff); --on-accent: light-dark(#fff, #11152e);
  --good: light-dark(#13693a, #7fd9a3); --good-back: light-dark(#e7f6ed, #14291d);
  --bad: light-dark(#a3231f, #ffa39b); --bad-back: light-dark(#fdeceb, #35191a); }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; align-items: center;
  padding: clamp(1rem, 6vh, 4.5rem) 1rem 2rem; color: var(--text); background: var(--back);
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif; }
.brand { font-weight: 650; color: var(--soft); margin: 0 0 1rem; overflow-wrap: anywhere; text-align: center; }
main { width: 100%; max-width: 29rem; padding: clamp(1.1rem, 5vw, 2rem); background: var(--card);
  border: 1px solid var(--line); border-radius: 14px; box-shadow: 0 1px 2px rgb(0 0 0 / .05), 0 10px 30px rgb(0 0 0 / .05); }
h1 { margin: 0 0 .6rem; font-size: 1.45rem; line-height: 1.25; text-wrap: balance; }
h2 { margin: 0 0 .4rem; font-size: 1.08rem; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; } .soft, .hint { color: var(--soft); }
section { margin-top: 1.5rem; padding-top: 1.4rem; border-top: 1px solid var(--line); }
section > :last-child, main > :last-child, form > :last-child { margin-bottom: 0; }
noscript { display: block; margin: 0 0 1rem; font-weight: 600; }
label { display: block; margin: 0 0 .25rem; font-weight: 550; }
.field { margin: 0 0 1rem; } .hint, .wrong { margin: .3rem 0 0; font-size: .88rem; }
.wrong { color: var(--bad); } .wrong:empty { display: none; }
input { width: 100%; padding: .6rem .75rem; font: inherit; color: inherit; background: transparent;
  border: 1px solid var(--edge); border-radius: 8px; }
input[aria-invalid=true] { border-color: var(--bad); }
button { display: inline-flex; align-items: center; justify-content: center; width: 100%; min-height: 2.9rem;
  padding: .5rem 1rem; font: inherit; font-weight: 600; cursor: pointer; color: var(--on-accent);
  background: var(--accent); border: 1px solid var(--accent); border-radius: 8px; }
button.second { color: var(--accent); background: transparent; }
button:hover:not(:disabled) { filter: brightness(1.08); } button:disabled { opacity: .6; cursor: progress; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); text-underline-offset: .15em; }
summary { cursor: pointer; font-weight: 600; color: var(--accent); padding: .2rem 0; }
details[open] > summary { margin-bottom: .8rem; }
.said:empty { display: none; }
.said { margin: 1rem 0 0; padding: .7rem .9rem; border: 1px solid var(--edge); border-radius: 8px;
  overflow-wrap: anywhere; }
.said:focus { outline: none; }
.said[data-kind=good] { color: var(--good); background: var(--good-back); border-color: currentcolor; }
.said[data-kind=bad] { color: var(--bad); background: var(--bad-back); border-color: currentcolor; }
ul.links { list-style: none; margin: 1.2rem 0 0; padding: 0; }
ul.links li { padding: .7rem 0; border-top: 1px solid var(--line); } ul.links li:last-child { padding-bottom: 0; }
ul.links a { font-weight: 600; } ul.links span { display: block; color: var(--soft); font-size: .92rem; }
code { font: .92em ui-monospace, 'DejaVu Sans Mono', monospace; }
fieldset { margin: 0; border: 0; padding: 0; min-width: 0; }
[hidden] { display: none !important; }
@media (prefers-contrast: more) { :root { --soft: var(--text); --line: var(--edge); } }
`;
