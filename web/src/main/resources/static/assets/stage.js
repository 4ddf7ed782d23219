// The glass box and everything with a live diagram: opened messages, captions, panes of a narrow window.
(() => {
  'use strict';
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const rows = () => $$('#sequence > li:not(.ahead)');
  const typing = (event) => event.target.closest?.('input:not([type=radio]), select, textarea, [contenteditable]');

  // One of the rows is reached with Tab, the others from there with arrow keys.
  const roving = () => {
    const links = $$('#sequence a');
    if (!links.length) return;
    const here = links.find((link) => link === document.activeElement || link.getAttribute('aria-current') === 'true');
    links.forEach((link) => link.setAttribute('tabindex', '-1'));
    (here ?? links.at(-1)).setAttribute('tabindex', '0');
  };
  document.addEventListener('focusin', (event) => {
    if (event.target.matches?.('#sequence a')) roving();
  });

  // The caption says what the newest message means, or the one that is open.
  const opened = () => $('#sequence a[aria-current=true]')?.closest('li');
  const caption = () => {
    const line = $('#caption');
    if (!line) return;
    const row =
      opened() ??
      rows()
        .filter((each) => each.dataset.caption)
        .at(-1);
    const text = row?.dataset.caption ?? '';
    if (line.textContent !== text) line.textContent = text;
    line.hidden = !text;
  };
  const box = $('#sequence-box');
  if (box) {
    const seen = () => {
      roving();
      caption();
    };
    new MutationObserver(seen).observe(box, {
      childList: true,
      subtree: true,
      attributeFilter: ['class', 'aria-current'],
    });
    seen();
  }

  // Previous and next message, by button and by key.
  const open = (step) => {
    const all = rows(),
      here = all.indexOf(opened()),
      next = all[here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step];
    next?.scrollIntoView({ block: 'nearest' });
    $('a', next)?.click();
  };
  const close = () => {
    const row = opened();
    $('#decoder')?.replaceChildren();
    $('a', row)?.removeAttribute('aria-current');
    $('a', row)?.focus();
  };
  document.addEventListener('click', (event) => {
    const button = event.target.closest?.('[data-open]');
    if (!button) return;
    if (button.dataset.open === '0') close();
    else open(Number(button.dataset.open));
  });
  document.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || typing(event)) return;
    if (!$('#sequence-box') || event.defaultPrevented) return;
    if (event.target.closest?.('[data-arrows=grid], [role=radiogroup], fieldset')) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && opened()) {
      event.preventDefault();
      open(step);
    } else if (event.key === 'Escape' && opened() && !event.target.closest?.('details[open]')) close();
  });

  // In a narrow window the pane is shown where the story goes; a pane with news that is not shown is marked.
  const show = (name) => {
    const tab = $('#pane-' + name);
    if (tab && !tab.checked) {
      tab.checked = true;
      tab.closest('label').classList.remove('fresh-pane');
    }
  };
  const mark = (name) => {
    const tab = $('#pane-' + name);
    tab?.closest('label').classList.toggle('fresh-pane', !tab.checked);
  };
  document.addEventListener('change', (event) => {
    if (event.target.name === 'pane') event.target.closest('label').classList.remove('fresh-pane');
  });
  const phase = () => $('#offers')?.dataset.phase;
  let before = phase();
  if (before && !['empty', 'looking'].includes(before)) show('offers');
  document.addEventListener('htmx:oobAfterSwap', (event) => {
    const id = event.detail.target?.id;
    if (id === 'sequence') mark('wire');
    if (id === 'turns' || id?.startsWith('turn-')) mark('talk');
    if (id !== 'offers' || phase() === before) return;
    before = phase();
    if (!['empty', 'looking'].includes(before)) show('offers');
    // What waits for the reader begins at the top of its pane, and the keyboard is where the story goes.
    const body = $('#offers > .body');
    if (body) body.scrollTop = 0;
    const lost = !document.activeElement || document.activeElement === document.body;
    if (lost) ($('#confirm-choice') ?? $('.take a') ?? $('#offers-title'))?.focus({ preventScroll: true });
  });
})();
