// What neither the server nor htmx can do, on any page. Everything works without it but live updates.
(() => {
  'use strict';
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  // The world's clock and countdowns: shifted from the machine's, or standing still.
  let worldNow = () => Date.now();
  const readClock = () => {
    const clock = document.getElementById('clock');
    if (!clock) return;
    const at = Number(clock.dataset.now),
      seen = Date.now();
    worldNow = clock.dataset.ticking === 'true' ? () => at + (Date.now() - seen) : () => at;
  };
  const two = (n) => String(n).padStart(2, '0');
  const tick = () => {
    $$('[data-until]').forEach((element) => {
      const left = Math.max(0, Math.ceil((Number(element.dataset.until) - worldNow()) / 1000));
      const text =
        left > 0
          ? element.dataset.left.replace('{}', Math.floor(left / 60) + ':' + two(left % 60))
          : element.dataset.over;
      if (element.textContent !== text) element.textContent = text;
      element.classList.toggle('bad', left === 0);
    });
    const face = document.querySelector('#clock time');
    if (face) {
      const parts = new Intl.DateTimeFormat('en-GB', {
        timeZone: face.dataset.zone,
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      }).format(worldNow());
      const text = face.textContent.replace(/\d\d:\d\d/, parts);
      if (face.textContent !== text) face.textContent = text;
    }
  };
  readClock();
  tick();
  setInterval(tick, 500);
  const clock = new MutationObserver(() => {
    readClock();
    tick();
  });
  const frame = document.getElementById('status')?.parentElement;
  if (frame)
    clock.observe(frame, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['data-now', 'data-ticking'],
    });

  const disconnected = document.getElementById('disconnected');
  let worldGone = false;

  // Every page asks for its status line now and then; only a visible page does, and only a change is swapped in.
  const asksStatus = (event) => event.target.getAttribute?.('hx-target') === '#status';
  document.addEventListener('htmx:beforeRequest', (event) => {
    if (asksStatus(event) && document.hidden) event.preventDefault();
  });
  document.addEventListener('htmx:beforeSwap', (event) => {
    if (event.detail.requestConfig?.elt?.getAttribute('hx-target') !== '#status') return;
    const fresh = new DOMParser().parseFromString(event.detail.xhr.responseText, 'text/html').body.firstElementChild;
    if (event.detail.xhr.status === 404) {
      // The world is gone: said once, and no connection to it is waited for.
      event.detail.shouldSwap = !document.getElementById('notice').childElementCount;
      worldGone = true;
      disconnected.hidden = true;
      return;
    }
    if (event.detail.xhr.status !== 200 || fresh?.id !== 'status') {
      event.detail.shouldSwap = false;
      return;
    }
    const life = (root) => root.querySelector('#clock')?.dataset.life;
    if (life(fresh) !== life(document.getElementById('status'))) document.getElementById('was-reset').hidden = false;
    const parts = (root) =>
      [
        root.querySelector('#clock')?.title,
        root.querySelector('#clock time')?.textContent.replace(/\d\d:\d\d/, ''),
        ...[...root.querySelectorAll('[id^=waiting]')].map((chip) => chip.outerHTML),
      ].join();
    const late = Math.abs(Number(fresh.querySelector('#clock')?.dataset.now) - worldNow());
    event.detail.shouldSwap = late > 2500 || parts(fresh) !== parts(document.getElementById('status'));
  });

  // What an address leads to is unfolded.
  const unfold = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const own = target.querySelector(':scope > details');
    if (own) own.open = true;
    for (let folded = target.closest('details'); folded; folded = folded.parentElement.closest('details'))
      folded.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', unfold);
  unfold();

  // What takes longer than 300 ms is announced by a bar until the answer is there.
  const loading = document.getElementById('loading');
  let announcing = 0;
  const arrived = () => {
    clearTimeout(announcing);
    announcing = 0;
    if (loading) loading.hidden = true;
  };
  const announce = () => {
    if (loading && !announcing)
      announcing = setTimeout(() => {
        loading.hidden = false;
      }, 300);
  };
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]');
    if (!link || link.target || link.hasAttribute('download') || link.hasAttribute('hx-get') || event.defaultPrevented)
      return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || link.origin !== location.origin || link.hash) return;
    if (/\/(export|file|bundle|starter|take-away|report)(\/|\?|$)/.test(link.pathname)) return;
    announce();
  });
  document.addEventListener('submit', (event) => {
    if (!event.defaultPrevented) announce();
  });
  document.addEventListener('htmx:beforeRequest', (event) => {
    if (!event.target.matches?.('[hx-trigger^="every"]')) announce();
  });
  document.addEventListener('htmx:afterRequest', (event) => {
    if (!asksStatus(event)) arrived();
  });
  addEventListener('pageshow', arrived);

  // Where the pages' names do not fit beside each other, the one that is open is in view.
  const here = document.querySelector('.bar nav [aria-current]'),
    names = here?.closest('nav');
  if (names && names.scrollWidth > names.clientWidth)
    names.scrollLeft = here.offsetLeft - names.offsetLeft - (names.clientWidth - here.offsetWidth) / 2;

  // Live updates: resume after the last event even when the connection had to be made anew, and say when it is disconnected.
  document.addEventListener('htmx:sseBeforeMessage', (event) => {
    const source = event.target.closest('[sse-connect]');
    if (!source || !event.detail.lastEventId) return;
    const url = new URL(source.getAttribute('sse-connect'), location.href);
    url.searchParams.set('after', event.detail.lastEventId);
    source.setAttribute('sse-connect', url.pathname + url.search);
  });
  let losing = 0;
  document.addEventListener('htmx:sseError', () => {
    if (disconnected && !losing && !worldGone)
      losing = setTimeout(() => {
        disconnected.hidden = worldGone;
      }, 800);
  });
  document.addEventListener('htmx:sendError', (event) => {
    if (disconnected && asksStatus(event)) {
      disconnected.hidden = false;
      disconnected.dataset.polled = 'true';
    }
  });
  document.addEventListener('htmx:afterRequest', (event) => {
    if (!disconnected || !asksStatus(event) || !event.detail.xhr.status) return;
    if (event.detail.xhr.status === 503) {
      disconnected.hidden = false;
      disconnected.dataset.polled = 'true';
    } else if (disconnected.dataset.polled) {
      disconnected.hidden = true;
      delete disconnected.dataset.polled;
    }
  });
  document.addEventListener('htmx:sseOpen', () => {
    clearTimeout(losing);
    losing = 0;
    if (disconnected) disconnected.hidden = true;
  });
  addEventListener('beforeunload', () => clearTimeout(losing));

  // What a page already shows is not added to it once more.
  document.addEventListener('htmx:oobBeforeSwap', (event) => {
    const fresh = event.detail.fragment.querySelector?.('[id]');
    if (event.detail.target?.id === 'delegation-cards' && fresh && document.getElementById(fresh.id))
      event.detail.shouldSwap = false;
  });

  // What a reader opened or typed stays when the element around it is sent again.
  document.addEventListener('htmx:oobBeforeSwap', (event) => {
    const { target, fragment } = event.detail;
    const twin = (element) => fragment.querySelector?.('#' + CSS.escape(element.id));
    $$('details[open] > summary[id]', target).forEach((summary) => {
      const same = twin(summary);
      if (same) same.parentElement.open = true;
    });
    $$('input[id]', target).forEach((input) => {
      const same = twin(input);
      if (same) same.value = input.value;
    });
  });

  // A form that waits for its answer stays in the document when a live update replaces the element around it:
  // htmx cannot show a refusal for an element that is gone.
  document.addEventListener('htmx:oobBeforeSwap', (event) => {
    if (!event.detail.shouldSwap) return;
    $$('form.htmx-request[hx-swap="none"]', event.detail.target).forEach((form) => {
      form.replaceChildren();
      form.hidden = true;
      form.dataset.sent = 'true';
      document.body.append(form);
    });
  });
  document.addEventListener('htmx:afterRequest', (event) => {
    if (event.target.dataset?.sent) event.target.remove();
  });

  // A list that grows at its end stays at its end, unless the reader scrolled away from it: then a button counts what
  // came since and leads back.
  const follow = (element) => {
    let pinned = true,
      seen = 0,
      last = 0;
    const button = element.id ? document.querySelector(`[data-newest="${element.id}"]`) : null;
    const rows = () => element.querySelectorAll('li').length;
    const show = () => {
      const fresh = rows() - seen;
      if (!button) return;
      button.hidden = pinned || fresh <= 0;
      button.textContent = button.dataset.words.replace('{0}', fresh);
    };
    const end = () => {
      const open = element.querySelector('[aria-current=true]');
      if (open) open.scrollIntoView({ block: 'nearest' });
      else if (pinned) {
        element.scrollTop = element.scrollHeight;
        seen = rows();
      }
      show();
    };
    element.addEventListener('scroll', () => {
      // Only a reader scrolls back; a box that gets smaller does not.
      const ended = element.scrollHeight - element.scrollTop - element.clientHeight < 60;
      if (ended) pinned = true;
      else if (element.scrollTop < last - 2) pinned = false;
      last = element.scrollTop;
      if (pinned) seen = rows();
      show();
    });
    button?.addEventListener('click', () => {
      pinned = true;
      end();
    });
    new MutationObserver(end).observe(element, { childList: true, subtree: true, characterData: true });
    // A pane that gets smaller, because a message is opened below it, still ends at its end.
    new ResizeObserver(end).observe(element);
    end();
  };
  $$('[data-follow]').forEach(follow);

  // Arrow keys walk among the links of a picture or a list.
  document.addEventListener('keydown', (event) => {
    const area = event.target.closest?.('[data-arrows]');
    if (!area || event.altKey || event.ctrlKey || event.metaKey) return;
    const links = $$('a', area),
      here = links.indexOf(event.target.closest('a'));
    if (here < 0) return;
    let next;
    if (area.dataset.arrows === 'grid') {
      const box = (link) => {
        const r = link.getBoundingClientRect();
        return [r.x + r.width / 2, r.y + r.height / 2];
      };
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!step) return;
      const [x, y] = box(links[here]);
      next = links
        .map((link) => [link, ...box(link)])
        .filter(([, lx, ly]) =>
          step[0] ? (lx - x) * step[0] > 4 && Math.abs(ly - y) < 4 : (ly - y) * step[1] > 4 && Math.abs(lx - x) < 4,
        )
        .sort((a, b) => Math.hypot(a[1] - x, a[2] - y) - Math.hypot(b[1] - x, b[2] - y))[0]?.[0];
      event.preventDefault();
    } else {
      const to = { ArrowUp: here - 1, ArrowDown: here + 1, Home: 0, End: links.length - 1 }[event.key];
      if (to === undefined) return;
      next = links[to];
      event.preventDefault();
    }
    if (next) {
      next.focus();
      if (area.dataset.select === 'focus')
        next.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    }
  });

  // Selecting marks the chosen link at once; the server's answer fills the pane beside it.
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('[data-select] a, [data-mark] a');
    if (!link) return;
    const area = link.closest('[data-select], [data-mark]');
    $$('a[aria-current]', area).forEach((other) => other.removeAttribute('aria-current'));
    link.setAttribute('aria-current', 'true');
  });

  // A sentence is sent once: the field is emptied for the next one, suggestions fill it by themselves.
  document.addEventListener('htmx:afterRequest', (event) => {
    if (event.detail.successful && event.target.matches?.('form[data-clear]')) {
      event.target.reset();
      event.target.querySelector('input[name=text]')?.focus();
    }
  });

  // A detail of the plan is changed in the field for the next sentence, with its value selected, or dropped at once.
  document.addEventListener('click', (event) => {
    const detail = event.target.closest?.('[data-edit], [data-say]'),
      form = detail && document.querySelector('form.message-form'),
      field = form?.querySelector('input[name=text]');
    if (!field) return;
    const text = detail.dataset.say ?? detail.dataset.edit,
      start = text.indexOf('['),
      end = text.indexOf(']');
    field.value = text.replace(/[[\]]/g, '');
    field.focus();
    if (detail.dataset.say) form.requestSubmit();
    else if (start >= 0) field.setSelectionRange(start, end - 1);
  });

  // A file from the disk fills the field it belongs to; what is no text does not.
  document.addEventListener('change', async (event) => {
    const chooser = event.target,
      file = chooser.files?.[0];
    if (!chooser.matches?.('input[type=file][data-fills]') || !file) return;
    const text = file.size > 200000 ? '\0' : await file.text();
    chooser.setCustomValidity(/[\0\uFFFD]/.test(text) ? chooser.dataset.wrong : '');
    if (chooser.reportValidity()) document.getElementById(chooser.dataset.fills).value = text;
    const said = document.getElementById(chooser.getAttribute('aria-describedby'));
    if (said) said.textContent = chooser.validationMessage;
  });

  // The step a script has come to stays in view, inside its own list.
  const toStep = (event) => {
    const list = document.getElementById('script'),
      step = list?.querySelector('[aria-current=step]');
    if (step && event.type === 'htmx:oobAfterSwap' && list.scrollHeight > list.clientHeight)
      list.scrollTop = step.offsetTop - list.offsetTop - list.clientHeight / 3;
  };
  document.addEventListener('htmx:oobAfterSwap', toStep);

  // What was opened is brought into view where the page is one column, and begins at its top.
  document.addEventListener('htmx:afterSwap', (event) => {
    if (event.target.id !== 'decoder') return;
    event.target.scrollTop = 0;
    if (!event.target.closest('.stage, .watch')) event.target.scrollIntoView({ block: 'nearest' });
    showCopy();
  });

  // A button copies the text of an element; where the browser does not allow that, it is not shown.
  const showCopy = () => $$('[data-copy]').forEach((button) => (button.hidden = !navigator.clipboard));
  showCopy();
  document.addEventListener('click', async (event) => {
    const button = event.target.closest?.('[data-copy]');
    if (!button) return;
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    const before = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = before), 1500);
  });

  // The PIN field takes digits only, pasted ones with spaces too.
  document.addEventListener('input', (event) => {
    if (event.target.matches?.('input[name=pin]'))
      event.target.value = event.target.value.replace(/\D/g, '').slice(0, 6);
  });

  // Escape closes an open confirmation and gives the focus back to what opened it.
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    const open = event.target.closest?.('details[open]');
    if (open) {
      open.open = false;
      open.querySelector('summary').focus();
    }
  });

  // Choosing from a list that filters sends it; buttons that only serve browsers without script are not needed then.
  document.addEventListener('change', (event) => {
    if (event.target.matches?.('[data-submit]')) event.target.form.requestSubmit();
  });

  const centre = () =>
    $$('[data-centre]').forEach((area) => {
      const chosen = area.querySelector('.chosen');
      if (!chosen || area.dataset.done) return;
      area.dataset.done = 'true';
      const a = area.getBoundingClientRect(),
        c = chosen.getBoundingClientRect();
      area.scrollLeft += c.x + c.width / 2 - a.x - a.width / 2;
    });
  centre();
  document.addEventListener('htmx:afterSettle', centre);
})();
