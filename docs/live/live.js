/* live.js: the book's programs run in the page: a button under each block of their output. The other live things of a
 * page stand on what is here, and are loaded where a page has a box for them.
 *
 * Programs come as scripts, which a page may load from a file, too; nothing is sent anywhere. */
const Live = (function () {
    'use strict';
    const base = document.currentScript.src.replace(/[^/]*$/, '');
    const korean = document.documentElement.lang === 'ko';
    const asked = new Map(), waiting = new Map(), programs = new Map();
    let workerAt = null; /* the address of its script */

    /* ---- what both languages need ---- */

    function say(en, ko) { return korean ? ko : en; }

    function make(tag, name, parent, text) {
        const made = document.createElement(tag);
        if (name) made.className = name;
        if (text !== undefined) made.textContent = text;
        if (parent) parent.append(made);
        return made;
    }

    /* A place whose changes a screen reader reads. */
    function status(parent) {
        const made = make('span', 'live-says', parent);
        made.setAttribute('role', 'status');
        return made;
    }

    /* ---- programs ---- */

    async function inflate(base64) {
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
        return new Uint8Array(await new Response(stream).arrayBuffer());
    }

    /* What live/NAME.js brings: it calls take(NAME, what). */
    function script(name) {
        if (!asked.has(name))
            asked.set(name, new Promise((resolve, reject) => {
                const tag = document.createElement('script');
                tag.src = base + name + '.js';
                waiting.set(name, resolve);
                tag.onerror = () => {
                    asked.delete(name);
                    tag.remove();
                    reject(new Error(say('could not be loaded: ', '불러오지 못했습니다: ') + tag.src));
                };
                document.head.append(tag);
            }));
        return asked.get(name);
    }
    function take(name, what) { waiting.get(name)(what); }

    async function load(name) {
        const packed = await script(name), files = {}, text = packed.expected[korean ? 'ko' : 'en'];
        for (const [path, file] of Object.entries(packed.files)) files[path] = await inflate(await script(file));
        const expected = text && new TextDecoder().decode(await inflate(text));
        return { module: await WebAssembly.compile(await inflate(packed.wasm)), files, expected };
    }
    /* { module, files, expected } */
    function program(name) {
        if (!programs.has(name)) programs.set(name, load(name));
        programs.get(name).catch(() => programs.delete(name));
        return programs.get(name);
    }

    /* The address of a script for a worker; one from a file may not be started by its own address. */
    function address(text) { return URL.createObjectURL(new Blob([text], { type: 'text/javascript' })); }
    async function newWorker() {
        if (!workerAt) workerAt = address(await script('worker'));
        return new Worker(workerAt);
    }

    const TRAPS = {
        recursion: say('it calls itself without end', '끝없이 자신을 부릅니다'),
        memory: say('it called abort(), or reached for memory that is not its own', 'abort()를 불렀거나 제 것이 아닌 메모리를 건드렸습니다'),
    };
    /* Run a module; told(stream, text). task: { args, files, take, seconds, stopped(f) }: f() stops it.
       -> { status, trap, late, stopped, milliseconds, files } */
    async function run(module, task, told) {
        const worker = await newWorker(), decoders = { 1: new TextDecoder(), 2: new TextDecoder() };
        return new Promise((resolve) => {
            let timer = 0;
            function end(how) {
                clearTimeout(timer);
                worker.terminate();
                resolve(how);
            }
            if (task.seconds) timer = setTimeout(() => end({ status: -1, late: true }), 1000 * task.seconds);
            if (task.stopped) task.stopped(() => end({ status: -1, stopped: true }));
            worker.onerror = (event) => end({ status: -1, trap: event.message });
            worker.onmessage = ({ data }) => {
                if (data.kind === 'out') told(data.stream, decoders[data.stream].decode(data.bytes, { stream: true }));
                if (data.kind === 'end') end({ ...data, trap: TRAPS[data.trap] || data.trap });
            };
            worker.postMessage({ kind: 'run', module, args: task.args, env: {}, files: task.files || {}, take: task.take });
        });
    }
    async function runProgram(name, args, task, told) {
        const p = await program(name);
        const files = { ...p.files, ...task.files };
        return run(p.module, { ...task, args: [name, ...args, '--lang', korean ? 'ko' : 'en'], files }, told);
    }

    /* ---- the buttons ---- */

    function seconds(milliseconds) {
        const s = milliseconds / 1000;
        return s.toFixed(s < 0.1 ? 3 : 1) + say(' s', '초');
    }

    /* Under a block of output: run the whole program now. Is what it prints the book's, to the last byte? */
    function addButton(block) {
        const name = block.dataset.program, fixed = (block.dataset.args || '').split(' ').filter(Boolean);
        const bar = make('div', 'live-bar', block), button = make('button', '', bar, say('Run', '실행'));
        const options = make('input', 'live-options', bar), says = status(bar);
        const folded = make('details', 'live-folded', block), summary = make('summary', '', folded);
        const out = make('pre', 'live-output', folded);
        let stop = null;
        button.type = 'button';
        button.title = say(`run the program ${name} in this page`, `이 쪽에서 프로그램 ${name}을 실행합니다`);
        folded.hidden = options.hidden = true; /* until it has run */
        options.placeholder = '--help';
        options.spellcheck = false;
        options.setAttribute('aria-label', say(`further options of ${name}`, `${name}의 옵션`));
        options.onkeydown = (event) => { if (event.key === 'Enter') button.click(); };
        out.tabIndex = 0;

        function tell(how, same, given) {
            const time = how.milliseconds === undefined ? '' : seconds(how.milliseconds);
            if (how.stopped) says.textContent = say('stopped', '멈추었습니다');
            else if (how.trap) says.textContent = say('it ended: ', '중단되었습니다: ') + how.trap;
            else if (same) says.textContent = say(`✓ computed here in ${time}: the same as in the book, to the last byte`, `✓ 이 브라우저에서 ${time}에 계산했고, 책의 출력과 마지막 바이트까지 같습니다`);
            else if (given) says.textContent = say(`${time}, exit status ${how.status}`, `${time}, 종료 상태 ${how.status}`);
            else says.textContent = say('it differs from what the book shows', '책의 출력과 다릅니다');
        }
        async function go() {
            const given = options.value.trim().split(/\s+/).filter(Boolean), text = { 1: '', 2: '' };
            let cancelled = false;
            stop = () => { cancelled = true; }; /* until there is something that can be stopped */
            block.liveResult = null;
            block.classList.remove('live-same');
            folded.hidden = options.hidden = false;
            folded.open = true;
            summary.textContent = say('output', '출력');
            out.textContent = says.textContent = '';
            button.textContent = say('Stop', '멈춤');
            const task = {
                stopped(f) {
                    stop = f;
                    if (cancelled) f();
                },
            };
            let how, same = false;
            try {
                how = await runProgram(name, [...fixed, ...given], task, (stream, part) => {
                    text[stream] += part;
                    out.textContent = text[1] + text[2];
                });
                same = !given.length && text[1] === (await program(name)).expected;
            } catch (error) {
                how = { trap: error.message };
            }
            stop = null;
            button.textContent = say('Run', '실행');
            const lines = text[1].split('\n').length - 1;
            summary.textContent = say(`all ${lines} lines of the output`, `출력 ${lines}줄 모두`);
            folded.open = !same;
            block.classList.toggle('live-same', same);
            tell(how, same, given.length > 0);
            block.liveResult = { same, ...how };
        }
        button.onclick = () => (stop ? stop() : go());
    }

    document.addEventListener('DOMContentLoaded', () => {
        if (!window.WebAssembly || !window.DecompressionStream) return;
        document.querySelectorAll('.live-run').forEach(addButton);
        document.querySelectorAll('[data-live]').forEach(async (box) => (await script(box.dataset.live))(box));
    });
    return { take, script, inflate, program, run, runProgram, newWorker, address, say, make, status, seconds };
})();
