# min-char-rnn.c: a character RNN in C, built one chapter at a time. To begin: make chapter-1, and chapters/01-vocab/README.md
#
#   make chapter-4           build chapters 1 to 4 and run the experiment of chapter 4
#   make chapter-4 MINE=hw   the same with your files: hw/backward.c replaces ours
#   make chapter-16 NP=2     a chapter that many ranks share (MPI): so many of them
#   make chapter-8 ARGS=--help   its options; ARGS='--lang ko' adds one, ARGS='sample FILE' is a command line of your own
#   make check-gradients MINE=hw [CHAPTER=4]   is hw/backward.c right? If not, which mistake is it? CHAPTER=9: hw/timelayers.c
#   make gradient-check      the interlude: how far a gradient check can be trusted
#   make check-gates MINE=hw   is hw/lstm.c or hw/gru.c right? If not, which of 43 mistakes is it?
#   make bug-zoo             49 wrong backward passes: what the check sees, what training makes of them
#   make                     build every program into build/
#   make test  make test-4   run the tests, or those of chapters 1 to 4 (needs Criterion); make test-all: every one, in every build
#   make expect              compare what the programs print with expected.ko.txt and expected.en.txt
#   make bits                the same training in many builds must give the same bits
#   make portable            build with other compilers and for other processors, and compare (sh tests/deps.sh install portable)
#   make fault               every write, every allocation of the trainers fails once: nothing is lost (FEW=yes: some; Linux on x86-64)
#   make sanitize  valgrind  the tests under ASan and UBSan, or under valgrind
#   make fuzz                bytes made up by libFuzzer, for all that is read (needs clang); SECONDS_EACH=5: how long for each reader
#   make study               every figure that is claimed of the gradient checker, measured (minutes)
#   make bench               speed, beside NumPy where it is installed
#   make gates  make units   the long experiments of chapters 11 and 12, and of chapter 13, for their lessons (half an hour each)
#   make speed               every step of chapter 14, measured on this machine, for its lesson
#   make plots               draw the pictures into build/plots/ (needs gnuplot)
#   make watch LOG=file      draw the loss of a run that is going on, in the terminal
#   make grade-4 FILE=x.c    grade a submission; make assignment-4 OUT=dir: what students get (docs/grading.en.md)
#   make weave               put code, output and pictures of today into the lessons (needs python3)
#   make docs                the book as a site: build/site/html/index.html (needs Doxygen); make serve: at an address
#   make deps  make doctor   install what tests, pictures and docs need; tell what is there
#   make losses              what loss to expect: RNN, LSTM, GRU of several sizes on a text (hours; chapter 15)
#   make install PREFIX=dir  char-rnn and its man pages
#   make dist  make clean    the sources as one file; remove what was built
#
# Every target takes  CC=clang  OPT=-O2  ARCH=x86-64-v3 (empty: the compiler's)  REAL=float  BUILD=dir.
#
# The rule that carries everything: a program "up to N" is made of common/ and the chapter folders 1..N, and where two
# folders hold a .c file of the same name, the later one wins (MINE is the last of all). common/build.mk has the rules.

ifeq ($(wildcard common/build.mk),)
$(error this Makefile works in its own folder: go there, or say make -C FOLDER)
endif
include common/build.mk
include tests/grade/grade.mk
include docs/live/live.mk
export MAKE CC BUILD

all: $(programs)
	@printf 'built: %s\nnext:  make chapter-1 ... make chapter-%s, make help\n' '$(programs)' $(last)

# ---- tests ----

# The last chapter's tests have every module, chapter 3's another backward pass. (Chapter 15's step.c, which chapter 16
# replaces, must write the same bytes as its successor: tests/run_ranks.c and bits.)
telling := 3 $(last)
test: check-derived $(numbers:%=$(out)/tests-%) $(telling:%=test-%)
	@sh tests/bits.sh --few
	@printf 'all tests passed\n'
test-all: export TEST_ALL := yes
test-all: check-derived $(numbers:%=test-%) naming names bits

# The naive backward is the BPTT one without its dhnext lines, and so is the starter of chapter 4.
check-derived:
	@grep -v dhnext chapters/04-bptt/backward.c | cmp - chapters/03-one-hop/backward.c
	@cmp chapters/03-one-hop/backward.c chapters/04-bptt/starter/backward.c

again = @$(MAKE) --no-print-directory OPT=-O1 $(telling:%=test-%)
sanitize: ; $(again) BUILD=$(BUILD)/sanitize CFLAGS='$(CFLAGS) -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer'
valgrind: ; $(again) BUILD=$(BUILD)/valgrind ARCH=$(filter-out native,$(ARCH)) UNDER=valgrind

export FURTHER := $(foreach m,$(filter-out %/main.c,$(mains)),$(call main_program,$(m)))
expect: $(programs)        ; @sh tests/expect.sh $(folders)
# Make the current output the expected one; look at the difference first.
expect-update: $(programs) ; @sh tests/expect.sh --update $(folders)
overlay naming names bits portable: ; @sh tests/$@.sh
starters:                  ; @sh tests/starters.sh $(folders) common

fault: $(addprefix $(BUILD)/,min-char-rnn rnnlm char-rnn) ; @FEW=$(FEW) sh tests/$@/$@.sh

