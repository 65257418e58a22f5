/* unrolled.js: a word unrolled in time: what goes forward, then what comes back, step by step (steps.js). The numbers come
 * from trace.c, which runs in the page. */
Live.take('unrolled', async function (box) {
    'use strict';
    const { say } = Live, { panel, choice, field, table } = await Live.script('steps');
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

    const LIST = chapter < 3 ? FORWARD : FORWARD.filter(([name]) => name !== 'y').concat(BACKWARD);
    let which, word, way;

    function controls(row, compute, show) {
        which = choice(row, say('weights', '가중치'), [['post', say('of the post, hardly trained', '씨앗 글 001의 것, 학습 전')], ['0', say('as drawn', '처음 뽑은 것')],
            ['100', say('after 100 passes', '100번 훑은 뒤')], ['300', say('after 300 passes', '300번 훑은 뒤')], ['1000', say('after 1000 passes', '1000번 훑은 뒤')]], compute);
        word = field(row, say('word', '단어'), 'vector', () => {
            if (which.value === 'post') which.value = '300';
            compute();
        });
        way = choice(row, say('backward', '역전파'), [['naive', say('chapter 3: one step', '3장, 한 시각만')], ['bptt', say('chapter 4: through time', '4장, 시간을 거슬러')]], show);
        way.value = chapter >= 4 ? 'bptt' : 'naive';
        way.parentNode.hidden = chapter < 3;
        if (chapter === 4) which.value = '300';
        return () => (which.value === 'post' ? [] : ['--word', word.value, '--passes', which.value]);
    }
    /* at: 0 to T - 1 forward, then T to 2T - 1 backward. */
    function draw(place, data, at, all) {
        const steps = data[way.value], T = data.T, forward = at < T, now = all ? -1 : forward ? at : 2 * T - 1 - at;
        table(place, 't', steps.map((s, t) => `${t}: ${data.chars[s.x]} → ${data.chars[s.target]}`), now, LIST.map(([name, label]) => {
            const isBack = BACKWARD.some(([n]) => n === name), scale = name === 'own' || name === 'dhnext' ? 'dh' : name;
            const largest = name === 'p' ? 1 : Math.max(...data.bptt.concat(data.naive).flatMap((s) => s[scale].map(Math.abs)));
            return {
                label,
                cell: (t) => ({
                    values: steps[t][name], largest, names: name === 'p' ? data.chars : null, marked: name === 'p' || name === 'dy' ? steps[t].target : -1,
                    seen: all || (isBack ? !forward && t >= now : !forward || t <= now), now: t === now && isBack !== forward,
                }),
                between: (t) => ({
                    sign: name === 'h' ? '→' : name !== 'dhnext' ? '' : way.value === 'naive' ? '×' : '←',
                    seen: all || (name === 'h' ? !forward || t < now : !forward && t >= now),
                }),
            };
        }));
    }
    panel(box, {
        title: say('The network unrolled in time', '시간에 펼친 신경망'), point: POINTS[chapter], program: 'page-trace', controls, draw,
        last: (data) => (chapter < 3 ? data.T : 2 * data.T),
        says: ({ T, loss }, at, all) => (all ? say(`all steps. Loss ${loss}`, `모든 걸음. 손실 ${loss}`)
            : at < T ? say(`forward, t = ${at}`, `순전파, t = ${at}`) : say(`backward, t = ${2 * T - 1 - at}`, `역전파, t = ${2 * T - 1 - at}`)),
    });
});
