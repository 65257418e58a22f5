/* check_site.js: look at one page in the browser (run by check_site.py): what is wrong with it, and a few counts.
   Given: the name of the page, and the most pixels that text and the code beside it may differ in height. */
const [page, HOLE] = arguments;
const text = document.querySelector('.contents') || document.body, desk = window.innerWidth > 1000;
const all = (selector, root) => [...(root || document).querySelectorAll(selector)];
const box = e => e.getBoundingClientRect();
const isSeen = e => e && e.checkVisibility() && box(e).height > 0;
const isCut = e => e.scrollWidth > e.clientWidth + 1;
const start = e => e.textContent.trim().slice(0, 40);
const bad = [];

/* Text: no marks left, all formulas and pictures drawn. */
const prose = text.cloneNode(true);
all('.fragment, code, .katex', prose).forEach(e => e.remove());
const marks = (text.textContent.match(/\\ilinebr|<\/td>|markdownTable/g) || []).length +
    (prose.textContent.match(/\\[\(\[]|\$`|\*\*/g) || []).length;
if (marks) bad.push(`${marks} marks of Markdown or formulas left as they are`);
all('.katex-error', text).forEach(e => bad.push(`formula not drawn: ${e.textContent}`));
all('img', text).filter(i => !i.complete || i.naturalWidth === 0).forEach(i => bad.push(`picture missing: ${i.src}`));

/* Widths. */
const over = document.documentElement.scrollWidth - window.innerWidth;
const wide = all('*', text).filter(e => box(e).right > window.innerWidth + 1)
    .filter(e => !e.closest('.fragment, .katex-display, .formulaDsp, table'));
const names = wide.slice(0, 3).map(e => `${e.tagName}.${e.className}`);
if (over > 0) bad.push(`${over} pixels wider than the page: ${names}`);
if (desk) all('.textblock .fragment, .katex-display').filter(isCut).forEach(e => bad.push(`cut: ${start(e)}`));

/* Code beside its text. */
const pairs = all('.book-pair');
if (pairs.length && !desk) bad.push('code beside text on a phone');
for (const pair of pairs) {
    const [prose, code] = pair.children, lines = code.querySelector('.fragment');
    const left = box(prose.lastElementChild).bottom - box(prose).top, right = box(lines).bottom - box(code).top;
    if (box(code).left < box(prose).right - 1) bad.push(`not beside its text: ${start(lines)}`);
    if (lines.scrollHeight > lines.clientHeight + 1) bad.push(`lines cut off: ${start(lines)}`);
    const hole = Math.round(Math.abs(left - right));
    if (hole > HOLE) bad.push(`a hole of ${hole} pixels: ${start(lines)}`);
}

/* Numbers in tables stay on one line. */
const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT), range = document.createRange();
while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.closest('td, th') || node.parentElement.closest('.katex')) continue;
    for (const number of node.data.matchAll(/[+−-]?\d[\d.,]*(e[+−-]?\d+)?%?/g)) {
        range.setStart(node, number.index);
        range.setEnd(node, number.index + number[0].length);
        const tops = new Set([...range.getClientRects()].map(r => Math.round(r.top)));
        if (tops.size > 1) bad.push(`a number torn over two lines: ${number[0]}`);
    }
}

/* A heading's size tells its level. */
const kinds = ['.title', '.textblock h1', '.textblock h2', '.textblock h3', '.textblock > p'];
const sizes = kinds.map(s => all(s).filter(isSeen).map(e => parseFloat(getComputedStyle(e).fontSize)))
    .filter(found => found.length);
for (let k = 1; k < sizes.length; k++)
    if (Math.max(...sizes[k]) > Math.min(...sizes[k - 1]) * 0.93)
        bad.push(`headings of different levels look the same: ${sizes[k - 1][0]}, ${sizes[k][0]} px`);

/* The menu, and the table of contents: beside the page on a desk, behind a line that opens it on a phone. */
const listed = e => e ? all('a', e).map(a => a.textContent.trim()).join('|') : '';
const sections = all('.textblock h1, .textblock h2').map(e => e.textContent.trim()).join('|');
const nav = document.querySelector('.book-nav'), here = nav.querySelector('.book-here');
const toc = document.querySelector('.book-toc'), button = document.querySelector('label[for=book-menu]');
if (page !== 'index.html') {
    if (!nav.querySelector('[aria-current=page]')) bad.push('the page is not marked in the menu');
    if (listed(here) !== sections || listed(toc) !== sections) bad.push('a table of contents of other sections');
    if (sections && desk && !(isSeen(here) && box(here).right <= box(text).left))
        bad.push('no table of contents beside the page');
    if (sections && !desk) {
        if (!isSeen(toc) || toc.open || isSeen(toc.querySelector('ul'))) bad.push('no closed table of contents');
        toc.querySelector('summary').click();
        if (!isSeen(toc.querySelector('a'))) bad.push('the table of contents does not open');
        toc.querySelector('summary').click();
    }
}
if (!desk && isSeen(nav)) bad.push('the menu is open on a phone');
if (!desk) button.click();
if (!all('a', nav).every(a => a.closest('.book-here') || isSeen(a))) bad.push('the menu is not shown');
if (!desk) button.click();
if (window.BOOK_INDEX) bad.push('the index of the search is loaded with the page');
return { bad: bad, formulas: all('.katex', text).length, pairs: pairs.length, blocks: all('.beside').length };
