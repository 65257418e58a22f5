#!/bin/sh
# deps.sh: installs what tests, pictures, docs and the benchmark need. The programs need only a C compiler and make.
#
#   deps.sh install            install it (Debian, Ubuntu), or name the packages
#   deps.sh install portable   the same for the compilers and emulators of tests/portable.sh
#   deps.sh doctor             list what is installed
#   deps.sh need WHAT          silent if WHAT is installed (Criterion, python3, grading), else says how to get it
debian='gcc libc6-dev clang make libcriterion-dev gnuplot-nox fonts-nanum python3 python3-numpy libopenblas0-pthread
    valgrind doxygen doxygen-awesome-css libjs-katex fonts-katex fonts-nanum-coding|fonts-naver-d2coding chromium
    chromium-driver python3-selenium bubblewrap python3-jsonschema lld wasi-libc libopenmpi-dev openmpi-bin'
portable='tcc musl-tools clang-19|clang-18|clang gcc-14|gcc gcc-i686-linux-gnu libc6-dev-i386-cross gcc-s390x-linux-gnu
    libc6-dev-s390x-cross qemu-user'

# The language is that of the first of these that is set, as in common/say.c.
case ${LC_ALL:-${LC_MESSAGES:-$LANG}} in ko | ko[!a-zA-Z]*) korean=yes ;; *) korean= ;; esac
say() { if [ -n "$korean" ]; then printf '%s\n' "$2"; else printf '%s\n' "$1"; fi; }

has() { command -v "$1" >/dev/null 2>&1; }

# ---- install ----

installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

available() { LC_ALL=C apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [^(]'; }

# lacking NAME|OTHER...: print the packages that are not installed; of alternatives, the first that this release has.
# Does not ask for packages that are installed, so that it works without a network.
lacking() {
    for one_of; do
        first=
        for package in $(echo "$one_of" | tr '|' ' '); do
            installed "$package" && continue 2
            [ -n "$first" ] || ! available "$package" || first=$package
        done
        printf '%s ' "${first:-${one_of%%|*}}"
    done
}

# progress NAME...: show apt-get's output as one changing line on a terminal, else as one line for each NAME.
progress() {
    asked=" $* " count=0 all=0 moving=
    while read -r word second third rest; do
        case "$word $second" in
        [0-9]*' upgraded,') all=$((word + third)) ;;
        Get:*) moving=$(echo "$rest" | cut -d' ' -f2) ;;
        'Setting up')
            count=$((count + 1)) moving="[$count/$all] ${third%%:*}"
            case $asked in *" ${third%%:*} "*) [ -t 1 ] || echo "  $moving" ;; esac
            ;;
        E:* | Err:* | 'dpkg: error'* | Waiting*) echo "$word $second $third $rest" ;;
        esac
        [ ! -t 1 ] || [ -z "$moving" ] || printf '\r\033[K  %s' "$moving"
    done
    [ ! -t 1 ] || printf '\r\033[K'
}

# get NAME...: install all packages that this release has together, then those still missing one by one
get() {
    found=
    for package; do
        if available "$package"; then found="$found $package"
        else say "not in this release: $package" "이 릴리스에 없습니다: $package"; fi
    done
    [ -n "$found" ] || return
    say "installing:$found" "설치합니다:$found"
    # shellcheck disable=SC2086  # the names are words
    apt_install $found
    # shellcheck disable=SC2086
    for package in $(lacking $found); do
        apt_install "$package"
        installed "$package" || say "could not install $package" "설치하지 못했습니다: $package"
    done
}

apt_install() {
    $root env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -y -q -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 \
        install --no-install-recommends "$@" 2>&1 | progress "$@"
}

# become_root LIST: set root to a command that runs others as root; if there is none, say what an administrator can run.
become_root() {
    root=
    [ "$(id -u)" -ne 0 ] || return 0
    root=sudo
    has sudo && { sudo -n true 2>/dev/null || { [ -t 0 ] && sudo true; }; } && return 0
    command="apt-get update && apt-get install -y --no-install-recommends $1"
    say "for an administrator to run: $command" "관리자가 실행할 명령: $command" >&2
    return 1
}

