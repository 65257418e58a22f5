/* worker.js: runs a program beside the page, from its start to its end. Stands behind wasi.js in one script. */
'use strict';

/* What it writes goes to the page as it comes; at its end, how it ended, and the files that were asked for. */
function runProgram(task) {
    const files = makeFiles(task.files), end = { kind: 'end', status: -1, files: {} }, start = performance.now();
    try {
        const write = (stream, bytes) => postMessage({ kind: 'out', stream, bytes });
        end.status = makeProcess(task.module, files, { args: task.args, env: task.env, write }).start() >> 8;
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

const tasks = { run: runProgram };
onmessage = (event) => tasks[event.data.kind](event.data);
