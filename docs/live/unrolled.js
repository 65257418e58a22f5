/* unrolled.js: a word unrolled in time: what goes forward, then what comes back, one step at a time. The numbers come from
 * trace.c, which runs in the page. At first all of it is there; slider, arrow keys and buttons go through it step by step. */
Live.take('unrolled', function (box) {
    'use strict';
    const { make, say } = Live;
    const chapter = +box.dataset.page.slice(2);
    const FORWARD = [['h', 'hs[t]'], ['y', 'ys[t]'], ['p', 'ps[t]']];
    const BACKWARD = [['dy', 'dy'], ['own', 'Whyᵀ dy'], ['dhnext', '+ dhnext'], ['dh', '= dh'], ['dhraw', 'dhraw']];
    const POINTS = {
        2: say('What the network has read is in hs[t] alone: for the same character, hs[t] and the probabilities differ if something else came before (try "hello": l twice).',
            '지금까지 읽은 것은 hs[t] 하나에만 남습니다. 같은 문자가 들어와도 앞이 다르면 hs[t]와 확률이 다릅니다(l이 두 번 나오는 hello로 보십시오).'),
        3: say('In chapter 3, nothing comes from the later steps: dhnext is 0 everywhere, and each step answers for its own target only.',
            '3장의 역전파에서는 뒤 시각에서 넘어오는 것이 없습니다. dhnext가 모두 0이고, 시각마다 제 정답 하나만 책임집니다.'),
        4: say('In chapter 4, dhnext brings to step t all that the later steps ask of hs[t]; with chapter 3\'s pass it is 0. With the weights as drawn it is tiny beside the step\'s own share Whyᵀ dy, and it grows with training: compare.',
            '4장에서는 뒤의 모든 시각이 hs[t]에 바라는 것이 dhnext로 넘어옵니다. 3장의 역전파로 바꾸면 이 줄이 모두 0입니다. 처음 뽑은 가중치에서는 그 시각 자신의 몫인 Whyᵀ dy에 견주어 아주 작고, 학습하면서 커집니다. 견주어 보십시오.'),
    };

    function shown(v) {
        if (v === 0) return '0';
        return (Math.abs(v) < 1e-3 ? v.toExponential(0) : v.toFixed(4)).replace('-', '−');
    }
    /* Blue is positive, orange negative; the deeper, the larger beside the largest of its row. */
    function vector(cell, values, largest, names, marked) {
        const list = make('span', 'live-vector', cell);
        values.forEach((v, i) => {
            const one = make('span', i === marked ? 'live-marked' : '', list, names ? `${names[i]} ${v.toFixed(2)}` : shown(v));
            const depth = largest ? Math.sqrt(Math.min(1, Math.abs(v) / largest)) : 0;
            one.style.background = `rgba(${v < 0 ? '230, 126, 34' : '31, 119, 196'}, ${(.7 * depth).toFixed(3)})`;
            one.title = String(v);
        });
    }
    /* at: 0 to T - 1 forward, then T to 2T - 1 backward; 2T: all. */
    function draw(place, data, way, at, rows) {
        const steps = data[way], T = data.T, all = at >= rows.last, forward = at < T, now = all ? -1 : forward ? at : 2 * T - 1 - at;
        place.textContent = '';
        const table = make('table', '', place), head = make('tr', '', table);
        make('th', '', head, 't');
        for (let t = 0; t < T; t++) {
            const cell = make('th', t === now ? 'live-now' : '', head, `${t}: ${data.chars[steps[t].x]} → ${data.chars[steps[t].target]}`);
            cell.scope = 'col';
            if (t + 1 < T) make('td', '', head);
        }
        for (const [name, label] of rows.list) {
            const isBack = BACKWARD.some(([n]) => n === name), scale = name === 'own' || name === 'dhnext' ? 'dh' : name;
            const largest = name === 'p' ? 1 : Math.max(...data.bptt.concat(data.naive).flatMap((s) => s[scale].map(Math.abs)));
            const row = make('tr', '', table);
            make('th', '', row, label).scope = 'row';
            for (let t = 0; t < T; t++) {
                const seen = all || (isBack ? !forward && t >= now : !forward || t <= now);
                const cell = make('td', (seen ? '' : 'live-unseen') + (t === now && isBack !== forward ? ' live-now' : ''), row);
                vector(cell, steps[t][name], largest, name === 'p' ? data.chars : null, name === 'p' || name === 'dy' ? steps[t].target : -1);
                if (t + 1 < T) {
                    const sign = name === 'h' ? '→' : name !== 'dhnext' ? '' : way === 'naive' ? '×' : '←';
                    const drawn = all || (name === 'h' ? !forward || t < now : !forward && t >= now);
                    make('td', 'live-arrow' + (drawn ? '' : ' live-unseen'), row, sign);
                }
            }
        }
        const column = place.querySelector('th.live-now');
        if (column) place.scrollLeft = column.offsetLeft - place.clientWidth / 2;
    }

    make('b', '', box, say('The network unrolled in time', '시간에 펼친 신경망'));
    const row = make('div', 'live-row', box), which = make('select', '', make('label', '', row, say('weights', '가중치')));
    for (const [value, name] of [['post', say('of the post, hardly trained', '씨앗 글 001의 것, 학습 전')], ['0', say('as drawn', '처음 뽑은 것')],
        ['100', say('after 100 passes', '100번 훑은 뒤')], ['300', say('after 300 passes', '300번 훑은 뒤')], ['1000', say('after 1000 passes', '1000번 훑은 뒤')]])
        make('option', '', which, name).value = value;
    const word = make('input', '', make('label', '', row, say('word', '단어')));
    Object.assign(word, { value: 'vector', size: 10, maxLength: 12 });
    const wayLabel = make('label', '', row, say('backward', '역전파')), way = make('select', '', wayLabel);
    for (const [value, name] of [['naive', say('chapter 3: one step', '3장, 한 시각만')], ['bptt', say('chapter 4: through time', '4장, 시간을 거슬러')]])
        make('option', '', way, name).value = value;
    way.value = chapter >= 4 ? 'bptt' : 'naive';
    wayLabel.hidden = chapter < 3;
    if (chapter === 4) which.value = '300';
    const stepRow = make('div', 'live-row', box);
    function button(text, label, by) {
        const made = make('button', '', stepRow, text);
        made.type = 'button';
        made.setAttribute('aria-label', label);
        made.onclick = () => move(by);
    }
    button('←', say('step back', '한 걸음 뒤로'), -1);
    const step = make('input', '', stepRow);
    Object.assign(step, { type: 'range', min: 0 });
    step.setAttribute('aria-label', say('step', '걸음'));
    button('→', say('step on', '한 걸음 앞으로'), 1);
    const says = Live.status(stepRow), place = make('div', 'live-unrolled', box);
    make('p', 'live-point', box, POINTS[chapter]);
    place.tabIndex = 0;
    let data = null;

    const list = { list: chapter < 3 ? FORWARD : FORWARD.filter(([n]) => n !== 'y').concat(BACKWARD), last: 0 };
    function show() {
        const at = +step.value, T = data.T;
        draw(place, data, way.value, at, list);
        says.textContent = at >= list.last ? say(`all steps. Loss ${data.loss}`, `모든 걸음. 손실 ${data.loss}`)
            : at < T ? say(`forward, t = ${at}`, `순전파, t = ${at}`) : say(`backward, t = ${2 * T - 1 - at}`, `역전파, t = ${2 * T - 1 - at}`);
    }
    function move(by) {
        if (!data) return;
        step.value = by > 0 && +step.value >= list.last ? 0 : +step.value + by;
        show();
    }
    async function compute() {
        let text = '', wrong = '';
        const trained = which.value !== 'post', args = trained ? ['--word', word.value, '--passes', which.value] : [];
        says.textContent = say('computing …', '계산하는 중입니다 …');
        try {
            const how = await Live.runProgram('page-trace', args, { seconds: 10 }, (stream, part) => {
                if (stream === 1) text += part;
                else wrong += part;
            });
            if (how.status !== 0) throw new Error(wrong || how.trap);
            data = JSON.parse(text);
        } catch (error) {
            says.textContent = error.message;
            return;
        }
        list.last = chapter < 3 ? data.T : 2 * data.T;
        step.max = list.last;
        step.value = list.last;
        box.liveTrace = data;
        show();
    }
    step.oninput = way.onchange = () => data && show();
    which.onchange = compute;
    word.onchange = () => {
        if (which.value === 'post') which.value = '300';
        compute();
    };
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
});
