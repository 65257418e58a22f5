/* book.js: what helps in the browser: formulas, code beside its text, the place in the menu, the search, keys.
   A page can be read without it. */
(function () {
    'use strict';

    /* In pixels: the least width of a window with two columns, and the most that one column may be taller. */
    var WIDE = 1200, HOLE = 230;

    function all(selector, root) {
        return Array.prototype.slice.call((root || document).querySelectorAll(selector));
    }

    function element(tag, name, parent) {
        var made = document.createElement(tag);
        if (name) made.className = name;
        if (parent) parent.appendChild(made);
        return made;
    }

    /* ---- light and dark: as the system, until the reader chooses ---- */

    var chosen = null;
    try { chosen = localStorage.getItem('book-theme'); } catch (error) { /* a browser may keep nothing */ }

    function isDark() {
        return chosen ? chosen === 'dark' : window.matchMedia('(prefers-color-scheme: dark)').matches;
    }

    function paint() {
        document.documentElement.classList.toggle('dark-mode', isDark());
        document.documentElement.classList.toggle('light-mode', !isDark());
    }

    function changeTheme() {
        chosen = isDark() ? 'light' : 'dark';
        try { localStorage.setItem('book-theme', chosen); } catch (error) { /* see above */ }
        paint();
    }

    /* ---- formulas: Doxygen leaves \( \) and \[ \] in the page; KaTeX draws them ---- */

    function drawFormulas() {
        if (!window.renderMathInElement) return;
        window.renderMathInElement(document.querySelector('.contents') || document.body, {
            delimiters: [
                { left: '\\(', right: '\\)', display: false },
                { left: '\\[', right: '\\]', display: true }
            ],
            ignoredClasses: ['fragment'],
            throwOnError: false,
            errorCallback: function (message, error) { console.error(message, error); }
        });
    }

    /* ---- code beside its text ---- */

    function isCut(el) { return el.scrollWidth > el.clientWidth + 1; }

    /* Each block of code, with the text before it: back to the heading, picture, table or block. */
    function candidates(root) {
        var found = [], prose = [];
        Array.prototype.forEach.call(root.children, function (el) {
            if (el.matches('.beside') && prose.length) found.push({ prose: prose, code: el });
            if (el.matches('p, ul, ol, dl, blockquote') && !el.querySelector('.fragment')) prose.push(el);
            else prose = [];
        });
        return found;
    }

    function join(pair) {
        pair.box = element('div', 'book-pair');
        pair.code.parentNode.insertBefore(pair.box, pair.code);
        pair.left = element('div', 'book-prose', pair.box);
        pair.right = element('div', 'book-code', pair.box);
        pair.prose.forEach(function (p) { pair.left.appendChild(p); });
        pair.right.appendChild(pair.code);
    }

    /* The first n paragraphs go back above the pair; all of them, and it is none. */
    function part(pair, n) {
        pair.prose.slice(0, n).forEach(function (p) { pair.box.parentNode.insertBefore(p, pair.box); });
        if (n < pair.prose.length) return;
        pair.box.parentNode.insertBefore(pair.code, pair.box);
        pair.box.remove();
        pair.box = null;
    }

    /* How many paragraphs must stay above: those whose formulas are too wide, and those that would leave a hole. */
    function above(pair) {
        var first = 0, best = pair.prose.length, least = HOLE, height = pair.right.offsetHeight;
        if (isCut(pair.code.querySelector('.fragment'))) return best;
        pair.prose.forEach(function (p, i) { if (all('.katex-display', p).some(isCut)) first = i + 1; });
        for (var i = first; i < pair.prose.length; i++) {
            var end = pair.prose[pair.prose.length - 1].getBoundingClientRect().bottom;
            var rest = end - pair.prose[i].getBoundingClientRect().top;
            if (Math.abs(rest - height) < least) { best = i; least = Math.min(least, Math.abs(rest - height)); }
            if (i === first && best === i) break; /* all of it fits */
        }
        return best;
    }

    var paired = [], pairedAt = 0;

    function putBeside() {
        var root = document.querySelector('.contents .textblock');
        if (!root || pairedAt === window.innerWidth) return;
        pairedAt = window.innerWidth;
        paired.forEach(function (pair) { if (pair.box) part(pair, pair.prose.length); });
        paired = pairedAt < WIDE ? [] : candidates(root);
        paired.forEach(join);
        paired.filter(function (pair) { return isCut(pair.code.querySelector('.fragment')); })
            .forEach(function (pair) { pair.box.classList.add('book-wide'); });
        paired.map(above).forEach(function (n, k) { part(paired[k], n); });
    }

    /* ---- the place in the menu ---- */

    function followReading() {
        var headings = all('.contents .textblock h1 .anchor, .contents .textblock h2 .anchor'), waiting = false;
        function mark() {
            var passed = headings.filter(function (a) { return a.parentNode.getBoundingClientRect().top < 150; }).pop();
            waiting = false;
            all('.book-here a').forEach(function (link) {
                var isHere = passed && link.getAttribute('href') === '#' + passed.id;
                if (isHere) link.setAttribute('aria-current', 'location');
                else link.removeAttribute('aria-current');
            });
        }
        window.addEventListener('scroll', function () {
            if (!waiting) window.requestAnimationFrame(mark);
            waiting = true;
        });
        var here = document.querySelector('.book-nav [aria-current]'), menu = document.querySelector('.book-top');
        if (here && here.offsetTop > window.innerHeight / 2) menu.scrollTop = here.offsetTop - 80;
        mark();
    }

    /* ---- the search: any part of any section's text, with spaces or without ---- */

    function pattern(words) {
        var letters = words.replace(/\s+/g, '').split('').map(function (c) { return c.replace(/[^\w가-힣]/, '\\$&'); });
        return new RegExp(letters.join('\\s*'), 'i');
    }

    function find(query) {
        var whole = pattern(query), words = query.trim().split(/\s+/).map(pattern);
        var hits = window.BOOK_INDEX.map(function (entry) {
            var text = entry[1] + ' ' + entry[3], score = 0;
            if (whole.test(text)) score = 2;
            else if (words.every(function (w) { return w.test(text + ' ' + entry[0]); })) score = 1;
            if (score && whole.test(entry[1])) score += entry[1].length === query.trim().length ? 4 : 2;
            return { entry: entry, score: score, at: whole.test(entry[3]) ? whole : words[0] };
        }).filter(function (hit) { return hit.score; });
        return hits.sort(function (a, b) { return b.score - a.score; }).slice(0, 20);
    }

    function addHit(hit, box) {
        var link = element('a', '', box), text = hit.entry[3], match = hit.at.exec(text) || { index: 0, 0: '' };
        var end = match.index + match[0].length;
        link.href = hit.entry[2];
        element('b', '', link).textContent = hit.entry[1];
        element('small', '', link).textContent = ' ' + hit.entry[0];
        element('br', '', link);
        link.appendChild(document.createTextNode(text.slice(Math.max(0, match.index - 25), match.index)));
        element('mark', '', link).textContent = match[0];
        link.appendChild(document.createTextNode(text.slice(end, end + 60)));
    }

    function addSearch(field) {
        var box = element('div', '', field.parentNode), asked = false;
        box.id = 'book-hits';
        box.hidden = true;

        function show() {
            box.textContent = '';
            var hits = window.BOOK_INDEX && field.value.trim() ? find(field.value) : [];
            hits.forEach(function (hit) { addHit(hit, box); });
            box.hidden = !box.firstChild;
        }
        /* The index is large: it is loaded when somebody searches. A script can be loaded from a file, too. */
        function load() {
            if (asked) return;
            asked = true;
            var script = element('script', '', document.head);
            script.onload = show;
            script.src = 'book-index.js';
        }
        function move(step) {
            var links = all('a', box), at = links.indexOf(document.activeElement) + step;
            (at < 0 ? field : links[Math.min(at, links.length - 1)] || field).focus();
        }
        field.hidden = false;
        field.addEventListener('focus', load);
        field.addEventListener('input', function () { load(); show(); });
        field.parentNode.addEventListener('keydown', function (event) {
            var inside = event.target === field || box.contains(event.target);
            if (!inside || event.isComposing) return;
            if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
                move(event.key === 'ArrowDown' ? 1 : -1);
                event.preventDefault();
            } else if (event.key === 'Enter' && event.target === field && box.firstChild) {
                box.firstChild.click();
            } else if (event.key === 'Escape') {
                box.hidden = true;
            }
        });
        document.addEventListener('click', function (event) {
            if (event.target !== field) box.hidden = true;
        });
    }

    /* ---- keys: n and p turn the page, / goes to the search; also while Hangul is being typed elsewhere ---- */

    function addKeys(field) {
        document.addEventListener('keydown', function (event) {
            if (event.ctrlKey || event.metaKey || event.altKey) return;
            if (event.target.closest('input, textarea, select')) return;
            var key = /^[a-z/]$/.test(event.key) ? event.key : event.code.replace('Key', '').toLowerCase();
            var link = document.querySelector({ n: 'link[rel=next]', p: 'link[rel=prev]' }[key] || 'none');
            if (link) window.location.href = link.href;
            if (key === '/' && field) {
                field.focus();
                event.preventDefault();
            }
        });
    }

    paint();
    document.addEventListener('DOMContentLoaded', function () {
        var field = document.getElementById('book-search'), theme = document.getElementById('book-theme');
        drawFormulas();
        putBeside();
        followReading();
        if (field) addSearch(field);
        addKeys(field);
        if (theme) {
            theme.hidden = false;
            theme.addEventListener('click', changeTheme);
        }
        window.addEventListener('resize', putBeside);
    });
})();
