#!/bin/sh
# deps.sh: what tests, pictures, docs and the benchmark need. `install` brings it; `doctor` tells what is there; `need
# Criterion`, `need python3` and `need grading` are silent where it is there, and else tell how to get it.
# The programs themselves need a C compiler and make only.
debian='gcc clang make libcriterion-dev gnuplot-nox fonts-nanum python3 python3-numpy libopenblas0-pthread valgrind
    doxygen doxygen-awesome-css libjs-katex fonts-katex fonts-nanum-coding chromium chromium-driver python3-selenium
    bubblewrap python3-jsonschema'

# lacking NAME...: those that are not installed. What is there is not asked for, so that a machine without
# network is left in peace.
lacking() {
    for package; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || printf ' %s' "$package"
    done
}

# get NAME...: together, or else one by one: a release may lack one, and doctor tells what it is for.
get() {
    [ $# -gt 0 ] || return 0
    echo "installing: $*"
    root=
    [ "$(id -u)" -eq 0 ] || root=sudo
    quiet="$root env DEBIAN_FRONTEND=noninteractive apt-get -y -q"
    $quiet update >/dev/null || true
    $quiet install --no-install-recommends "$@" >/dev/null 2>&1 && return 0
    for package; do
        $quiet install --no-install-recommends "$package" >/dev/null 2>&1 || echo "could not install $package"
    done
}

install() {
    if command -v apt-get >/dev/null 2>&1; then
        # shellcheck disable=SC2046,SC2086  # the names are words
        get $(lacking $debian)
        # The sanitizers of clang come in a package of its version.
        version=$(clang -dumpversion 2>/dev/null | cut -d. -f1)
        # shellcheck disable=SC2046
        [ -z "$version" ] || get $(lacking "libclang-rt-$version-dev")
        have_criterion && echo "tests, pictures, book and benchmark: installed" && return 0
        echo "Criterion (libcriterion-dev) is missing; the tests need it"
        return 1
    fi
    cat <<'END'
Install these by the package manager of this system, then try again:
  macOS   brew install criterion gnuplot numpy doxygen       (the compiler: xcode-select --install)
  Fedora  dnf install gcc clang make gnuplot google-noto-sans-cjk-fonts python3-numpy valgrind libasan libubsan \
              doxygen chromium chromedriver python3-selenium bubblewrap glibc-static
  Arch    pacman -S gcc clang make criterion gnuplot noto-fonts-cjk python-numpy valgrind doxygen chromium python-selenium bubblewrap
The site (make docs) also wants doxygen-awesome-css and KaTeX, in the folders of Debian's packages: docs/site.py names them.
Criterion is not among Fedora's packages: build it from a release of https://github.com/Snaipe/Criterion.
END
    have_criterion
}

have_criterion() { printf '#include <criterion/criterion.h>\n' | ${CC:-cc} -E - >/dev/null 2>&1; }
have_numpy() { python3 -c 'import numpy' >/dev/null 2>&1 || /usr/bin/python3 -c 'import numpy' >/dev/null 2>&1; }

have_selenium() { python3 -c 'import selenium' >/dev/null 2>&1 || /usr/bin/python3 -c 'import selenium' >/dev/null 2>&1; }

# tell WHAT WHETHER WHAT-FOR
tell() {
    if [ "$2" -eq 0 ]; then printf '  found    %-15s %s\n' "$1" "$3"
    else
        printf '  MISSING  %-15s %s\n' "$1" "$3"
        missing=yes
    fi
}

has() { command -v "$1" >/dev/null 2>&1; }

doctor() {
    missing=
    has "${CC:-cc}"; tell "${CC:-cc}" $? "compiles the programs (all that they need, with make)"
    has make; tell make $? "builds"
    have_criterion; tell Criterion $? "make test"
    has clang; tell clang $? "make bits, a second compiler"
    has valgrind; tell valgrind $? "make valgrind"
    has gnuplot; tell gnuplot $? "make plots, the picture of chapter 8"
    has python3; tell python3 $? "make weave, make docs, make grade-N"
    has doxygen; tell Doxygen $? "make docs"
    [ -f /usr/share/javascript/katex/katex.min.js ]; tell KaTeX $? "make docs, its formulas (libjs-katex, fonts-katex)"
    [ -f /usr/share/doxygen-awesome-css/doxygen-awesome.css ]; tell doxygen-awesome $? "make docs, its look (doxygen-awesome-css)"
    has chromium && has chromedriver; tell Chromium $? "make docs-check, the site in a browser (chromium, chromium-driver)"
    have_selenium; tell Selenium $? "make docs-check (python3-selenium)"
    has bwrap; tell bubblewrap $? "make grade-N, the better of its two sandboxes"
    have_numpy; tell NumPy $? "make bench, and the test that NumPy opens a checkpoint"
    if python3 -c 'import torch' 2>/dev/null || /usr/bin/python3 -c 'import torch' 2>/dev/null
    then printf '  found    %-15s %s\n' PyTorch "make bench, one comparison more"
    else printf '  optional %-15s %s\n' PyTorch "make bench, one comparison more (python3-torch; make deps leaves it out, it is large)"
    fi
    [ -z "$missing" ] || echo "make deps installs what is missing (Debian, Ubuntu) or names the packages"
}

# lack NAME PACKAGE: how to get it
lack() {
    echo "$1 is missing. Debian, Ubuntu: sudo apt-get install $2, or make deps for all that there may be need of; elsewhere make deps names the packages." >&2
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
