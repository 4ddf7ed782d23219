// Reads the plan of the page that is shown: its parts in their order, the columns that each covers, and the names of its
// colours. What depends on a font or on data (heights, texts, how often a part is repeated) is left out.
() => {
  const PARTS =
    'header.bar, nav, main, main section, main article, footer, h1, h2, h3, form, fieldset, table, figure, svg.picture, pre, ' +
    '.card, .pane, .note, .ticket, .offer, #show-bar, button, .btn, input, select, textarea, summary';
  const SMALL = 'button, .btn, input, select, textarea, summary, header.bar form';
  const COLUMNS = 12;
  // Classes that say in which state a part is; states depend on data.
  const STATES =
    "now late ahead here held open done over good bad ok warn info active passed failed running settled request chosen " +
    "expired suspended htmx-.* fresh-.* has-.*";
  const STATE = new RegExp("^(" + STATES.replaceAll(" ", "|") + ")$");
  const width = document.documentElement.clientWidth;

  // The names of the colours, from the style sheet itself.
  const probe = document.body.appendChild(document.createElement('i'));
  const shown = (value) => {
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const tokens = [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule.selectorText === ':root')
    .flatMap((rule) =>
      [...rule.style].filter((name) => /^\s*light-dark\(#/.test(rule.style.getPropertyValue(name))),
    )
    .map((name) => [name.slice(2), shown(`var(${name})`)]);
  probe.remove();
  const called = (colour, last) =>
    tokens.filter(([name, value]) => value === colour && !last.test(name))[0]?.[0] ??
    tokens.find(([, value]) => value === colour)?.[0] ??
    colour.replaceAll(' ', '');
  const ink = (style) => called(style.color, /^(ground|card|sunken|.*-soft)$/);
  const ground = (style) =>
    style.backgroundColor === 'rgba(0, 0, 0, 0)' ? '-' : called(style.backgroundColor, /ink/);

  // The part of an element's box that nothing around it cuts off.
  const box = (element) => {
    const own = element.getBoundingClientRect();
    const seen = { left: own.left, right: own.right, top: own.top, bottom: own.bottom };
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
      if (getComputedStyle(up).overflow === 'visible') continue;
      const edge = up.getBoundingClientRect();
      seen.left = Math.max(seen.left, edge.left);
      seen.right = Math.min(seen.right, edge.right);
      seen.top = Math.max(seen.top, edge.top);
      seen.bottom = Math.min(seen.bottom, edge.bottom);
    }
    return { ...seen, gone: seen.right - seen.left < 1 || seen.bottom - seen.top < 1 };
  };
  const isSeen = (element) =>
    !element.closest('.visually-hidden, .skip, [hidden], svg svg, #loading, .bar .chip') &&
    element.getAttribute('type') !== 'hidden' &&
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    element.getBoundingClientRect().width > 1;
  const kind = (element) => {
    const id = (element.getAttribute('id') ?? '').replace(/[-_]?[A-Z0-9].*$/, '~');
    const classes = [...element.classList].filter((name) => !STATE.test(name) && !/[A-Z0-9]/.test(name)).slice(0, 2);
    return element.tagName.toLowerCase() + (id ? '#' + id : '') + classes.map((name) => '.' + name).join('');
  };

  const root = { children: [], depth: -1 };
  const nodes = new Map();
  for (const element of document.querySelectorAll(PARTS)) {
    if (!isSeen(element)) continue;
    let up = element.parentElement;
    while (up && !nodes.has(up)) up = up.parentElement;
    const parent = up ? nodes.get(up) : root;
    const node = { element, parent, kind: kind(element), box: box(element), children: [], depth: parent.depth + 1 };
    nodes.set(element, node);
    parent.children.push(node);
  }

  const overlap = (a, b) =>
    !a.gone &&
    !b.gone &&
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 6 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 6;
  const beside = (a, b) => {
    const common = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    return common > Math.min(a.bottom - a.top, b.bottom - b.top) / 2;
  };
  const outside = (inner, outer) =>
    !inner.gone &&
    !outer.gone &&
    (inner.left < outer.left - 6 || inner.right > outer.right + 6 || inner.top < outer.top - 6 || inner.bottom > outer.bottom + 6);
  const column = (x) => Math.max(-1, Math.min(COLUMNS + 1, Math.round((x / width) * COLUMNS)));

  const lines = [];
  const tell = (node) => {
    const counts = new Map();
    let before;
    for (const child of node.children) {
      // Neighbours of one kind are the items of a list: the first one stands for all.
      const repeated = before && before.kind === child.kind;
      const covered = node.children.find((other) => other !== child && overlap(other.box, child.box));
      const style = getComputedStyle(child.element);
      const small = child.element.matches(SMALL);
      const said = [];
      // A heading is as wide as its words.
      const heading = child.element.matches('h1, h2, h3');
      if (!small) said.push(column(child.box.left) + '-' + column(heading ? child.box.left : child.box.right));
      said.push(ink(style) + '/' + ground(style));
      if (!small && before && !repeated && beside(before.box, child.box)) said.push('beside');
      if (covered) said.push('OVERLAPS:' + covered.kind);
      if (node.element && outside(child.box, node.box)) said.push('STICKS-OUT');
      if (repeated && !covered && !said.includes('STICKS-OUT')) continue;
      if (repeated) {
        const line = lines.findLast((each) => each.node === before);
        for (const word of said.filter((each) => /^[A-Z]/.test(each)))
          if (!line.said.includes(word)) line.said.push(word);
        continue;
      }
      before = child;
      const nth = (counts.get(child.kind) ?? 0) + 1;
      counts.set(child.kind, nth);
      lines.push({ node: child, depth: child.depth, name: child.kind + (nth > 1 ? '@' + nth : ''), said });
      tell(child);
    }
  };
  tell(root);
  return lines.map((line) => '  '.repeat(line.depth) + line.name + ' | ' + line.said.join(' '));
};
