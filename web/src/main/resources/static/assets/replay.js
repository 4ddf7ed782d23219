// Replay of a timeline: rows that are still ahead are hidden; the row it has come to is marked and opened when stepping.
(() => {
  'use strict';
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const player = document.getElementById('replay');
  if (!player) return;
  const rows = () => $$('#sequence > li');
  const part = (name) => player.querySelector(`[data-replay=${name}]`),
    play = part('play'),
    said = document.getElementById('replay-at');
  let at = -1,
    timer = 0; // -1: not replaying, everything is there
  const show = (opens) => {
    const all = rows();
    all.forEach((row, i) => {
      row.classList.toggle('ahead', at >= 0 && i > at);
      row.classList.toggle('here', i === at);
    });
    const here = all[at];
    said.textContent = here ? said.dataset.words.replace('{0}', at + 1).replace('{1}', all.length) : '';
    if (!here) return;
    here.scrollIntoView({ block: 'nearest' });
    if (opens) window.htmx?.trigger(here.querySelector('a'), 'click');
  };
  const pause = () => {
    clearTimeout(timer);
    timer = 0;
    player.classList.remove('playing');
    play.setAttribute('aria-label', (play.title = play.dataset.play));
    said.setAttribute('aria-live', 'polite');
  };
  const tick = () => {
    if (at + 1 >= rows().length) {
      const next = document.getElementById('next-page');
      pause();
      if (next) location.assign(next.href + '&play=' + part('speed').value);
      else {
        at = -1;
        show(false);
      }
      return;
    }
    at++;
    // Each message is opened while it plays, unless that would be faster than a person reads.
    show(Number(part('speed').value) <= 1);
    timer = setTimeout(tick, 1000 / Number(part('speed').value));
  };
  const act = {
    start: () => {
      pause();
      at = 0;
      show(true);
    },
    back: () => {
      pause();
      at = Math.max(0, (at < 0 ? rows().length : at) - 1);
      show(true);
    },
    step: () => {
      pause();
      at = Math.min(rows().length - 1, at + 1);
      show(true);
    },
    end: () => {
      pause();
      at = -1;
      show(false);
    },
    play: () => {
      if (timer) {
        pause();
        return;
      }
      player.classList.add('playing');
      play.setAttribute('aria-label', (play.title = play.dataset.pause));
      said.setAttribute('aria-live', 'off');
      if (at + 1 >= rows().length) at = -1;
      tick();
    },
  };
  player.addEventListener('click', (event) => act[event.target.closest('button')?.dataset.replay]?.());
  document.addEventListener('keydown', (event) => {
    if (
      event.altKey ||
      event.ctrlKey ||
      event.metaKey ||
      event.target.closest?.('input, select, textarea, summary, .scroll')
    )
      return;
    const name = { ' ': 'play', ArrowRight: 'step', ArrowLeft: 'back', Home: 'start', End: 'end' }[event.key];
    if (!name || (event.key === ' ' && event.target.closest?.('a, button'))) return;
    event.preventDefault();
    act[name]();
  });
  new MutationObserver((changes) => {
    if (at >= 0 && changes.some((change) => !player.contains(change.target))) show(false);
  }).observe(player.parentElement, { childList: true, subtree: true });
  const wish = new URLSearchParams(location.search).get('play');
  if (wish) {
    if ([...part('speed').options].some((option) => option.value === wish)) part('speed').value = wish;
    act.play();
  }
})();