install() {
    has apt-get || { elsewhere; have_criterion; return; }
    if [ "$1" = portable ]; then
        wanted=$portable
        # The other of the two most common processors.
        case $(dpkg --print-architecture) in
        arm64) wanted="$wanted gcc-x86-64-linux-gnu libc6-dev-amd64-cross" ;;
        *) wanted="$wanted gcc-aarch64-linux-gnu libc6-dev-arm64-cross" ;;
        esac
    else
        # clang's sanitizers, and its runtime for WebAssembly, are in packages of the same version.
        version=$(apt-cache depends clang 2>/dev/null | sed -n 's/.*Depends: clang-\([0-9]*\)$/\1/p')
        wanted="$debian ${version:+libclang-rt-$version-dev libclang-rt-$version-dev-wasm32}"
        has npm || wanted="$wanted npm" # it may come with a node of another origin
    fi
    # shellcheck disable=SC2086  # the names are words
    list=$(lacking $wanted)
    if [ -n "$list" ]; then
        become_root "${list% }" || return
        say "reading the lists of packages" "패키지 목록을 읽습니다"
        $root env LC_ALL=C apt-get -q update 2>&1 | grep -E '^(E|Err|W):'
        # shellcheck disable=SC2046,SC2086
        get $(lacking $wanted)
    fi
    if [ "$1" = portable ]; then
        say "make portable: installed" "make portable: 설치되어 있습니다"
    elif have_criterion; then
        say "tests, pictures, book and benchmark: installed" "시험, 그림, 책, 성능 측정: 설치되어 있습니다"
    else
        say "Criterion (libcriterion-dev) is missing; the tests need it" "Criterion(libcriterion-dev)이 없습니다. 시험에 필요합니다"
        return 1
    fi
}

elsewhere() {
    say "Install these by the package manager of this system, then try again:" \
        "이 시스템의 패키지 관리자로 다음을 설치한 뒤 다시 해 보세요:"
    cat <<'END'
  macOS   brew install criterion gnuplot numpy doxygen llvm lld wasi-libc wasi-runtimes node open-mpi
          (xcode-select --install)
  Fedora  dnf install gcc clang make gnuplot google-noto-sans-cjk-fonts python3-numpy valgrind libasan libubsan \
              doxygen chromium chromedriver python3-selenium bubblewrap glibc-static lld wasi-libc-devel npm \
              openmpi-devel
          (module load mpi)
  Arch    pacman -S gcc clang make criterion gnuplot noto-fonts-cjk python-numpy valgrind doxygen \
              chromium python-selenium bubblewrap lld wasi-libc wasi-compiler-rt npm openmpi
END
    say "The site (make docs) also wants doxygen-awesome-css and KaTeX, in the folders of Debian's packages: \
docs/site.py names them." \
        "사이트(make docs)에는 doxygen-awesome-css와 KaTeX도 필요합니다. 놓일 폴더는 Debian 패키지와 같으며 docs/site.py에 있습니다."
    say "Criterion is not among Fedora's packages: build it from a release of https://github.com/Snaipe/Criterion." \
        "Fedora에는 Criterion 패키지가 없으니 https://github.com/Snaipe/Criterion 의 릴리스를 빌드하세요."
}

# ---- doctor ----

# links PROGRAM OPTION...: does the compiler link this program?
links() {
    folder=$(mktemp -d) && printf '%s\n' "$1" > "$folder/a.c"
    shift
    ${CC:-cc} -o "$folder/a" "$folder/a.c" "$@" > "$folder/out" 2>&1
    status=$?
    complaint=$(sed -n "s|$folder/||g; /error\\|not found\\|cannot find/{p;q;}" "$folder/out")
    rm -r "$folder"
    return $status
}
small='#include <math.h>
#include <stdio.h>
int main(int n, char **v) { return printf("%s %g\n", v[0], sqrt(n)) < 0; }'

