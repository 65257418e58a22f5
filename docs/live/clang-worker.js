/* clang-worker.js: compiles and links a reader's file beside the page. Stands behind @yowasp/clang (as `Clang`) in one script. */
'use strict';

/* The package would fetch five files; they are here already, and the large one is compiled. */
function begin(task) {
    self.liveFetch = async (url) => {
        const name = String(url).split('/').pop();
        return new Response(task.parts[name] || '', { headers: { 'x-part': name } });
    };
    WebAssembly.compileStreaming = async (given) => {
        const response = await given;
        return response.headers.get('x-part') === 'llvm.core.wasm' ? task.llvm : WebAssembly.compile(await response.arrayBuffer());
    };
    /* The first call loads it all. */
    return compile({ source: 'int x;\n', headers: {}, name: 'x.c' });
}

/* As make compiles it, and with what tells a null pointer, an index beyond an array, a division by 0 (checked.c). */
const CC = ['clang', '-cc1', '-triple', 'wasm32-unknown-wasi', '-emit-obj', '-O1', '-std=c11', '-mrelocation-model', 'static', '-target-feature', '+simd128',
    '-ffp-contract=off', '-fvisibility=hidden', '-fgnuc-version=4.2.1', '-ferror-limit', '10', '-isysroot', '/usr', '-internal-isystem', '/usr/include',
    '-internal-isystem', '/usr/include/wasm32-wasi', '-I/book', '-D', 'REAL=double', '-Wall', '-Wextra', '-Wshadow', '-Wconversion', '-Wvla',
    '-fsanitize=null,array-bounds,integer-divide-by-zero', '-fsanitize-minimal-runtime'];
const LD = ['wasm-ld', '-m', 'wasm32', '-s', '--stack-first', '-z', 'stack-size=1048576', '--max-memory=536870912', '--export=__stack_pointer', '/usr/lib/crt1-command.o',
    'rest.o', 'own.o', '-L/usr/lib', '-lc', '/usr/lib/builtins.a', '-o', 'program.wasm'];

/* task: { source, name, headers, rest } -> { said, program; failed: not compiled } */
async function compile(task) {
    const out = { said: '' }, decoder = new TextDecoder();
    const options = { decodeASCII: false, fetchProgress() {}, stdout() {}, stderr(bytes) { if (bytes) out.said += decoder.decode(bytes, { stream: true }); } };
    try {
        const made = await Clang.runLLVM([...CC, '-main-file-name', task.name, '-o', 'own.o', '-x', 'c', task.name], { [task.name]: task.source, book: task.headers }, options);
        if (task.rest) out.program = (await Clang.runLLVM(LD, { 'rest.o': task.rest, 'own.o': made['own.o'] }, options))['program.wasm'];
    } catch (error) {
        out.failed = true;
        if (!(error instanceof Clang.Exit)) out.said += String(error);
    }
    return out;
}

onmessage = async ({ data }) => postMessage(await (data.kind === 'begin' ? begin(data) : compile(data)));
