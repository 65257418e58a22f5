/* train.js: chapters 8 and 15 in the page: a training that goes on beside the text, its curve and its samples. The numbers
 * are min-char-rnn's and char-rnn's own, by train.c and char.c; a run can be saved here and gone on with by the native
 * program, and the reverse. */
Live.take('train', function (box) {
    'use strict';
    const { make, say } = Live;
    const TEXTS = [['file-sokdam', say('Korean proverbs, 4 thousand characters', '속담 300개, 4천 자')], ['file-psalms', say('Psalms, 300 thousand characters', '시편(영어), 30만 자')],
        ['file-aegukga', say('the Korean anthem', '애국가')], ['', say('your own text', '내 글')]];
    const NETWORKS = {
        'min-char-rnn': { name: say('RNN (chapter 8)', 'RNN(8장)'), part: 'page-train', text: 'file-sokdam', hidden: 100, rate: .1, sampleEvery: 500 },
        'char-rnn': { name: say('LSTM (chapter 15)', 'LSTM(15장)'), part: 'page-char', text: 'file-psalms', hidden: 128, rate: .004, sampleEvery: 25 },
    };
    const SAMPLES = 5, HEIGHT = 220;

    /* The curve: single losses thin, their running mean thick; nat at the left, bits per character at the right. summed: the
       characters that a loss is the sum over. */
    function draw(canvas, points, summed) {
        const ratio = window.devicePixelRatio || 1, width = canvas.clientWidth;
        if (canvas.width !== Math.round(width * ratio)) {
            canvas.width = Math.round(width * ratio);
            canvas.height = HEIGHT * ratio;
            canvas.style.height = HEIGHT + 'px';
        }
        const g = canvas.getContext('2d'), style = getComputedStyle(canvas), ink = style.color;
        const left = 40, right = width - 52, top = 8, bottom = HEIGHT - 22, bit = Math.LN2 * summed;
        const first = points[0][0], last = points[points.length - 1][0];
        const highest = Math.max(...points.slice(0, 50).map((p) => p[2]), points[points.length - 1][2]) * 1.05;
        const x = (n) => left + (right - left) * (n - first) / (last - first), y = (l) => bottom - (bottom - top) * Math.min(l, highest) / highest;
        function text(align, what, at, down) {
            g.textAlign = align;
            g.fillText(what, at, down);
        }
        g.setTransform(ratio, 0, 0, ratio, 0, 0);
        g.clearRect(0, 0, width, HEIGHT);
        g.font = '11px sans-serif';
        g.fillStyle = g.strokeStyle = ink;
        g.lineWidth = 1;
        for (let b = 0; b * bit < highest; b++) {
            g.globalAlpha = .15;
            g.strokeRect(left, y(b * bit), right - left, 0);
            g.globalAlpha = .8;
            text('left', b + (b ? '' : say(' bits', '비트')), right + 4, y(b * bit) + 4);
        }
        for (let k = 0; k <= 4; k++) {
            text('right', (highest * k / 4).toFixed(summed > 1 ? 0 : 1), left - 4, y(highest * k / 4) + 4);
            text('center', Math.round(first + (last - first) * k / 4).toLocaleString(), x(first + (last - first) * k / 4), HEIGHT - 6);
        }
        const step = Math.max(1, Math.floor(points.length / (2 * width)));
        for (const [column, colour, alpha] of [[1, ink, .25], [2, style.getPropertyValue('--primary-color') || '#1779c4', 1]]) {
            g.globalAlpha = alpha;
            g.strokeStyle = colour;
            g.lineWidth = column;
            g.beginPath();
            for (let k = 0; k < points.length; k += step) g.lineTo(x(points[k][0]), y(points[k][column]));
            g.stroke();
        }
        g.globalAlpha = 1;
    }

    function slider(row, name, least, most, step, value, show) {
        const label = make('label', '', row, name), input = make('input', '', label), output = make('output', '', label);
        Object.assign(input, { type: 'range', min: least, max: most, step, value });
        input.show = () => { output.textContent = show(+input.value); };
        input.addEventListener('input', input.show);
        input.show();
        return input;
    }
    function button(row, text, pressed) {
        const made = make('button', '', row, text);
        made.type = 'button';
        made.onclick = pressed;
        return made;
    }
    function filePicker(row, text, accept, chosen) {
        const input = make('input', '', row), open = button(row, text, () => input.click());
        Object.assign(input, { type: 'file', accept, hidden: true });
        input.onchange = async () => {
            if (input.files[0]) chosen(new Uint8Array(await input.files[0].arrayBuffer()));
            input.value = '';
        };
        return open;
    }

    make('b', '', box, say('Train in this page', '이 자리에서 학습하기'));
    const choose = make('div', 'live-row', box), network = make('select', '', make('label', '', choose, say('network', '신경망'))), text = make('select', '', make('label', '', choose, say('text', '글')));
    TEXTS.forEach(([value, name]) => { make('option', '', text, name).value = value; });
    const hidden = slider(choose, say('hidden size', '은닉 크기'), 10, 300, 2, 100, String);
    Object.entries(NETWORKS).forEach(([value, { name }]) => { make('option', '', network, name).value = value; });
    const own = make('textarea', '', box), ownRow = make('div', 'live-row', box);
    Object.assign(own, { rows: 5, placeholder: say('Paste a text to learn. It does not leave this browser.', '배울 글을 붙여 넣으십시오. 이 브라우저 밖으로 나가지 않습니다.') });
    own.setAttribute('aria-label', say('your own text', '내 글'));
    own.style.width = '100%';
    filePicker(ownRow, say('from a file', '파일에서'), '.txt,text/plain', (bytes) => { own.value = new TextDecoder().decode(bytes); });
    const row = make('div', 'live-row', box);
    const start = button(row, say('Train', '학습'), () => begin(null)), pause = button(row, say('Pause', '멈춤'), () => go(!going));
    const rate = slider(row, say('learning rate', '학습률'), -3, 0, .05, -1, (v) => (10 ** v).toPrecision(2));
    const rateNow = () => +(10 ** rate.value).toPrecision(2); /* as it is shown */
    const heat = slider(row, say('temperature', '온도'), .1, 2, .05, 1, (v) => v.toFixed(2));
    const says = make('p', 'live-says', box), canvas = make('canvas', '', box), samples = make('div', '', box);
    const keep = make('div', 'live-row', box);
    const save = button(keep, say('Save a checkpoint', '체크포인트 저장'), () => worker.postMessage({ kind: 'save' }));
    filePicker(keep, say('Go on from a checkpoint', '체크포인트에서 이어 하기'), '.npy', (bytes) => begin(bytes));
    const kept = make('span', '', keep);
    canvas.setAttribute('role', 'img');
    canvas.hidden = pause.disabled = save.disabled = true;
    text.onchange = () => { own.hidden = ownRow.hidden = text.value !== ''; };
    network.value = box.dataset.page === 'ch15' ? 'char-rnn' : 'min-char-rnn';
    network.onchange = () => {
        const chosen = NETWORKS[network.value];
        hidden.value = chosen.hidden;
        rate.value = Math.log10(chosen.rate);
        hidden.show();
        rate.show();
        kept.textContent = say(`${network.value} reads and writes the same file: --resume, --checkpoint`, `${network.value}이 읽고 쓰는 것과 같은 파일입니다(--resume, --checkpoint)`);
    };
    network.onchange();
    text.value = NETWORKS[network.value].text;
    text.onchange();

    let worker = null, points = [], going = false, begun = null, waiting = false, from = 0, savedTo = null, program = network.value;
    const counted = (n) => n.toLocaleString();

    function go(on) {
        going = on;
        if (worker) worker.postMessage({ kind: 'go', on });
        pause.textContent = on ? say('Pause', '멈춤') : say('Go on', '이어 하기');
    }
    const told = {
        wrong(message) { says.textContent = message.text; },
        begun(message) {
            begun = { ...message, program };
            hidden.value = message.hidden;
            rate.value = Math.log10(message.rate);
            hidden.show();
            rate.show();
            pause.disabled = save.disabled = canvas.hidden = false;
            go(true);
        },
        points(message) {
            if (!points.length) from = message.points[0][0] - 1;
            points.push(...message.points);
            const n = points[points.length - 1][0], speed = begun.symbols * (n - from) / message.spent;
            const bits = message.bits.toFixed(3), lost = message.lost;
            says.textContent = say(
                `${counted(begun.characters)} characters, ${begun.vocabulary} different ones. Iteration ${counted(n)}, ${bits} bits per character, ${counted(Math.round(speed))} characters per second`,
                `글은 ${counted(begun.characters)}자, 서로 다른 문자는 ${begun.vocabulary}가지입니다. 반복 ${counted(n)}, 문자당 ${bits}비트, 초당 ${counted(Math.round(speed))}자`) +
                (message.held ? say(`; ${message.held.toFixed(3)} on the part held out`, `. 떼어 둔 글에서는 ${message.held.toFixed(3)}비트입니다`) : '') +
                (lost ? say('. The loss is no number any more: lower the learning rate', '. 손실이 더는 수가 아닙니다. 학습률을 낮추십시오') : '');
            canvas.setAttribute('aria-label', says.textContent);
            if (!message.going) go(false);
            if (!waiting) requestAnimationFrame(() => {
                waiting = false;
                if (points.length > 1) draw(canvas, points, begun.summed);
            });
            waiting = true;
        },
        sample(message) {
            const one = make('div', 'live-sample');
            make('small', '', one, say(`iteration ${counted(message.n)}, temperature ${message.temperature}`, `반복 ${counted(message.n)}, 온도 ${message.temperature}`));
            make('div', '', one, message.text);
            samples.prepend(one);
            while (samples.children.length > SAMPLES) samples.lastChild.remove();
        },
        saved(message) {
            if (savedTo) return savedTo(message);
            const link = make('a');
            link.href = URL.createObjectURL(new Blob([message.bytes]));
            link.download = `${begun.program}-${message.n}.npy`;
            link.click();
        },
    };
    /* Begin anew, or from a checkpoint. last: the iteration to stop at; 0: none. */
    async function begin(saved, last) {
        if (worker) worker.terminate();
        points = [];
        samples.textContent = '';
        says.textContent = say('loading …', '불러오는 중입니다 …');
        try {
            const source = text.value ? new TextDecoder().decode(await Live.inflate(await Live.script(text.value))) : own.value;
            program = network.value;
            const { part, sampleEvery } = NETWORKS[program], { module } = await Live.program(part);
            worker = await Live.newWorker();
            worker.onmessage = ({ data }) => told[data.kind](data);
            worker.onerror = (event) => { says.textContent = event.message; };
            worker.postMessage({ kind: 'train', module, text: source, saved, hidden: +hidden.value, rate: rateNow(), seed: 0,
                temperature: +heat.value, sampleEvery, last: last || 0, korean: say(false, true) });
        } catch (error) {
            says.textContent = error.message;
        }
    }
    rate.addEventListener('input', () => worker && worker.postMessage({ kind: 'rate', value: rateNow() }));
    heat.addEventListener('input', () => worker && worker.postMessage({ kind: 'temperature', value: +heat.value }));
    /* For the checks: begin, and the checkpoint's bytes at the end. */
    box.live = {
        begin,
        points: () => points,
        saved: () => new Promise((resolve) => {
            savedTo = (message) => {
                savedTo = null;
                resolve(message.bytes);
            };
            save.click();
        }),
    };
});
