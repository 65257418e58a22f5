/* look.js: what chapters 5, 6, 7 and 11 are about, step by step (steps.js): clipped gradients, Adagrad's steps, softmax at
 * several temperatures, the gates of an LSTM. The numbers come from look.c, which runs in the page. */
Live.take('look', async function (box) {
    'use strict';
    const { make, say } = Live, { panel, choice, field, table, picture, shown } = await Live.script('steps');
    const program = 'page-look', two = (v) => v.toFixed(2).replace('-', '−');
    const last = (data) => data.steps.length;
    const largest = (steps, name) => Math.max(...steps.flatMap((s) => s[name] || []).map(Math.abs));

    /* ---- chapter 5 ---- */

    /* Every gradient as a faint arrow, what is left of it as a strong one; what lies between, dotted. */
    function drawClipped(place, data, at, all, name, label) {
        const SIZE = 240, reach = Math.max(1.3, largest(data.steps, 'g')), x = (v) => SIZE / 2 * (1 + .92 * v / reach), y = (v) => SIZE - x(v);
        const frame = make('figure', '', place), add = picture(frame, label, SIZE, SIZE), limit = { class: 'live-limit' };
        make('figcaption', '', frame, label);
        if (name === 'value') add('rect', { x: x(-1), y: y(1), width: x(1) - x(-1), height: x(1) - x(-1), ...limit });
        else add('circle', { cx: x(0), cy: y(0), r: x(1) - x(0), ...limit });
        data.steps.forEach(({ g, [name]: clipped }, k) => {
            if (!all && k > at) return;
            const now = !all && k === at ? ' live-strong' : '';
            add('line', { x1: x(clipped[0]), y1: y(clipped[1]), x2: x(g[0]), y2: y(g[1]), class: 'live-dotted' });
            add('circle', { cx: x(g[0]), cy: y(g[1]), r: 2, class: 'live-faint' });
            if (now) add('line', { x1: x(0), y1: y(0), x2: x(g[0]), y2: y(g[1]), class: 'live-faint' });
            if (all || now) add('line', { x1: x(0), y1: y(0), x2: x(clipped[0]), y2: y(clipped[1]), class: 'live-clipped' + now });
            add('circle', { cx: x(clipped[0]), cy: y(clipped[1]), r: 3, class: 'live-dot' });
        });
    }
    const byValue = say('by value', '값 기준'), byNorm = say('by norm', '노름 기준');
    const clip = {
        title: say('A gradient of two elements, clipped', '원소가 둘인 기울기 자르기'),
        point: say('Both ways keep the gradient short. By norm its direction stays; by value only what sticks out of the square is cut, so the direction turns towards a corner: the longer the gradients, the more of them end up in the four corners (length 5).',
            '둘 다 기울기를 짧게 만듭니다. 노름 기준은 방향을 그대로 둡니다. 값 기준은 정사각형 밖으로 나간 원소만 자르므로 방향이 꼭짓점 쪽으로 돌아갑니다. 기울기가 길수록 네 꼭짓점으로 몰립니다(길이 5로 보십시오).'),
        controls(row, compute) {
            const length = choice(row, say('length', '길이'), [['0.8', '0.8'], ['2', '2'], ['5', '5']], compute);
            length.value = '2';
            return () => ['--what', 'clip', '--length', length.value];
        },
        draw(place, data, at, all) {
            const row = make('div', 'live-row', place);
            drawClipped(row, data, at, all, 'value', byValue + say(', to ±1', ', ±1'));
            drawClipped(row, data, at, all, 'norm', byNorm + say(', to 1', ', 1'));
        },
        says(data, at, all) {
            const least = (name) => two(Math.min(...data.steps.map((s) => s[name])));
            const vector = (v) => `(${two(v[0])}, ${two(v[1])})`, s = data.steps[at];
            return all ? say(`all gradients. The least cosine with the gradient before: ${byValue} ${least('value_cosine')}; ${byNorm} ${least('norm_cosine')}`,
                `모든 기울기. 자르기 전과 이루는 각의 가장 작은 코사인: ${byValue} ${least('value_cosine')}, ${byNorm} ${least('norm_cosine')}`)
                : say(`${vector(s.g)}; ${byValue} ${vector(s.value)}, cosine ${two(s.value_cosine)}; ${byNorm} ${vector(s.norm)}, cosine ${two(s.norm_cosine)}`,
                    `${vector(s.g)}. ${byValue} ${vector(s.value)}, 코사인 ${two(s.value_cosine)}. ${byNorm} ${vector(s.norm)}, 코사인 ${two(s.norm_cosine)}`);
        },
    };

    /* ---- chapter 6 ---- */

    /* How long each step of both weights was. */
    function drawSteps(place, data, at, all) {
        const WIDTH = 640, HEIGHT = 200, left = 44, right = WIDTH - 10, top = 24, bottom = HEIGHT - 24, most = .1, wide = (right - left) / data.steps.length;
        const x = (t) => left + wide * t, y = (v) => bottom - (bottom - top) * v / most;
        const add = picture(place, say('how long the steps of two weights are', '두 가중치의 걸음의 길이'), WIDTH, HEIGHT);
        for (const v of [0, most / 2, most]) {
            add('line', { x1: left, y1: y(v), x2: right, y2: y(v), class: 'live-grid' });
            add('text', { x: left - 6, y: y(v) + 4, 'text-anchor': 'end' }, String(v));
        }
        for (let t = 0; t < data.steps.length; t += data.words) {
            add('line', { x1: x(t), y1: top, x2: x(t), y2: bottom, class: 'live-grid' });
            add('text', { x: x(t) + 2, y: HEIGHT - 8 }, say(`pass ${t / data.words + 1}`, `${t / data.words + 1}번째 훑기`));
        }
        data.names.forEach((name, k) => {
            add('text', { x: left + 90 * k, y: top - 10, class: 'live-bar' + k }, `■ Wxh[0,${name}]`);
            data.steps.slice(0, all ? undefined : at + 1).forEach(({ step }, t) => {
                const up = y(Math.abs(step[k]));
                add('rect', { x: x(t) + wide * (.1 + .4 * k), y: up, width: .4 * wide, height: bottom - up, class: 'live-bar' + k });
            });
        });
    }
    const adagrad = {
        title: say('A step of its own for each weight', '가중치마다 제 걸음'),
        point: say('No step is longer than the learning rate, 0.1, and the first one is as long, however small its gradient. The weight that reads o, a letter of every word, soon takes short steps only; the weight that reads v, which comes once in a pass, moves far whenever it comes.',
            '어느 걸음도 학습률 0.1보다 길지 않고, 첫걸음은 기울기가 아무리 작아도 거의 0.1입니다. 단어마다 나오는 o를 읽는 가중치는 곧 짧은 걸음만 뗍니다. 한 번 훑는 동안 한 번만 나오는 v를 읽는 가중치는 나올 때마다 다시 멀리 움직입니다.'),
        controls: () => () => ['--what', 'adagrad', '--passes', '4'],
        draw(place, data, at, all) {
            drawSteps(place, data, at, all);
            const s = data.steps[all ? data.steps.length - 1 : at];
            const rows = [['g', say('gradient g', '기울기 g')], ['mem', 'mem (Σ g²)'], ['rate', say('0.1 / √mem', '0.1 / √mem')], ['step', say('step of Adagrad', 'Adagrad의 걸음')], ['descent', say('of gradient descent', '경사 하강법이라면')]];
            table(place, say('weight', '가중치'), data.names.map((name) => `Wxh[0,${name}]`), -1, rows.map(([name, label]) => ({
                label, cell: (k) => ({ values: [s[name][k]], largest: name === 'step' || name === 'descent' ? .1 : 0, seen: true }),
            })));
        },
        says: (data, at, all) => (all ? say(`all ${data.steps.length} updates; the numbers are the last one's`, `갱신 ${data.steps.length}번 모두. 아래 수는 마지막 갱신의 것입니다`)
            : say(`update ${at + 1} of ${data.steps.length}`, `갱신 ${at + 1}/${data.steps.length}`)),
    };

    /* ---- chapter 7 ---- */

    const softmax = {
        title: say('Softmax at several temperatures', '온도마다의 소프트맥스'),
        point: say('Dividing the scores by the temperature stretches or shrinks the distances between them, and softmax makes a distance a ratio of probabilities. The order never changes: at 0 the first takes all, at 5 all are nearly alike.',
            '점수를 온도로 나누면 점수 사이의 차이가 벌어지거나 좁혀지고, 소프트맥스는 그 차이를 확률의 비로 바꿉니다. 차례는 바뀌지 않습니다. 0에서는 첫째가 다 가지고, 5에서는 모두 비슷해집니다.'),
        controls(row, compute) {
            const word = field(row, say('the network has read', '신경망이 읽은 글'), 'vecto', compute);
            return () => ['--what', 'softmax', '--word', word.value];
        },
        draw(place, data, at, all) {
            const none = data.chars.map(() => 0), rows = [['y', say('y / temperature', 'y / 온도'), largest(data.steps, 'y')], ['exp', say('exp(that − the largest)', 'exp(그것 − 가장 큰 것)'), 1], ['p', 'p', 1]];
            table(place, say('temperature', '온도'), data.steps.map((s) => String(s.temperature)), all ? -1 : at, rows.map(([name, label, most]) => ({
                label, cell: (k) => ({ values: data.steps[k][name] || none, largest: most, names: data.chars, seen: (all || k <= at) && !!data.steps[k][name], now: !all && k === at }),
            })));
        },
        says(data, at, all) {
            const bits = (s) => say(`temperature ${s.temperature}: entropy ${two(s.entropy)} bits`, `온도 ${s.temperature}: 엔트로피 ${two(s.entropy)}비트`);
            return all ? say('all temperatures', '모든 온도') + '. ' + data.steps.map(bits).join(', ') : bits(data.steps[at]);
        },
    };

    /* ---- chapter 11 ---- */

    const gates = {
        title: say('The gates over a word', '단어를 읽는 게이트'),
        point: say('Whether r or a follows "to" depends on v, the first letter of vector. Look at the second cell (underlined): its f stays near 1 up to o, so what v has left in c is carried along. Read ectoaxg: c is lower there, a comes next, and as a is read f falls to 0: what is no longer needed is erased.',
            'to 다음이 r인지 a인지는 vector의 첫 글자 v가 정합니다. 둘째 칸(밑줄)을 보십시오. o를 읽을 때까지 f가 1에 가까워서 v가 c에 남긴 것이 그대로 실려 갑니다. ectoaxg를 읽히면 그 자리의 c가 더 낮고 a가 나옵니다. 그 a를 읽을 때 f가 0에 가까워져, 쓸모가 끝난 것을 지웁니다.'),
        controls(row, compute) {
            const word = field(row, say('read', '읽을 글'), 'vector', compute);
            const passes = choice(row, say('weights', '가중치'), [['0', say('as drawn', '처음 뽑은 것')], ['100', say('after 100 passes', '100번 훑은 뒤')], ['500', say('after 500 passes', '500번 훑은 뒤')]], compute);
            passes.value = '500';
            return () => ['--what', 'gates', '--word', word.value, '--passes', passes.value];
        },
        draw(place, data, at, all) {
            const rows = [['f', say('f, forget', 'f, 망각')], ['i', say('i, input', 'i, 입력')], ['g', say('g, new', 'g, 새로 적을 값')], ['c', 'c = f∘cprev + g∘i'], ['o', say('o, output', 'o, 출력')], ['h', 'h = o∘tanh c'], ['p', 'p']];
            table(place, 't', data.steps.map((s, t) => `${t}: ${data.chars[s.x]}`), all ? -1 : at, rows.map(([name, label]) => ({
                label,
                cell: (t) => ({ values: data.steps[t][name], largest: name === 'c' ? largest(data.steps, 'c') : 1, names: name === 'p' ? data.chars : null, marked: name === 'f' || name === 'c' ? 1 : -1, seen: all || t <= at, now: !all && t === at }),
                between: (t) => ({ sign: name === 'c' || name === 'h' ? '→' : '', seen: all || t < at }),
            })));
        },
        says: (data, at, all) => (all ? say('all characters', '모든 문자') : say(`t = ${at}, “${data.chars[data.steps[at].x]}” is read`, `t = ${at}, ‘${data.chars[data.steps[at].x]}’를 읽음`)),
    };

    panel(box, { ...{ 5: clip, 6: adagrad, 7: softmax, 11: gates }[+box.dataset.page.slice(2)], program, last });
});
