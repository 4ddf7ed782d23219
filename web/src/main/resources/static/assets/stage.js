// The glass box and everything with a live diagram: opened messages, captions, panes of a narrow window.
(() => {
  'use strict';
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const rows = () => $$('#sequence > li:not(.ahead, .held)');
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
  const opened = () => $('#sequence a[aria-current=true]')?.closest('#sequence > li');
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

  // A speaker's second window follows the page that is presented in the same browser.
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel('act-show') : null;
  const speaker = $('#speaker');
  const tell = () => {
    if (!channel || speaker || !$('main')) return;
    const shown = rows(),
      row = opened() ?? shown.filter((each) => each.dataset.caption).at(-1),
      next =
        row &&
        $$('#sequence > li')
          .slice($$('#sequence > li').indexOf(row) + 1)
          .find((each) => each.dataset.caption);
    channel.postMessage({
      now: row?.dataset.caption || document.title,
      say: row?.dataset.talk || $('#show-bar')?.dataset.talk || '',
      next: next?.dataset.caption ?? '',
    });
  };
  if (speaker) {
    const began = Date.now();
    setInterval(() => {
      const seconds = Math.floor((Date.now() - began) / 1000);
      $('#speaker-time').textContent = Math.floor(seconds / 60) + ':' + String(seconds % 60).padStart(2, '0');
    }, 500);
    channel?.addEventListener('message', ({ data }) => {
      if (data.ask) return;
      $('#speaker-now').textContent = data.now;
      if (data.say) $('#speaker-say').textContent = data.say;
      $('#speaker-next').textContent = data.next || '–';
    });
    channel?.postMessage({ ask: true });
  } else channel?.addEventListener('message', ({ data }) => data.ask && tell());

  // Pace: what arrives is held back on this page only. An update waits until the rows before it are shown, so that the
  // other panes keep step with the diagram; the server does not wait.
  const box = $('#sequence-box'),
    pacing = $('#pace'),
    waiting = [];
  let pace = '0',
    timer = 0;
  const held = () => $$('#sequence > li.held');
  const known = new Set($$('#sequence > li').map((row) => row.id));
  const count = () => {
    const left = held().length + waiting.length;
    const said = $('#pace-held');
    said.textContent = left && pace !== '0' ? said.dataset.words.replace('{0}', left) : '';
    $('#pace-next').hidden = pace !== 's';
  };
  const release = () => {
    const next = held()[0];
    if (next) {
      next.classList.remove('held');
      known.add(next.id);
      next.scrollIntoView({ block: 'nearest' });
    } else if (waiting.length) {
      const update = waiting.shift();
      window.htmx.swap(update.target, update.html, { swapStyle: 'none' });
      hold();
      if (held().length) return release();
      if (waiting.length) return release();
    } else return false;
    count();
    caption();
    tell();
    return true;
  };
  const run = () => {
    clearTimeout(timer);
    timer = 0;
    if (pace === '0') while (release());
    else if (pace !== 's' && (held().length || waiting.length))
      timer = setTimeout(
        () => {
          release();
          run();
        },
        Number(pace) * 1000,
      );
    count();
  };
  function hold() {
    if (pace === '0') return;
    $$('#sequence > li').forEach((row) => row.classList.toggle('held', !known.has(row.id)));
  }
  const keep = (name, value) => {
    try {
      localStorage.setItem(name, value);
    } catch {
      return; // Without storage the pace lasts as long as the page.
    }
  };
  const kept = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };
  const world = location.pathname.split('/')[2];
  // A recorded run begins again when a pace is chosen after its end.
  const recorded = box?.dataset.recorded !== undefined;
  const setPace = (wanted) => {
    pace = wanted;
    if (recorded && wanted !== '0' && !held().length) {
      known.clear();
      hold();
      release();
    }
    $$('[data-pace]').forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.pace === wanted)));
    if (!recorded) keep('act-pace-' + world, wanted);
    run();
  };
  if (box) {
    if (pacing && (recorded || box.closest('[sse-connect]'))) {
      pacing.addEventListener('click', (event) => {
        const button = event.target.closest('button');
        if (button?.dataset.pace) setPace(button.dataset.pace);
        else if (button) release();
      });
      document.addEventListener('htmx:sseBeforeMessage', (event) => {
        const html = event.detail.data;
        if (pace === '0' || typeof html !== 'string') return;
        event.preventDefault();
        waiting.push({ target: event.target, html });
        if (!timer) run();
      });
      if (recorded) {
        const first = $('#first-difference')?.offsetTop ?? 0;
        box.scrollTop = first < box.clientHeight * 0.6 ? 0 : first - box.clientHeight / 3;
      }
      const last = kept('act-pace-' + world);
      setPace(!recorded && ['0', '1', '3', 's'].includes(last) ? last : '0');
    }
    const seen = () => {
      if (pace === '0') $$('#sequence > li').forEach((row) => known.add(row.id));
      roving();
      caption();
      tell();
    };
    new MutationObserver(seen).observe(box, {
      childList: true,
      subtree: true,
      attributeFilter: ['class', 'aria-current'],
    });
    seen();
  } else tell();

  // The presenter's look, for this browser, until it is turned off.
  const present = (on) => {
    if (on) document.documentElement.dataset.present = 'on';
    else delete document.documentElement.dataset.present;
    document.cookie = `act_present=${on ? 1 : ''}; path=/; SameSite=Lax; max-age=${on ? 14400 : 0}`;
    const address = new URL(location.href);
    address.searchParams.delete('present');
    history.replaceState(history.state, '', address);
  };
  $('#present')?.addEventListener('click', (event) => {
    event.preventDefault();
    present(!presents());
  });
  const presents = () => document.documentElement.dataset.present === 'on';
  if (presents() && new URLSearchParams(location.search).has('present')) present(true);
  const notes = () => window.open(`/console/${world}/show/notes`, 'act-notes', 'width=560,height=680');
  const forward = () => {
    if (held().length || waiting.length) return release();
    const next = $('#show-next');
    next?.click();
    return Boolean(next);
  };
  const back = () => {
    const shown = rows();
    if (pace === 's' && shown.length > 1) {
      known.delete(shown.at(-1).id);
      shown.at(-1).classList.add('held');
      count();
      caption();
      return true;
    }
    const before = $('#show-back');
    before?.click();
    return Boolean(before);
  };
  document.addEventListener('keydown', (event) => {
    // A clicker sends Page Down and Page Up, which mean nothing in a field of one line.
    const clicker = ['PageDown', 'PageUp'].includes(event.key) && event.target.matches?.('input');
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented || speaker) return;
    if (typing(event) && !clicker) return;
    const key = event.key.toLowerCase();
    const showing = presents() || $('#show-bar');
    let did = false;
    if (key === 'p' && world && $('.bar nav')) {
      present(!presents());
      did = true;
    } else if (key === 'n' && showing) did = Boolean(notes());
    else if (pacing?.checkVisibility() && ['0', '1', '3', 's'].includes(key)) {
      setPace(key);
      did = true;
    } else if (event.key === 'PageDown' && (showing || pace === 's')) did = forward();
    else if (event.key === 'PageUp' && (showing || pace === 's')) did = back();
    else if (event.key === 'ArrowRight' && !opened() && held().length + waiting.length) did = release();
    else if (key === 'r' && $('#show-reset')) {
      $('#show-reset').click();
      did = true;
    }
    if (did) event.preventDefault();
  });

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
  // The keyboard is where the story goes: at the choice, at the way to the cashier, at what was bought. A reader who types
  // or has chosen another place is not moved; a field that was emptied by sending it is no such place.
  let sent = false;
  const messageField = 'form.message-form input[name=text]';
  document.addEventListener('htmx:afterRequest', (event) => {
    if (event.detail.successful && event.target.matches?.('form[data-clear]')) sent = true;
  });
  ['input', 'pointerdown', 'focusout'].forEach((kind) =>
    document.addEventListener(kind, (event) => {
      if (event.target.matches?.(messageField)) sent = false;
    }),
  );
  const lead = () => {
    const at = document.activeElement;
    if (at && at !== document.body && !(sent && at.matches(messageField))) return;
    const next = $('#confirm-choice') ?? $('.take a') ?? $('#offers .btn.primary');
    if (next) next.focus({ preventScroll: true });
    else if (phase() === 'bought') $('#offers-title')?.focus({ preventScroll: true });
  };
  const phase = () => $('#offers')?.dataset.phase;
  const begun = () => !['empty', 'looking'].includes(phase());
  let before = phase();
  if (before && begun()) {
    show('offers');
    lead();
  }
  document.addEventListener('htmx:oobAfterSwap', (event) => {
    const id = event.detail.target?.id;
    if (id === 'sequence') mark('wire');
    if (id === 'turns' || id?.startsWith('turn-')) mark('talk');
    if (id !== 'offers' && id !== 'take') return;
    if (phase() !== before) {
      before = phase();
      if (begun()) show('offers');
      // What waits for the reader begins at the top of its pane.
      const body = $('#offers > .body');
      if (body) body.scrollTop = 0;
    }
    if (begun()) lead();
  });
})();
