/* steps.js: a panel that goes step by step through what a program of the book computed in the page. At first all of it is
 * there; slider, arrow keys and buttons go through it. unrolled.js and look.js say what is shown. */
Live.take('steps', (function () {
    'use strict';
    const { make, say } = Live;

    function shown(v) {
        if (v === 0) return '0';
        return (Math.abs(v) < 1e-3 ? v.toExponential(0) : v.toFixed(4)).replace('-', '−');
    }

    /* ---- what a panel is made of ---- */

    /* A list to choose from: [[value, name], ...]. */
    function choice(row, label, list, changed) {
        const made = make('select', '', make('label', '', row, label));
        for (const [value, name] of list) make('option', '', made, name).value = value;
        made.onchange = changed;
        return made;
    }
    function field(row, label, value, changed) {
        const made = make('input', '', make('label', '', row, label));
        Object.assign(made, { value, size: 10, maxLength: 12, spellcheck: false, onchange: changed });
        return made;
    }
    /* Blue is positive, orange negative; the deeper, the larger beside `largest`. */
    function vector(cell, { values, largest, names, marked }) {
        const list = make('span', 'live-vector', cell);
        values.forEach((v, i) => {
            const one = make('span', i === marked ? 'live-marked' : '', list, names ? `${names[i]} ${v.toFixed(2)}` : shown(v));
            const depth = largest ? Math.sqrt(Math.min(1, Math.abs(v) / largest)) : 0;
            one.style.background = `rgba(${v < 0 ? '230, 126, 34' : '31, 119, 196'}, ${(.7 * depth).toFixed(3)})`;
            one.title = String(v);
        });
    }
    /* A column for each step. rows: { label, cell(t): { values, largest, names, marked, seen, now }, between(t): what stands
       behind it, { sign, seen } }; no `between`: nothing. */
    function table(place, corner, heads, now, rows) {
        const made = make('table', '', place), head = make('tr', '', made), wide = rows.some((row) => row.between);
        make('th', '', head, corner);
        heads.forEach((text, t) => {
            make('th', t === now ? 'live-now' : '', head, text).scope = 'col';
            if (wide && t + 1 < heads.length) make('td', '', head);
        });
        for (const { label, cell, between } of rows) {
            const row = make('tr', '', made);
            make('th', '', row, label).scope = 'row';
            heads.forEach((text, t) => {
                const what = cell(t);
                vector(make('td', (what.seen ? '' : 'live-unseen') + (what.now ? ' live-now' : ''), row), what);
                if (!wide || t + 1 === heads.length) return;
                const { sign, seen } = between ? between(t) : { sign: '', seen: true };
                make('td', 'live-arrow' + (seen ? '' : ' live-unseen'), row, sign);
            });
        }
    }
    /* A picture. -> add(tag, attributes, text) */
    function picture(place, label, width, height) {
        function add(parent, tag, attributes, text) {
            const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
            for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
            if (text !== undefined) made.textContent = text;
            parent.append(made);
            return made;
        }
        const made = add(place, 'svg', { viewBox: `0 0 ${width} ${height}`, style: `width: ${width}px; min-width: ${Math.min(width, 460)}px`, role: 'img', 'aria-label': label });
        return (tag, attributes, text) => add(made, tag, attributes, text);
    }

    /* ---- the panel ---- */

    /* view: title, point; program; controls(row, compute, show): makes what can be chosen and returns a function that tells
       the arguments; last(data): how many steps; draw(place, data, at, all) and says(data, at, all): one of them, or all. */
    function panel(box, view) {
        let data = null, last = 0;
        make('b', '', box, view.title);
        const args = view.controls(make('div', 'live-row', box), () => compute(), () => data && show()), row = make('div', 'live-row', box);
        function button(text, label, by) {
            const made = make('button', '', row, text);
            made.type = 'button';
            made.setAttribute('aria-label', label);
            made.onclick = () => move(by);
        }
        button('←', say('step back', '한 걸음 뒤로'), -1);
        const step = make('input', '', row);
        Object.assign(step, { type: 'range', min: 0, oninput: () => data && show() });
        step.setAttribute('aria-label', say('step', '걸음'));
        button('→', say('step on', '한 걸음 앞으로'), 1);
        const says = Live.status(row), place = make('div', 'live-unrolled', box);
        make('p', 'live-point', box, view.point);
        place.tabIndex = 0;

        function show() {
            const at = +step.value;
            place.textContent = '';
            view.draw(place, data, at, at >= last);
            says.textContent = view.says(data, at, at >= last);
            step.setAttribute('aria-valuetext', says.textContent);
            const column = place.querySelector('th.live-now');
            if (column) place.scrollLeft = column.offsetLeft - place.clientWidth / 2;
        }
        function move(by) {
            if (!data) return;
            step.value = by > 0 && +step.value >= last ? 0 : +step.value + by;
            show();
        }
        async function compute() {
            let text = '', wrong = '';
            says.textContent = say('computing …', '계산하는 중입니다 …');
            try {
                const how = await Live.runProgram(view.program, args(), { seconds: 30 }, (stream, part) => {
                    if (stream === 1) text += part;
                    else wrong += part;
                });
                if (how.status !== 0) throw new Error(wrong || how.trap || say('that takes too long', '너무 오래 걸립니다'));
                data = JSON.parse(text);
            } catch (error) {
                says.textContent = error.message;
                return;
            }
            last = view.last(data);
            step.max = step.value = last;
            box.liveData = data;
            show();
        }
        box.addEventListener('keydown', (event) => {
            const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
            if (!by || event.target.closest('input, select')) return;
            event.preventDefault();
            move(by);
        });
        /* Not before it is near: a page begins as quickly as without it. */
        new IntersectionObserver((seen, observer) => {
            if (!seen.some((s) => s.isIntersecting)) return;
            observer.disconnect();
            compute();
        }, { rootMargin: '600px' }).observe(box);
    }
    return { panel, choice, field, table, picture, shown };
})());
