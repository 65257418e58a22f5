/* write.js: write it yourself. An editor with the chapter's starter; clang compiles and links it in the page with the kit of
 * the chapter, and the check of the chapter runs: check-gradients, or the questions of the student's folder. */
Live.take('write', function (box) {
    'use strict';
    const { make, say } = Live;
    const number = +box.dataset.page.slice(2), SECONDS = 10, LETTERS_A_MB = 1e6;
    const isGradients = number === 3 || number === 4;

    /* ---- the compiler: one for the page ---- */

    async function fetched(tell) {
        const brought = await Live.script('clang'), pieces = [];
        for (let k = 0; k < brought.pieces; k++) {
            const there = (pieces.reduce((n, p) => n + p.length, 0) / LETTERS_A_MB).toFixed(0), all = (brought.bytes / LETTERS_A_MB).toFixed(0);
            tell(say(`fetching the compiler, ${there} of ${all} MB …`, `컴파일러를 가져오는 중입니다. ${all} MB 가운데 ${there} MB …`));
            pieces.push(await Live.script('clang-' + k));
        }
        tell(say('unpacking the compiler …', '컴파일러를 푸는 중입니다 …'));
        const parts = {};
        for (const [name, text] of Object.entries(brought.parts)) parts[name] = await Live.inflate(text);
        return { llvm: await WebAssembly.compile(await Live.inflate(pieces.join(''))), parts };
    }
    async function newCompiler(tell) {
        const { llvm, parts } = await fetched(tell);
        const worker = new Worker(Live.address(await Live.script('clang-worker')));
        const ask = (task) => new Promise((resolve, reject) => {
            worker.onmessage = ({ data }) => resolve(data);
            worker.onerror = (event) => reject(new Error(event.message));
            worker.postMessage(task);
        });
        tell(say('starting the compiler …', '컴파일러를 켜는 중입니다 …'));
        const begun = await ask({ kind: 'begin', llvm, parts });
        if (begun.failed) throw new Error(begun.said);
        return (task) => ask({ kind: 'compile', ...task });
    }
    function compiler(tell) {
        if (!Live.compiler) Live.compiler = newCompiler(tell);
        Live.compiler.catch(() => { Live.compiler = null; });
        return Live.compiler;
    }
    const isSmall = () => (navigator.deviceMemory || 8) < 4 || /Mobi|Android/.test(navigator.userAgent);

    /* ---- the editor: a text area with numbered lines, of which those with errors are marked ---- */

    function makeEditor(place, name, text, changed) {
        const frame = make('div', 'live-editor', place), gutter = make('pre', '', make('div', '', frame)), area = make('textarea', '', frame);
        Object.assign(area, { wrap: 'off', spellcheck: false, autocapitalize: 'off', autocomplete: 'off' });
        area.setAttribute('aria-label', say(`${name}, an editor; Escape and then Tab leaves it`, `${name} 편집기. Esc를 누르고 Tab을 누르면 나갑니다`));
        gutter.setAttribute('aria-hidden', 'true');
        let marked = new Map(), leaves = false;
        function number() {
            const lines = area.value.split('\n').length;
            gutter.textContent = '';
            for (let k = 1; k <= lines; k++) {
                const one = make('span', marked.has(k) ? 'live-wrong' : '', gutter, k + '\n');
                if (marked.has(k)) one.title = marked.get(k);
            }
            area.rows = Math.min(lines + 1, 36);
        }
        function insert(what) { document.execCommand('insertText', false, what); } /* which can be undone */
        area.oninput = () => {
            number();
            changed(area.value);
        };
        area.onscroll = () => { gutter.scrollTop = area.scrollTop; };
        area.onkeydown = (event) => {
            if (event.isComposing) return;
            if (event.key === 'Tab' && !leaves && !event.shiftKey) {
                event.preventDefault();
                insert('    ');
            } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
                const line = area.value.slice(0, area.selectionStart).split('\n').pop();
                event.preventDefault();
                insert('\n' + /^ */.exec(line)[0] + (/\{\s*$/.test(line) ? '    ' : ''));
            }
            leaves = event.key === 'Escape';
        };
        function set(value) {
            area.value = value;
            number();
        }
        set(text);
        return {
            set,
            text: () => area.value,
            mark(list) {
                marked = new Map(list.map((m) => [m.line, m.text]));
                number();
            },
            go(line) {
                const at = area.value.split('\n').slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
                area.focus();
                area.setSelectionRange(at, at);
            },
        };
    }

    /* ---- a folder with one file, as make's MINE takes it, in a tar archive ---- */

    function tar(path, text) {
        const body = new TextEncoder().encode(text), made = new Uint8Array(512 * (3 + Math.ceil(body.length / 512)));
        const put = (at, s) => made.set(new TextEncoder().encode(s), at);
        const octal = (n, digits) => n.toString(8).padStart(digits, '0') + '\0';
        put(0, path);
        put(100, octal(0o644, 7) + octal(0, 7) + octal(0, 7) + octal(body.length, 11) + octal(Math.floor(Date.now() / 1000), 11) + '        0');
        put(257, 'ustar\0' + '00');
        put(148, octal(made.subarray(0, 512).reduce((sum, b) => sum + b, 0), 6) + ' ');
        made.set(body, 512);
        return new Blob([made]);
    }

    /* ---- what is told ---- */

    /* "backward.c:12:5: error: ..." */
    function marksOf(said, name) {
        return [...said.matchAll(/^([^\n:]+):(\d+):\d+: (?:fatal )?(error|warning): (.*)$/gm)].filter((m) => m[1] === name)
            .map((m) => ({ line: +m[2], kind: m[3], text: m[4] }));
    }
    const PROBABLY = /아마도 이 실수|Probably/, READ = /^(\s*)(읽을 곳|Read|to read): (?:chapters\/\*-([a-z-]+)\/README\.md(?:#(\S+))?)?/;
    /* The lines of what a check printed, with the hints taken out up to a level: 1: what the mistake is, 2: where to read of it. */
    function byLevel(text) {
        const lines = text.replace(/\n+$/, '').split('\n');
        let inside = false;
        return lines.map((line) => {
            if (READ.test(line)) return { line, level: 2 };
            if (isGradients && /^(아마도 이 실수|likely mistake)/.test(line)) inside = true;
            if (isGradients && /^(named: |not one of|right|broken contract)/.test(line)) return { line, level: 0 };
            return { line, level: inside || PROBABLY.test(line) ? 1 : 0 };
        });
    }
    function verdictOf(text, how) {
        const last = text.trim().split('\n').pop();
        const good = (en, ko) => ({ good: true, text: '✓ ' + say(en, ko) }), bad = (en, ko) => ({ good: false, text: say(en, ko) });
        if (how.late) return bad(`no end within ${SECONDS} s: does every loop come to its end?`, `${SECONDS}초 안에 끝나지 않아 멈추었습니다. 끝나지 않는 반복문이 있습니까?`);
        if (how.trap) return bad('it ended: ' + how.trap, '중단되었습니다: ' + how.trap);
        if (last === 'right') return good('right', 'right: 다섯 기울기가 모두 맞습니다');
        if (number === 3 && last === 'named: no-dhnext')
            return good('named: no-dhnext, and that is the aim of this chapter: all that is missing is the subject of chapter 4', 'named: no-dhnext. 이 장에서는 이것이 합격입니다. 모자란 것은 4장에서 더할 항 하나뿐입니다');
        const points = /^(\d+)\/(\d+)$/.exec(last);
        if (points && points[1] === points[2]) return good(`${last} points: all right`, `${last}점: 모두 맞습니다`);
        if (points) return bad(`${last} points`, `${last}점`);
        return /^(named|not one|broken)/.test(last) ? bad(last, last) : bad(`no verdict, exit status ${how.status}`, `판정이 없습니다. 종료 상태 ${how.status}`);
    }

    /* ---- the box ---- */

    make('b', '', box, say('Write it yourself', '직접 쓰기'));
    make('p', '', box, isGradients
        ? say('Here is the starter of this chapter: fill it in, and check it without installing anything. What you write stays in this browser.', '이 장의 시작 코드입니다. 채워서, 아무것도 설치하지 않고 여기서 검사해 보십시오. 쓴 것은 이 브라우저에만 남습니다.')
        : say('Here is the starter of this chapter: fill it in, and let it answer the questions of the assignment. What you write stays in this browser.', '이 장의 시작 코드입니다. 채워서, 과제의 물음에 답하게 해 보십시오. 쓴 것은 이 브라우저에만 남습니다.'));
    const row = make('div', 'live-row', box);
    function button(text, pressed) {
        const made = make('button', '', row, text);
        made.type = 'button';
        made.onclick = pressed;
        return made;
    }
    const open = button(say('Open the editor', '편집기 열기'), async () => {
        open.disabled = true;
        const kit = await Live.script('kit-' + number), key = 'min-char-rnn-' + number;
        const kept = (what) => { try { return what(localStorage); } catch (error) { return null; } /* a browser may keep nothing */ };
        const place = make('div');
        row.before(place);
        const editor = makeEditor(place, kit.name, kept((s) => s.getItem(key)) || kit.starter, (text) => kept((s) => s.setItem(key, text)));
        const errors = make('ul', 'live-errors', box), out = make('pre', 'live-output', box), more = make('div', 'live-row', box);
        const headers = JSON.parse(new TextDecoder().decode(await Live.inflate(kit.headers))), rest = await Live.inflate(kit.rest);
        const questions = kit.questions && await Live.inflate(kit.questions);
        let asked = !isSmall();
        open.remove();
        out.hidden = true;
        out.tabIndex = 0;
        const check = button(say('Check', '검사'), go);
        check.title = 'Ctrl + Enter';
        button(say('Back to the starter', '처음 코드로'), () => {
            kept((s) => s.removeItem(key));
            editor.set(kit.starter);
            editor.mark([]);
        });
        button(say('Download', '내려받기'), () => {
            const link = make('a');
            link.href = URL.createObjectURL(tar('hw/' + kit.name, editor.text()));
            link.download = 'hw.tar';
            link.click();
        }).title = say('a folder for make: tar xf hw.tar, then MINE=hw', 'make가 쓰는 폴더입니다. tar xf hw.tar로 풀고 MINE=hw를 줍니다');
        const says = Live.status(row), tell = (text) => { says.textContent = text; };
        if (!Live.compiler) tell(say('The first check fetches the compiler, 32 MB, once.', '처음 검사할 때 컴파일러(32 MB)를 한 번 내려받습니다.'));

        function showOutput(text) {
            const lines = byLevel(text), most = Math.max(0, ...lines.map((l) => l.level));
            let level = 0;
            function show() {
                out.textContent = '';
                for (const { line, level: at } of lines.filter((l) => l.level <= level)) {
                    const read = at === 2 && READ.exec(line), page = read && kit.pages[read[3]];
                    if (page) {
                        out.append(`${read[1]}${read[2]}: `);
                        make('a', '', out, line.slice(line.indexOf(': ') + 2)).href = `${page}.html${read[4] ? `#${page}-${read[4]}` : ''}`;
                        out.append('\n');
                    } else {
                        out.append(line + '\n');
                    }
                }
                more.textContent = '';
                if (level < most) {
                    const hint = make('button', '', more, level ? say('Where can I read about it?', '어디를 읽을까요?') : say('A hint: what may the mistake be?', '힌트: 무엇이 틀렸을까요?'));
                    hint.type = 'button';
                    hint.onclick = () => {
                        level++;
                        show();
                    };
                }
            }
            out.hidden = !text.trim();
            show();
        }
        function showErrors(list) {
            errors.textContent = '';
            for (const m of list) {
                const link = make('button', '', make('li', '', errors), say(`line ${m.line}`, `${m.line}번 줄`) + `: ${m.text}`);
                link.type = 'button';
                link.onclick = () => editor.go(m.line);
            }
        }
        async function go() {
            box.classList.remove('live-right');
            box.liveVerdict = null;
            if (!asked && !Live.compiler) {
                asked = true;
                return tell(say('The compiler is 32 MB and takes some 500 MB of memory: press again to fetch it.', '컴파일러는 32 MB이고 메모리를 500 MB쯤 씁니다. 가져오려면 한 번 더 누르십시오.'));
            }
            check.disabled = true;
            let verdict;
            try {
                const compile = await compiler(tell);
                tell(say('compiling …', '컴파일하는 중입니다 …'));
                const made = await compile({ source: editor.text(), name: kit.name, headers, rest }), marks = marksOf(made.said, kit.name);
                editor.mark(marks);
                showErrors(marks);
                if (made.failed) {
                    showOutput(marks.length ? '' : made.said);
                    verdict = { good: false, text: say('it does not compile', '컴파일되지 않았습니다') };
                } else {
                    let text = '', wrong = '';
                    tell(say('checking …', '검사하는 중입니다 …'));
                    const how = await Live.run(await WebAssembly.compile(made.program), { args: ['check', '--lang', say('en', 'ko')], files: questions ? { questions } : {}, seconds: SECONDS },
                        (stream, part) => {
                            if (stream === 1) text += part;
                            else wrong += part;
                        });
                    verdict = verdictOf(text, how);
                    showOutput(wrong + text.replace(/\n\d+\/\d+\n$/, '\n'));
                    verdict.output = wrong + text;
                }
            } catch (error) {
                verdict = { good: false, text: error.message };
            }
            check.disabled = false;
            box.classList.toggle('live-right', verdict.good);
            tell(verdict.text);
            box.liveVerdict = verdict;
        }
        place.addEventListener('keydown', (event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            if (!check.disabled) go();
        });
        box.live = { set: editor.set, check: go };
    });
});