# Measure every figure claimed of the gradient checker; some minutes.
$(eval $(call linked,$(BUILD)/study,study,$(last),$(sources_$(last)) tests/study/study.c))
$(eval $(call linked,$(BUILD)/mutants,mutants,4,$(sources_4) tests/study/mutants.c))
$(BUILD)/obj/tests/study/mutants.o: INCLUDES += -I$(BUILD)/generated
$(BUILD)/obj/tests/study/mutants.o: $(BUILD)/generated/mutants.h
$(BUILD)/generated/mutants.h: tests/study/mutants.py tests/study/written_out.c chapters/04-bptt/backward.c
	@mkdir -p $(@D) && python3 $< 500 1 $@ $(CC) $(FLAGS) $(addprefix -I,common $(upto_4))
study: $(BUILD)/study $(BUILD)/mutants ; @sh tests/study/study.sh $(ARGS)
# BENCH_OUT=file.tsv: the table for gnuplot, and its picture; SHORT=yes: only to see that all of it runs.
$(eval $(call linked,$(BUILD)/products,products,$(last),$(sources_$(last)) tests/bench/products.c))
bench:                     ; @sh tests/bench/bench.sh
# Bytes that libFuzzer makes up, for all that is read; with clang, whatever CC is.
CC_fuzz := clang
CFLAGS_fuzz := -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
$(eval $(call linked,$(BUILD)/fuzz/fuzz,fuzz,$(last),$(sources_$(last)) tests/fuzz/fuzz.c))
fuzz:                      ; @sh tests/fuzz/fuzz.sh $(ARGS)

# ---- pictures and the book ----

plots: $(programs)         ; @sh plots/all.sh
# Compare the lessons' pictures with new ones; and replace them, after looking at the new ones.
plots-check plots-update: $(programs) ; @sh plots/all.sh --$(@:plots-%=%)
# Plot the log of a running program, again every second.
LOG ?= $(BUILD)/min-char-rnn.tsv
watch:                     ; @sh plots/watch.sh $(call quote,$(LOG))
# A million iterations, ten minutes; and the figures of the lessons that are in no expected output.
long-run: $(programs)      ; @sh docs/long-run.sh
# The long experiments of chapters 11 and 12.
gates: $(programs)         ; @sh docs/gates.sh
speed:                     ; @sh docs/speed.sh
# Bytes, characters and jamo compared on all of the text (chapter 13); some ten minutes.
units: $(BUILD)/hangul     ; @sh docs/units.sh
measured:                  ; @sh docs/measured.sh
# What loss to expect of RNN, LSTM and GRU of several sizes (chapter 15); hours.
losses: $(BUILD)/char-rnn $(BUILD)/ngrams ; @REAL=$(REAL) sh docs/losses.sh
weave:                     ; @python3 docs/weave.py
weave-check:               ; @python3 docs/weave.py --check && python3 docs/words.py
docs: live                 ; @python3 -B docs/site.py
# The site for this machine only, at an address: some browsers run nothing that comes from a file.
serve: docs                ; @python3 -m http.server --bind 127.0.0.1 --directory $(BUILD)/site/html $(PORT)
PORT ?= 8000
# Selenium may be installed for the system's python3 only.
with_selenium = for python in python3 /usr/bin/python3; do $$python -c 'import selenium' 2>/dev/null && break; done; $$python -B
docs-check docs-firefox: docs $(BUILD)/min-char-rnn $(BUILD)/char-rnn
docs-check:                ; @$(with_selenium) docs/check_site.py $(BUILD)/site/html
# What runs in the pages, in Firefox.
docs-firefox:              ; @$(with_selenium) docs/check_firefox.py $(BUILD)/site/html

# ---- the house ----

deps:                      ; @sh tests/deps.sh install
doctor:                    ; @sh tests/deps.sh doctor
# The sources of the last commit as one archive, the same bytes every time.
version = $(shell sed -n 's/^.define VERSION "\(.*\)"/\1/p' common/version.h)
dist:
	@mkdir -p $(BUILD) && git archive --prefix=min-char-rnn.c-$(version)/ HEAD > $(BUILD)/min-char-rnn.c-$(version).tar && \
		gzip -nf9 $(BUILD)/min-char-rnn.c-$(version).tar && echo $(BUILD)/min-char-rnn.c-$(version).tar.gz
# char-rnn for all users, with its man pages; DESTDIR=dir: below another root.
PREFIX ?= /usr/local
man := $(DESTDIR)$(PREFIX)/share/man
install: $(BUILD)/char-rnn
	@mkdir -p "$(DESTDIR)$(PREFIX)/bin" "$(man)/man1" "$(man)/ko/man1"
	cp $(BUILD)/char-rnn "$(DESTDIR)$(PREFIX)/bin/char-rnn"
	cp docs/char-rnn.1 "$(man)/man1/char-rnn.1"
	cp docs/char-rnn.ko.1 "$(man)/ko/man1/char-rnn.1"
# In the language of the locale, as the programs do; tests/format.sh holds the two against each other.
help:
	@case $${LC_ALL:-$${LC_MESSAGES:-$$LANG}} in ko | ko[!a-zA-Z]*) cat docs/help.ko.txt ;; (*) sed -n '/^#/!q; s/^# \{0,1\}//p' Makefile ;; esac
clean:                     ; rm -rf $(BUILD)
.PHONY: all test test-all check-derived sanitize valgrind expect expect-update overlay naming names bits portable starters fault study bench fuzz \
	plots plots-check plots-update watch long-run gates speed units measured losses install weave weave-check docs docs-check docs-firefox serve deps doctor dist help clean
