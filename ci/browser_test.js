// Looks at the report pages as a reader's browser lays them out. `pages` is set by browser_test: name, and the lines that must be marked in the file.
// Every defect becomes a line of text in #result; the last line is "done", so that a script that stopped early is not taken for success.
const defects = [];

function luminance([r, g, b]) {  // WCAG 2.1, relative luminance
  const linear = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

function parse(colour) {
  const parts = colour.match(/[\d.]+/g).map(Number);
  return {rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1};
}

function background(view, element) {
  for (; element; element = element.parentElement) {
    const {rgb, alpha} = parse(view.getComputedStyle(element).backgroundColor);
    if (alpha === 1) return rgb;
  }
  return [255, 255, 255];
}

function checkContrast(name, view, document) {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.getClientRects().length) continue;
    const light = [luminance(parse(view.getComputedStyle(element).color).rgb), luminance(background(view, element))];
    const ratio = (Math.max(...light) + 0.05) / (Math.min(...light) + 0.05);
    if (ratio < 4.5) defects.push(`${name}: contrast ${ratio.toFixed(2)} of "${walker.currentNode.data.trim().slice(0, 40)}"`);
  }
}

// A picture of a schedule: nothing sticks out, and nothing is told by colour alone.
function checkPicture(name, view, picture) {
  const svg = picture.querySelector('svg[role=img]');
  const say = (what) => defects.push(`${name}: the picture: ${what}`);
  for (const part of ['title', 'desc'])
    if (!svg.querySelector(`:scope > ${part}`)?.textContent.trim()) say(`has no ${part}`);
  const box = svg.getBoundingClientRect();
  if (picture.scrollWidth < Math.floor(box.width)) say('cannot be scrolled to its end');
  const right = Math.max(...[...svg.querySelectorAll('.lane')].map((lane) => lane.getBoundingClientRect().right));
  for (const text of svg.querySelectorAll('text')) {
    const at = text.getBoundingClientRect();
    if (at.left < box.left || at.right > box.right + 1 || at.top < box.top || at.bottom > box.bottom) say(`"${text.textContent.slice(0, 40)}" sticks out`);
    if (text.matches('.step') && at.left <= right) say(`"${text.textContent.slice(0, 40)}" lies on the lanes`);
  }
  const told = [...svg.querySelectorAll('.step')].filter((step) => step.textContent.includes('✗')).length;
  if (told === 0 || told !== svg.querySelectorAll('path.mark.fatal').length) say('what goes wrong is not told by shape and words');
  if (svg.querySelectorAll('.number').length !== svg.querySelectorAll('.step').length) say('has not a mark for every step');
  const dashed = (line) => view.getComputedStyle(line).strokeDasharray !== 'none';
  if (![...svg.querySelectorAll('.wait')].every(dashed) || [...svg.querySelectorAll('.lane')].some(dashed)) say('waits are told by colour alone');
  for (const part of svg.querySelectorAll('.lane, .wait, .hold, .mark, .way, .arrow line')) {
    const light = [luminance(parse(view.getComputedStyle(part).stroke).rgb), luminance(background(view, picture))];
    if ((Math.max(...light) + 0.05) / (Math.min(...light) + 0.05) < 3) say(`${part.getAttribute('class')} is hard to see`);
  }
}

function checkPage(page, frame) {
  const name = `${page.name} at ${frame.width}`;
  const document = frame.contentDocument;
  const view = frame.contentWindow;
  const root = document.documentElement;
  if (!document.querySelector('h1')) return defects.push(`${name}: was not loaded`);
  if (root.scrollWidth > root.clientWidth) defects.push(`${name}: ${root.scrollWidth} px of content in ${root.clientWidth} px`);
  if (document.querySelector('script, img, iframe, link, object, embed')) defects.push(`${name}: a foreign element got in`);
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  if ((luminance(background(view, document.body)) < 0.2) !== dark) defects.push(`${name}: the page does not follow the colour scheme`);

  const whole = [...document.querySelectorAll('[aria-labelledby=files] .line.marked')];
  const marked = whole.map((line) => line.querySelector('.no').textContent.replace(/\D/g, '')).join(' ');
  if (marked !== page.marked) defects.push(`${name}: marked lines are "${marked}", not "${page.marked}"`);
  for (const line of whole) {
    if (!line.textContent.includes('▸')) defects.push(`${name}: a marked line is told by colour alone`);
    if (view.getComputedStyle(line).backgroundColor === view.getComputedStyle(line.parentElement).backgroundColor) defects.push(`${name}: a marked line does not stand out`);
  }
  let level = 1;
  for (const heading of document.querySelectorAll('h1, h2, h3, h4')) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) defects.push(`${name}: heading "${heading.textContent.slice(0, 40)}" skips a level`);
    level = next;
  }
  for (const link of document.querySelectorAll('a'))
    if (!link.hash || !document.getElementById(link.hash.slice(1))) defects.push(`${name}: link ${link.getAttribute('href')} leads nowhere`);
  for (const picture of document.querySelectorAll('.picture')) checkPicture(name, view, picture);
  checkContrast(name, view, document);
}

addEventListener('load', () => {
  for (const frame of document.querySelectorAll('iframe')) checkPage(pages.find((page) => page.name === frame.name), frame);
  document.getElementById('result').textContent = [...defects, 'done'].join('\n');
});
