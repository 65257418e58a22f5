/* book.js: what the pages do in the browser: formulas, code beside its text, a search that finds Korean words. */
(function () {
    'use strict';

    /* Formulas: Doxygen leaves \( \) and \[ \] in the page; KaTeX draws them. */
    function drawFormulas() {
        if (!window.renderMathInElement) return;
        renderMathInElement(document.querySelector('.contents') || document.body, {
            delimiters: [
                { left: '\\(', right: '\\)', display: false },
                { left: '\\[', right: '\\]', display: true }
            ],
            throwOnError: false,
            errorCallback: function (message, error) { console.error(message, error); }
        });
    }

    function element(tag, name, parent) {
        var made = document.createElement(tag);
        made.className = name;
        if (parent) parent.appendChild(made);
        return made;
    }

    /* Each block of code goes to the right of the text before it, back to the heading, picture, table or block. */
    function putBeside() {
        var root = document.querySelector('.contents .textblock');
        if (!root) return;
        var prose = [];
        Array.prototype.slice.call(root.children).forEach(function (el) {
            if (el.matches('.beside')) {
                if (!prose.length) return;
                var pair = element('div', 'book-pair');
                root.insertBefore(pair, el);
                var left = element('div', 'book-prose', pair), right = element('div', 'book-code', pair);
                prose.forEach(function (p) { left.appendChild(p); });
                right.appendChild(el);
                prose = [];
            } else if (el.matches('p, ul, ol, dl, blockquote') && !el.querySelector('.fragment')) {
                prose.push(el);
            } else {
                prose = [];
            }
        });
    }

    /* The search: Doxygen's own finds the starts of names only; this finds any part of any section's text. */
    function addSearch() {
        var index = window.BOOK_INDEX;
        if (!index) return;
        var base = (document.querySelector('script[src$="book.js"]').getAttribute('src') || '').replace(/book\.js$/, '');
        var box = element('div', '', document.body);
        box.id = 'book-search';
        box.hidden = true;
        function found(words) {
            return index.map(function (entry) {
                var title = entry[1].toLowerCase(), all = (entry[0] + ' ' + entry[1] + ' ' + entry[3]).toLowerCase();
                var good = words.every(function (w) { return all.indexOf(w) >= 0; });
                var inTitle = words.filter(function (w) { return title.indexOf(w) >= 0; }).length;
                return good ? { entry: entry, score: inTitle } : null;
            }).filter(Boolean).sort(function (a, b) { return b.score - a.score; });
        }
        function show(query) {
            var words = query.trim().toLowerCase().split(/\s+/).filter(Boolean);
            var hits = words.length ? found(words).slice(0, 15) : [];
            box.textContent = '';
            hits.forEach(function (hit) {
                var link = element('a', '', box), at = Math.max(0, hit.entry[3].toLowerCase().indexOf(words[0]) - 20);
                link.href = base + hit.entry[2];
                element('b', '', link).textContent = hit.entry[1];
                element('small', '', link).textContent = ' ' + hit.entry[0];
                element('br', '', link);
                link.appendChild(document.createTextNode(hit.entry[3].substr(at, 80)));
            });
            box.hidden = !hits.length;
            document.body.classList.toggle('book-searching', hits.length > 0);
        }
        /* Doxygen makes its search field late, so listen on the document. */
        document.addEventListener('input', function (event) {
            if (event.target.id === 'MSearchField') show(event.target.value);
        });
        function hide() { box.hidden = true; document.body.classList.remove('book-searching'); }
        document.addEventListener('keydown', function (event) { if (event.key === 'Escape') hide(); });
        document.addEventListener('click', function (event) {
            if (!box.contains(event.target) && event.target.id !== 'MSearchField') hide();
        });
    }

    document.addEventListener('DOMContentLoaded', function () { putBeside(); drawFormulas(); addSearch(); });
})();