have_criterion() { links '#include <criterion/criterion.h>
Test(a, b) { cr_assert(1); }' -lcriterion; }
# have_module NAME: does the user's or the system's python3 have this module?
have_module() { python3 -c "import $1" >/dev/null 2>&1 || /usr/bin/python3 -c "import $1" >/dev/null 2>&1; }

# tell WHAT WHETHER WHAT-FOR IN-KOREAN [optional]
tell() {
    if [ "$2" -eq 0 ]; then word=$(say "found   " 있음)
    elif [ -n "$5" ]; then word=$(say optional 선택)
    else
        word=$(say "MISSING " 없음)
        missing=yes
    fi
    printf '  %s %-15s %s\n' "$word" "$1" "$(say "$3" "$4")"
}

doctor() {
    missing=
    cc=${CC:-cc}
    if ! has "${cc%% *}"; then
        tell "$cc" 1 "the C compiler, all that the programs need (gcc, libc6-dev: build-essential)" \
            "C 컴파일러. 프로그램에는 이것만 있으면 됩니다(gcc, libc6-dev: build-essential)"
    elif links "$small" -lm; then
        tell "$cc" 0 "compiles the programs (all that they need, with make)" "프로그램을 컴파일합니다(make와 함께 이것만 있으면 됩니다)"
    else
        tell "$cc" 1 "is there, but the headers and libraries of C are not (libc6-dev, a part of build-essential)" \
            "컴파일러는 있지만 C의 헤더와 라이브러리가 없습니다(libc6-dev, build-essential의 일부)"
        printf '    %s\n' "$complaint"
    fi
    has make; tell make $? "builds" "빌드합니다"
    have_criterion; tell Criterion $? "make test (libcriterion-dev)" "make test (libcriterion-dev)"
    has clang; tell clang $? "make bits, a second compiler" "make bits, 두 번째 컴파일러"
    has valgrind; tell valgrind $? "make valgrind" "make valgrind"
    has gnuplot; tell gnuplot $? "make plots, the picture of chapter 8" "make plots, 8장의 그림"
    has python3; tell python3 $? "make weave, make docs, make grade-N" "make weave, make docs, make grade-N"
    has doxygen; tell Doxygen $? "make docs" "make docs"
    [ -f /usr/share/javascript/katex/katex.min.js ]
    tell KaTeX $? "make docs, its formulas (libjs-katex, fonts-katex)" "make docs의 수식(libjs-katex, fonts-katex)"
    [ -f /usr/share/doxygen-awesome-css/doxygen-awesome.css ]
    tell doxygen-awesome $? "make docs, its look (doxygen-awesome-css)" "make docs의 모양(doxygen-awesome-css)"
    has wasm-ld && [ -n "$(ls -d /usr/include/wasm32-wasi* /usr/share/wasi-sysroot /usr/wasm32-wasi* 2>/dev/null)" ]
    tell WebAssembly $? "make docs, programs that run in its pages (lld, wasi-libc, libclang-rt-*-dev-wasm32)" \
        "make docs에서 쪽 안에서 도는 프로그램(lld, wasi-libc, libclang-rt-*-dev-wasm32)" optional
    has npm
    tell npm $? "make docs, the compiler for its editors (npm)" "make docs에서 쪽 안의 편집기가 쓰는 컴파일러(npm)" optional
    has chromium && has chromedriver
    tell Chromium $? "make docs-check, the site in a browser (chromium, chromium-driver)" \
        "make docs-check, 브라우저로 보는 사이트(chromium, chromium-driver)"
    have_module selenium; tell Selenium $? "make docs-check (python3-selenium)" "make docs-check (python3-selenium)"
    has bwrap; tell bubblewrap $? "make grade-N, the better of its two sandboxes" "make grade-N, 두 샌드박스 가운데 나은 것"
    has mpicc && has mpirun
    tell "Open MPI" $? "make chapter-16 NP=2, many ranks (libopenmpi-dev, openmpi-bin)" \
        "make chapter-16 NP=2, 여러 랭크(libopenmpi-dev, openmpi-bin)" optional
    have_module numpy
    tell NumPy $? "make bench, and the test that NumPy opens a checkpoint" \
        "make bench, NumPy로 체크포인트를 여는 시험"
    have_module torch
    tell PyTorch $? "make bench, one comparison more (python3-torch; make deps leaves it out, it is large)" \
        "make bench의 비교 하나 더(python3-torch. 커서 make deps는 설치하지 않습니다)" optional
    has tcc && has musl-gcc && has s390x-linux-gnu-gcc && has qemu-s390x
    tell "more compilers" $? "make portable, what there is of them (sh tests/deps.sh install portable)" \
        "make portable, 있는 것만 씁니다(sh tests/deps.sh install portable)" optional
    [ -z "$missing" ] || say "make deps installs what is missing (Debian, Ubuntu) or names the packages" \
        "없는 것은 make deps로 설치합니다(Debian, Ubuntu). 다른 시스템에서는 패키지 이름을 알려 줍니다"
}

# ---- need ----

# lack NAME PACKAGE: say how to get it
lack() {
    say "$1 is missing. Debian, Ubuntu: sudo apt-get install $2, or make deps for all that there may be need of; \
elsewhere make deps names the packages." \
        "없는 것: $1. Debian과 Ubuntu에서는 sudo apt-get install $2, 또는 필요할 만한 것을 모두 설치하는 make deps. \
다른 시스템에서는 make deps가 패키지 이름을 알려 줍니다." >&2
    missing=yes
}

need() {
    missing=
    case $1 in Criterion | grading) have_criterion || lack Criterion libcriterion-dev ;; esac
    case $1 in python3 | grading) has python3 || lack python3 python3 ;; esac
    case $1 in grading)
        has gcc || lack gcc gcc
        for tool in objcopy ld nm; do has "$tool" || lack "$tool" binutils; done
        ;;
    esac
    [ -z "$missing" ]
}

"$@"
