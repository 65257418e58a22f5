/* worker.js: runs a program, or a training, beside the page. Stands behind wasi.js in one script. */
'use strict';

/* What it writes goes to the page as it comes; at its end, how it ended, and the files that were asked for. */
function runProgram(task) {
    const files = makeFiles(task.files), end = { kind: 'end', status: -1, files: {} }, start = performance.now();
    try {
        const write = (stream, bytes) => postMessage({ kind: 'out', stream, bytes });
        const status = makeProcess(task.module, files, { args: task.args, env: task.env, write }).start(), signal = status & 127;
        end.status = signal ? 128 + signal : status >> 8; /* as a shell tells it */
    } catch (error) {
        end.trap = String(error.message || error);
    }
    end.milliseconds = performance.now() - start;
    for (const name of task.take || []) {
        const file = files.get(name);
        if (file) end.files[name] = file.bytes.slice(0, file.size);
    }
    postMessage(end);
}

/* Training (export.h), in slices of SLICE ms, so that messages get through: pause, rate, temperature, save. */
function makeTraining() {
    const SLICE = 40, SAMPLE = 200;
    const channel = new MessageChannel();
    let files = null, wasm = null, going = false, last = 0, temperature = 1, sampleEvery = 500, sampledAt = 0, every = 1, spent = 0;

    function string(at) {
        const bytes = new Uint8Array(wasm.memory.buffer, at);
        return new TextDecoder().decode(bytes.slice(0, bytes.indexOf(0)));
    }
    /* Until `last`, if that is not 0. */
    function go(on) {
        const was = going;
        going = on && !(last && wasm.live_iterations() >= last);
        if (going && !was) channel.port2.postMessage(0);
    }
    function begin(task) {
        const korean = task.korean ? 1 : 0;
        files = makeFiles({ text: new TextEncoder().encode(task.text), ...(task.saved && { 'run.npy': task.saved }) });
        wasm = makeProcess(task.module, files, { args: ['train'], write() {} }).exports;
        wasm._initialize();
        const wrong = task.saved ? wasm.live_resume(korean)
            : wasm.live_start(task.hidden, task.rate, task.seed, korean);
        if (wrong) return postMessage({ kind: 'wrong', text: string(wrong) });
        ({ temperature, sampleEvery, last } = task);
        sampledAt = wasm.live_iterations();
        every = wasm.live_every();
        const rate = wasm.live_get_rate(), hidden = wasm.live_hidden(), symbols = wasm.live_symbols(), summed = wasm.live_summed();
        postMessage({ kind: 'begun', characters: wasm.live_characters(), vocabulary: wasm.live_vocabulary(), rate, hidden, symbols, summed });
        go(true);
    }
    function slice() {
        if (!going) return;
        const start = performance.now(), points = [];
        do {
            const at = wasm.live_iterations(), n = Math.min(every - at % every, last ? last - at : every);
            points.push([at + n, wasm.live_steps(n), wasm.live_smooth_loss()]);
            if (!(points[points.length - 1][1] < Infinity) || at + n === last) going = false;
        } while (going && performance.now() - start < SLICE);
        const n = wasm.live_iterations(), seconds = (performance.now() - start) / 1000;
        spent += seconds;
        postMessage({ kind: 'points', points, bits: wasm.live_bits(), held: wasm.live_held(), spent, going, lost: !(points[points.length - 1][1] < Infinity) });
        if (n - sampledAt >= sampleEvery) {
            sampledAt = n;
            postMessage({ kind: 'sample', n, temperature, text: string(wasm.live_sample(SAMPLE, temperature)) });
        }
        channel.port2.postMessage(0);
    }
    function save() {
        const wrong = wasm.live_save(), file = files.get('run.npy');
        if (wrong) postMessage({ kind: 'wrong', text: string(wrong) });
        else postMessage({ kind: 'saved', n: wasm.live_iterations(), bytes: file.bytes.slice(0, file.size) });
    }
    channel.port1.onmessage = slice;
    return { train: begin, save, go: (task) => go(task.on), rate: (task) => wasm.live_rate(task.value), temperature: (task) => { temperature = task.value; } };
}

const tasks = { run: runProgram, ...makeTraining() };
onmessage = (event) => tasks[event.data.kind](event.data);
