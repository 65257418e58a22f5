/* wasi.js: what the book's programs ask of a system, in memory: arguments, streams, files, a clock, one child.
 *
 * Of WASI preview 1, the calls that common/ and the chapters make; and the few of posix/page.h. Runs in a worker. */
'use strict';

/* A program ends by throwing one of these; status is as waitpid() tells it: exit status * 256, or a signal. */
class ProgramEnd { constructor(status) { this.status = status; } }

/* Files that processes share: path -> { bytes, size }. */
function makeFiles(given) {
    return new Map(Object.entries(given || {}).map(([path, bytes]) => [path, { bytes, size: bytes.length }]));
}

/* Why a program trapped: 'recursion', 'memory', or '' if it did not: then the error is ours. */
function kindOfTrap(error, stackPointer) {
    if (stackPointer < 1024 || stackPointer > 1 << 30 || error instanceof RangeError || error.name === 'InternalError') return 'recursion';
    return error instanceof WebAssembly.RuntimeError ? 'memory' : '';
}

/* module, files; options: { args, env, terminal, write(stream, bytes) }, and for a child: { child: after which fork, ended:
   how the earlier children ended, region: what is shared } */
function makeProcess(module, files, options) {
    const OK = 0, BADF = 8, EXIST = 20, INVAL = 28, NOENT = 44, SPIPE = 70;
    const SIGABRT = 6, SIGSEGV = 11, RECURSION = 97 << 8; /* see check-gradients.c */
    const CHARACTER_DEVICE = 2, DIRECTORY = 3, REGULAR = 4;
    const open = [{ out: 0 }, { out: 1 }, { out: 2 }, { folder: '.' }, { folder: '/' }];
    const sink = { bytes: new Uint8Array(0), size: 0, isSink: true };
    const encoder = new TextEncoder(), decoder = new TextDecoder();
    const words = (list) => list.map((s) => encoder.encode(s + '\0'));
    const args = words(options.args), env = words(Object.entries(options.env || {}).map((e) => e.join('=')));
    const forbidden = [], ended = options.ended ? [...options.ended] : [];
    let memory = null, shared = null, forks = 0, most = 1 << 28;

    const view = () => new DataView(memory.buffer);
    function bytes(at, size) {
        if (at + size > memory.buffer.byteLength) throw new ProgramEnd(SIGSEGV);
        return new Uint8Array(memory.buffer, at, size);
    }
    const path = (at, size) => decoder.decode(bytes(at, size).slice()).replace(/^(\.?\/)+/, '');
    function put(list, pointers, at) {
        for (const word of list) {
            view().setUint32(pointers, at, true);
            bytes(at, word.length).set(word);
            pointers += 4;
            at += word.length;
        }
        return OK;
    }
    function sizes(list, count, total) {
        view().setUint32(count, list.length, true);
        view().setUint32(total, list.reduce((n, word) => n + word.length, 0), true);
        return OK;
    }
    function room(file, size) {
        if (size > most) throw new ProgramEnd(25); /* SIGXFSZ */
        if (size <= file.bytes.length) return;
        const more = new Uint8Array(Math.max(size, 2 * file.bytes.length));
        more.set(file.bytes.subarray(0, file.size));
        file.bytes = more;
    }
    function stat(at, kind, size) {
        bytes(at, 64).fill(0);
        view().setUint8(at + 16, kind);
        view().setBigUint64(at + 24, 1n, true);
        view().setBigUint64(at + 32, BigInt(size), true);
        return OK;
    }
    /* The buffers of a vector of (address, length). */
    function* each(vector, count) {
        for (let k = 0; k < count; k++)
            yield bytes(view().getUint32(vector + 8 * k, true), view().getUint32(vector + 8 * k + 4, true));
    }
    function append(f, from) {
        if (f.append) f.at = f.file.size;
        room(f.file, f.at + from.length);
        f.file.bytes.set(from, f.at);
        f.at += from.length;
        f.file.size = Math.max(f.file.size, f.at);
    }

    const wasi = {
        args_sizes_get: (count, total) => sizes(args, count, total),
        args_get: (pointers, at) => put(args, pointers, at),
        environ_sizes_get: (count, total) => sizes(env, count, total),
        environ_get: (pointers, at) => put(env, pointers, at),
        clock_time_get(id, precision, at) {
            view().setBigUint64(at, BigInt(Math.round((id === 0 ? Date.now() : performance.now()) * 1e6)), true);
            return OK;
        },
        poll_oneoff: () => INVAL, /* nanosleep: there is nothing to wait for */
        sched_yield: () => OK,
        proc_exit(status) { throw new ProgramEnd(status << 8); },
        fd_prestat_get(fd, at) {
            if (!open[fd] || !open[fd].folder) return BADF;
            view().setUint32(at, 0, true);
            view().setUint32(at + 4, 1, true);
            return OK;
        },
        fd_prestat_dir_name(fd, at) {
            bytes(at, 1)[0] = open[fd].folder.charCodeAt(0);
            return OK;
        },
        fd_fdstat_get(fd, at) {
            const f = open[fd];
            if (!f) return BADF;
            bytes(at, 24).fill(0);
            view().setUint8(at, f.folder ? DIRECTORY : f.file || !options.terminal ? REGULAR : CHARACTER_DEVICE);
            view().setBigUint64(at + 8, f.file || f.folder ? (1n << 62n) - 1n : 64n | 2n, true);
            view().setBigUint64(at + 16, (1n << 62n) - 1n, true);
            return OK;
        },
        fd_fdstat_set_flags: () => OK,
        fd_sync: () => OK,
        fd_datasync: () => OK,
        fd_filestat_get(fd, at) {
            const f = open[fd];
            if (!f) return BADF;
            return stat(at, f.file ? REGULAR : f.folder ? DIRECTORY : CHARACTER_DEVICE, f.file ? f.file.size : 0);
        },
        fd_filestat_set_size(fd, size) {
            const f = open[fd];
            if (!f || !f.file) return BADF;
            room(f.file, Number(size));
            f.file.bytes.fill(0, f.file.size, Number(size));
            f.file.size = Number(size);
            return OK;
        },
        fd_filestat_set_times: () => OK,
        fd_close(fd) {
            if (!open[fd]) return BADF;
            open[fd] = null;
            return OK;
        },
        fd_seek(fd, offset, whence, at) {
            const f = open[fd];
            if (!f || !f.file) return f ? SPIPE : BADF;
            const to = Number(offset) + [0, f.at, f.file.size][whence];
            if (to < 0) return INVAL;
            f.at = to;
            view().setBigUint64(at, BigInt(to), true);
            return OK;
        },
        fd_pread(fd, vector, count, offset, at) {
            const f = open[fd];
            if (!f || !f.file) return BADF;
            const was = f.at;
            f.at = Number(offset);
            wasi.fd_read(fd, vector, count, at);
            f.at = was;
            return OK;
        },
        fd_read(fd, vector, count, at) {
            const f = open[fd];
            let got = 0;
            if (!f) return BADF;
            for (const into of each(vector, count)) {
                const part = f.file ? f.file.bytes.subarray(f.at, Math.min(f.at + into.length, f.file.size)) : [];
                into.set(part);
                if (f.file) f.at += part.length;
                got += part.length;
            }
            view().setUint32(at, got, true);
            return OK;
        },
        fd_write(fd, vector, count, at) {
            const f = open[fd];
            let put = 0;
            if (!f || f.folder) return BADF;
            for (const from of each(vector, count)) {
                if (f.file && !f.file.isSink) append(f, from);
                else if (!f.file && from.length) options.write(f.out, from.slice());
                put += from.length;
            }
            view().setUint32(at, put, true);
            return OK;
        },
        fd_readdir: (fd, at, size, cookie, used) => (view().setUint32(used, 0, true), OK),
        path_open(fd, follow, name, length, how, rights, inherited, flags, at) {
            const CREATE = 1, EXCLUSIVE = 4, TRUNCATE = 8, APPEND = 1;
            const p = path(name, length);
            let file = p === 'dev/null' ? sink : files.get(p);
            if (file && how & EXCLUSIVE) return EXIST;
            if (!file && !(how & CREATE)) return NOENT;
            if (!file) files.set(p, file = { bytes: new Uint8Array(256), size: 0 });
            if (how & TRUNCATE) file.size = 0;
            const free = open.indexOf(null), made = free < 0 ? open.length : free;
            open[made] = { file, at: 0, append: (flags & APPEND) !== 0 };
            view().setUint32(at, made, true);
            return OK;
        },
        path_filestat_get(fd, flags, name, length, at) {
            const p = path(name, length), file = files.get(p);
            if (p === '' || p === '.') return stat(at, DIRECTORY, 0);
            return file ? stat(at, REGULAR, file.size) : NOENT;
        },
        path_readlink: () => INVAL,
        path_rename(fd, from, fromLength, to, toName, toLength) {
            const file = files.get(path(from, fromLength));
            if (!file) return NOENT;
            files.delete(path(from, fromLength));
            files.set(path(toName, toLength), file);
            return OK;
        },
        path_remove_directory: () => NOENT,
        path_unlink_file: (fd, name, length) => (files.delete(path(name, length)) ? OK : NOENT),
    };

    /* ---- posix/page.h ---- */

    const page = {
        share(at, size) { shared = { at, size }; },
        forbid(at, size) { forbidden.push({ at, size }); },
        printed(size) { most = size; },
        dup2(from, to) {
            if (!open[from]) return -1;
            open[to] = open[from];
            return to;
        },
        /* A child runs anew up to the fork that made it; the earlier ones are over. */
        fork() {
            const n = forks++, child = options.child;
            if (n === child) {
                if (shared) bytes(shared.at, shared.size).set(options.region);
                return 0;
            }
            if (child !== undefined) return 2;
            const region = shared && bytes(shared.at, shared.size).slice();
            const made = makeProcess(module, files, { ...options, child: n, ended, region, write() {} });
            ended[n] = made.start();
            if (shared) bytes(shared.at, shared.size).set(made.shared());
            return 2;
        },
        wait: () => ended[forks - 1],
        abort() { throw new ProgramEnd(SIGABRT); },
    };

    const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi, page });
    memory = instance.exports.memory;
    return {
        exports: instance.exports,
        /* Run it. Returns its status; of a parent's trap, the kind is thrown. */
        start() {
            const isTouched = () => forbidden.some(({ at, size }) => bytes(at, size).some((byte) => byte !== 0));
            try {
                instance.exports._start();
                return isTouched() ? SIGSEGV : 0;
            } catch (error) {
                if (error instanceof ProgramEnd) return isTouched() ? SIGSEGV : error.status;
                const pointer = instance.exports.__stack_pointer, kind = kindOfTrap(error, pointer ? pointer.value : 1 << 20);
                if (!kind) throw error;
                if (options.child === undefined) throw kind;
                return kind === 'recursion' ? RECURSION : SIGSEGV;
            }
        },
        shared: () => bytes(shared.at, shared.size).slice(),
    };
}
