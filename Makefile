# min-char-rnn.c: a character RNN in C, built one chapter at a time.
#
#   make chapter-4           build chapters 1 to 4 and run the experiment of chapter 4
#   make chapter-4 MINE=hw   the same with your files: hw/backward.c replaces ours
#   make chapter-4 ARGS=...  the same with a command line of your own: ARGS=--help
#   make check-gradients MINE=hw [CHAPTER=4]   is hw/backward.c right? If not, which mistake is it?
#   make gradient-check      the interlude: how far a gradient check can be trusted
#   make bug-zoo             48 wrong backward passes: what the check sees, what training makes of them
#   make                     build every program into build/
#   make test  make test-4   run all tests, or those of chapters 1 to 4 (needs Criterion)
#   make expect              compare what the programs print with expected.ko.txt and expected.en.txt
#   make bits                the same training in many builds must give the same bits
#   make sanitize  valgrind  all tests under ASan and UBSan, or under valgrind
#   make study               every figure that is claimed of the gradient checker, measured (minutes)
#   make bench               speed, beside NumPy where it is installed
#   make plots               draw the pictures into build/plots/ (needs gnuplot)
#   make watch LOG=file      draw the loss of a run that is going on, in the terminal
#   make grade-4 FILE=x.c    grade a submission; make assignment-4 OUT=dir: what students get (docs/grading.en.md)
#   make weave               put code, output and pictures of today into the lessons (needs python3)
#   make docs                the book as a site: build/site/index.html (needs Doxygen)
#   make deps  make doctor   install what tests, pictures and docs need; tell what is there
#   make clean
#
# Every target takes  CC=clang  OPT=-O2  ARCH=x86-64-v3 (empty: the compiler's)  REAL=float  BUILD=dir.
#
# The rule that carries everything: a program "up to N" is made of common/ and the chapter folders 1..N,
# and where two folders hold a .c file of the same name, the later one wins (MINE is the last of all).

ifeq ($(origin CC),default)
CC := cc
endif
OPT ?= -O3
ARCH ?= native
REAL ?= double
BUILD ?= build
MINE ?=
ARGS ?=
WERROR ?=

ifneq ($(words $(BUILD)),1)
$(error BUILD=$(BUILD): give a folder without spaces in its name)
endif

.DEFAULT_GOAL := all
.SECONDARY:
.SUFFIXES:

# ---- flags ----

# A compiler that does not know -march=native (some ARM and Apple ones) is left to its own choice.
march := $(if $(ARCH),-march=$(ARCH))
ifeq ($(ARCH),native)
march := $(shell $(CC) -march=native -E -x c /dev/null >/dev/null 2>&1 && echo -march=native)
endif

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wvla $(if $(WERROR),-Werror)
# No fused multiply-add: it rounds once where the text says twice, and not on every machine.
# No errno from sqrt: with it, the loop of Adagrad cannot be computed several elements at a time.
NUMBERS := -ffp-contract=off -fno-math-errno -DREAL=$(REAL)
FLAGS := -std=c11 -g $(OPT) $(march) $(NUMBERS) $(WARNINGS) $(CFLAGS)

# ---- chapters, discovered ----

folders := $(sort $(wildcard chapters/[0-9][0-9]-*))
number = $(patsubst 0%,%,$(firstword $(subst -, ,$(notdir $(1)))))
name = $(patsubst $(firstword $(subst -, ,$(notdir $(1))))-%,%,$(notdir $(1)))
numbers := $(foreach f,$(folders),$(call number,$(f)))
folder = $(strip $(foreach f,$(folders),$(if $(filter $(1),$(call number,$(f))),$(f))))
# The folders 1..N: those that sort before chapters/NN-~.
upto = $(strip $(foreach f,$(folders),$(if $(filter $(f),$(firstword $(sort $(f) $(firstword $(subst -, ,$(call folder,$(1))))-~))),$(f))))
last := $(lastword $(numbers))

# ---- the overlay ----

# MINE may have spaces in its name: make sees it through a link then.
ifneq ($(strip $(MINE)),)
ifneq ($(words $(MINE)),1)
mine := $(shell mkdir -p $(BUILD) && cd "$(MINE)" && here=$$(pwd) && cd "$(CURDIR)" && ln -sfn "$$here" $(BUILD)/mine-link && echo $(BUILD)/mine-link)
else
mine := $(patsubst %/,%,$(MINE))
endif
ifeq ($(wildcard $(mine)/*.c),)
$(error MINE=$(MINE): no .c file there)
endif
ifneq ($(wildcard $(mine)/*.h),)
$(error MINE=$(MINE): $(notdir $(wildcard $(mine)/*.h)): only .c files can replace ours; the headers stay)
endif
endif

layers = common $(call upto,$(1)) $(mine)
names = $(sort $(filter-out main.c,$(notdir $(foreach l,common $(call upto,$(1)),$(wildcard $(l)/*.c)))))
winner = $(lastword $(foreach l,$(call layers,$(1)),$(wildcard $(l)/$(2))))
sources = $(foreach n,$(call names,$(1)),$(call winner,$(1),$(n)))
# Ours alone: what must fail with a file of ours (tests/red.tsv) must fail with the one of MINE in its place.
ours = $(foreach n,$(call names,$(1)),$(lastword $(foreach l,common $(call upto,$(1)),$(wildcard $(l)/$(n)))))
stray = $(filter-out $(call names,$(1)),$(notdir $(wildcard $(mine)/*.c)))

# A chapter's further programs: each file in its folder programs/ has a main of its own.
further_sources := $(wildcard $(addsuffix /programs/*.c,$(folders)))
all_sources := $(filter-out tests/bench/%,$(wildcard common/*.c tests/*.c tests/*/*.c $(addsuffix /*.c,$(folders)))) $(further_sources)
headers := $(notdir $(wildcard common/*.h $(addsuffix /*.h,$(folders))))
ifneq ($(words $(headers)),$(words $(sort $(headers))))
$(error two headers have the same name)
endif

# ---- objects ----

# What they were built with: another compiler, flag or set of files builds them again.
stamp := $(BUILD)/flags
quiet_goals := help clean deps doctor
ifneq ($(filter-out $(quiet_goals),$(or $(MAKECMDGOALS),all)),)
$(shell mkdir -p $(BUILD) && printf '%s\n' '$(CC) $(FLAGS) $(LDFLAGS) $(all_sources)' "$$($(CC) --version 2>/dev/null | head -n 1)" > $(stamp).$$$$ && \
	{ cmp -s $(stamp).$$$$ $(stamp) && rm -f $(stamp).$$$$ || mv -f $(stamp).$$$$ $(stamp); })
endif

# A file sees the headers of common/ and of its own chapter and those before it.
include_dirs = -Icommon $(addprefix -I,$(if $(filter chapters/%,$(1)),$(call upto,$(call number,$(patsubst %/,%,$(dir $(subst /programs/,/,$(1)))))),$(if $(filter tests/%,$(1)),$(folders) tests)))
object = $(BUILD)/obj/$(1:.c=.o)

# What is compiled with Criterion waits for the word that it is there.
waits = $(if $(filter tests/grade/%,$(1)),| $(BUILD)/have-grading,$(if $(filter tests/test_% tests/run_% tests/support/%,$(1)),| $(BUILD)/have-criterion))
define compile
$(call object,$(1)): $(1) $(stamp) $(call waits,$(1))
	@mkdir -p $$(@D)
	$$(hush)$$(CC) $$(FLAGS) $(call include_dirs,$(1)) -MMD -MP -c -o $$@ $$<
endef
hush := $(if $(V),,@)
$(foreach s,$(all_sources),$(eval $(call compile,$(s))))
-include $(patsubst %.c,$(BUILD)/obj/%.d,$(all_sources))

# A file of MINE is compiled again every time: it may come from anywhere.
define compile_mine
$(BUILD)/mine/$(1)/%.o: $(mine)/%.c FORCE
	@mkdir -p $$(@D)
	$$(hush)$$(CC) $$(FLAGS) -Icommon $(addprefix -I,$(call upto,$(1))) -c -o $$@ $$<
endef
$(if $(mine),$(foreach n,$(numbers),$(eval $(call compile_mine,$(n)))))
objects = $(foreach s,$(call sources,$(1)),$(if $(filter $(mine)/%,$(s)),$(BUILD)/mine/$(1)/$(notdir $(s:.c=.o)),$(call object,$(s))))

# ---- programs ----

program = $(BUILD)/$(if $(mine),mine/)$(call name,$(call folder,$(1)))
# A chapter's own command line stands in its folder; BUILD/ in it is this build's folder.
args = $(subst BUILD/,$(BUILD)/,$(shell cat $(call folder,$(1))/args 2>/dev/null))

define chapter
$(call program,$(1)): $(call objects,$(1)) $(call object,$(call folder,$(1))/main.c) $(stamp)
	@mkdir -p $$(@D)
	$$(hush)$$(CC) $$(FLAGS) $$(LDFLAGS) -o $$@ $$(filter %.o,$$^) -lm
chapter-$(1): $(call program,$(1))
	$(if $(mine),$(if $(call stray,$(1)),$$(error MINE=$(MINE): $(firstword $(call stray,$(1))) replaces nothing in chapters 1 to $(1); check its name)))
	@$(if $(mine),printf '  %s\n' $(call sources,$(1)) >&2,:)
	@set -x; $$< $$(or $$(ARGS),$(call args,$(1)))
	@$(if $(ARGS),:,sh plots/of-program.sh $(call name,$(call folder,$(1))) $(BUILD))
endef
$(foreach n,$(numbers),$(eval $(call chapter,$(n))))

# A further program is linked with the chapters up to its own; check-gradients up to CHAPTER, which its name tells.
CHAPTER ?= 4
own_number = $(call number,$(patsubst %/programs/,%,$(dir $(1))))
further_number = $(if $(filter %/check-gradients.c,$(1)),$(CHAPTER),$(own_number))
further_program = $(BUILD)/$(if $(mine),mine/)$(basename $(notdir $(1)))$(if $(filter %/check-gradients.c,$(1)),-$(CHAPTER))
further_args = $(subst BUILD/,$(BUILD)/,$(shell cat $(1:.c=.args) 2>/dev/null))

# The last line that check-gradients prints tells what it found; its exit status (1: wrong) is not make's.
define further
$(call further_program,$(1)): $(call objects,$(call further_number,$(1))) $(call object,$(1)) $(stamp)
	@mkdir -p $$(@D)
	$$(hush)$$(CC) $$(FLAGS) $$(LDFLAGS) -o $$@ $$(filter %.o,$$^) -lm
$(basename $(notdir $(1))): $(call further_program,$(1))
	$(if $(mine),$(if $(call stray,$(call further_number,$(1))),$$(error MINE=$(MINE): $(firstword $(call stray,$(call further_number,$(1)))) replaces nothing in chapters 1 to $(call further_number,$(1)); check its name)))
	@$(if $(mine),printf '  %s\n' $(filter $(mine)/%,$(call sources,$(call further_number,$(1)))) >&2,:)
	@$$< $$(or $$(ARGS),$(call further_args,$(1))) $(if $(filter %/check-gradients.c,$(1)),|| [ $$$$? -eq 1 ])
	@$(if $(ARGS),:,sh plots/of-program.sh $(basename $(notdir $(1))) $(BUILD))
endef
$(foreach s,$(further_sources),$(eval $(call further,$(s))))
ifeq ($(filter backward.c,$(call names,$(CHAPTER))),)
$(error CHAPTER=$(CHAPTER): chapters $(firstword $(foreach n,$(numbers),$(if $(filter backward.c,$(call names,$(n))),$(n)))) to $(last) have a backward pass)
endif

further := $(foreach s,$(further_sources),$(call further_program,$(s)))
programs := $(foreach n,$(numbers),$(call program,$(n))) $(further)
all: $(programs)
	@printf 'built: %s\nnext:  make chapter-1 ... make chapter-%s, make help\n' '$(programs)' $(last)

# ---- tests ----

# tests/test_X.c tests the module X, tests/run_F.c the program of the folder F, as soon as there is one.
test_files = $(wildcard $(addprefix tests/test_,$(call names,$(1))) \
	$(foreach f,$(call upto,$(1)),tests/run_$(call name,$(f)).c) tests/support/*.c)

define test
$(BUILD)/$(if $(mine),mine/)tests-$(1): $(call objects,$(1)) $(foreach s,$(call test_files,$(1)),$(call object,$(s))) $(stamp)
	@mkdir -p $$(@D)
	$$(hush)$$(CC) $$(FLAGS) $$(LDFLAGS) -o $$@ $$(filter %.o,$$^) -lcriterion -lm
test-$(1): $(BUILD)/$(if $(mine),mine/)tests-$(1) $(foreach f,$(call upto,$(1)),$(call program,$(call number,$(f)))) \
		$(foreach s,$(further_sources),$(if $(filter $(call upto,$(1)),$(patsubst %/programs/,%,$(dir $(s)))),$(call further_program,$(s))))
	$(if $(mine),$(if $(call stray,$(1)),$$(error MINE=$(MINE): $(firstword $(call stray,$(1))) replaces nothing in chapters 1 to $(1); check its name)))
	@BUILD=$(BUILD)$(if $(mine),/mine) sh tests/run.sh $$< $(notdir $(call folder,$(1))) $(call ours,$(1))
endef
$(foreach n,$(numbers),$(eval $(call test,$(n))))

# For the slow ways to run them, enough: the last chapter has every module, and an earlier one counts where a
# file of it is replaced later.
final := $(if $(last),$(call sources,$(last)))
telling := $(foreach n,$(numbers),$(if $(filter $(last),$(n)),$(n),$(if $(filter-out $(final) %/main.c,$(wildcard $(call folder,$(n))/*.c)),$(n))))

test: check-derived $(addprefix test-,$(numbers)) naming bits
	@printf 'all tests passed\n'

# The naive backward is the BPTT one without its dhnext lines, and so is the starter of chapter 4.
check-derived:
	@grep -v dhnext chapters/04-bptt/backward.c | cmp - chapters/03-one-hop/backward.c
	@cmp chapters/03-one-hop/backward.c chapters/04-bptt/starter/backward.c

expect: $(programs)
	@BUILD=$(BUILD) FURTHER='$(further)' sh tests/expect.sh $(folders)
# Only after looking at the difference: what the programs print becomes what is expected.
expect-update: $(programs)
	@BUILD=$(BUILD) FURTHER='$(further)' sh tests/expect.sh --update $(folders)

overlay:
	@MAKE='$(MAKE)' sh tests/overlay.sh

starters:
	@MAKE='$(MAKE)' BUILD=$(BUILD) sh tests/starters.sh $(folders)

naming:
	@MAKE='$(MAKE)' BUILD=$(BUILD) sh tests/naming.sh

bits:
	@MAKE='$(MAKE)' BUILD=$(BUILD) sh tests/bits.sh

sanitize:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/sanitize OPT=-O1 \
		CFLAGS='$(CFLAGS) -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer' \
		$(addprefix test-,$(telling))

valgrind:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/valgrind ARCH=$(filter-out native,$(ARCH)) OPT=-O1 UNDER=valgrind \
		$(addprefix test-,$(telling))

# ---- grading ----

# tests/grade/manifest.tsv names the assignments by their chapters. For each, build/grade-kit/NAME has what a student's file
# is linked with, and core-NAME runs it in a sandbox and judges its answers.
assignments := $(shell awk -F '\t' '$$1 == "assignment" { print $$2 }' tests/grade/manifest.tsv 2>/dev/null)
calls_of = $(shell awk -F '\t' '$$1 == "assignment" && $$2 == "$(1)" { print $$3 }' tests/grade/manifest.tsv)
functions_of = $(shell awk -F '\t' '$$1 == "assignment" && $$2 == "$(1)" { print $$4 }' tests/grade/manifest.tsv)
number_of = $(strip $(foreach n,$(numbers),$(if $(filter $(1),$(call name,$(call folder,$(n)))),$(n))))
kit := $(BUILD)/grade-kit
# A file's name may come from a student: what the command line gives reaches the shell as GIVEN_FILE and so on, never as text.
$(foreach v,FILE DIR OUT SEED AXES,$(if $(filter-out undefined,$(origin $(v))),$(eval override $(v) := $$(value $(v)))$(eval export GIVEN_$(v) := $$($(v)))))
# The calls a second time, of the functions that make known mistakes (tests/grade/mutants.h).
all_calls := $(sort $(foreach a,$(assignments),$(call calls_of,$(a))))
functions_called = $(shell awk -F '\t' '$$1 == "assignment" && $$3 == "$(1)" { print $$4 }' tests/grade/manifest.tsv)
mutant_calls = $(BUILD)/obj/tests/grade/mutant_call_$(1).o
define mutant
$(call mutant_calls,$(1)): tests/grade/call_$(1).c $(stamp)
	@mkdir -p $$(@D)
	$$(hush)$$(CC) $$(FLAGS) $(call include_dirs,tests/grade/call_$(1).c) -Dworker_call=mutant_call $(foreach f,$(sort $(call functions_called,$(1))),-D$(f)=mutant_$(f)) -MMD -MP -c -o $$@ $$<
-include $(patsubst %.o,%.d,$(call mutant_calls,$(1)))
endef
$(foreach c,$(all_calls),$(eval $(call mutant,$(c))))
grade_sources := $(addprefix tests/grade/,core.c diagnose.c rows.c reference.c frame.c sandbox.c)
kit_flags = -std=c11 -O1 -ffp-contract=off -fno-math-errno -DREAL=double -Itests/grade $(call include_dirs,$(call folder,$(1))/main.c)

# What grading needs is asked for before anything of it is built.
$(BUILD)/have-grading:
	@sh tests/deps.sh need grading && touch $@
define assignment
$(kit)/core-$(1): $(foreach s,$(grade_sources) $(addprefix tests/grade/,rows_$(2).c call_$(2).c mutants_$(2).c),$(call object,$(s))) $(call mutant_calls,$(2)) \
		$(foreach s,$(call ours,$(3)),$(call object,$(s))) $(call object,chapters/03-one-hop/bugs.c) $(call object,chapters/03-one-hop/buglist.c) $(stamp)
	@mkdir -p $$(@D)
	$$(hush)$$(CC) $$(FLAGS) $$(LDFLAGS) -o $$@ $$(sort $$(filter %.o,$$^)) -lcriterion -lm
$(kit)/$(1)/functions: tests/grade/kit.sh tests/grade/manifest.tsv $(wildcard tests/grade/*.c tests/grade/*.h) $(call ours,$(3)) $(stamp) | $(BUILD)/have-grading
	@mkdir -p $$(@D)
	$$(hush)sh tests/grade/kit.sh $(kit)/$(1) $(2) '$(call functions_of,$(1))' gcc '$(call kit_flags,$(3))' $(call ours,$(3))
grade-$(3): $(kit)/core-$(1) $(kit)/$(1)/functions $(kit)/hints.tsv $(BUILD)/grade
	$$(if $$(FILE),,$$(error grade-$(3): say what to grade: make grade-$(3) FILE=student.c))
	@$(BUILD)/grade --assignment $(3) --out $(BUILD)/graded $$(GRADE) "$$$$GIVEN_FILE"
.PHONY: grade-$(3)
endef
$(foreach a,$(assignments),$(eval $(call assignment,$(a),$(call calls_of,$(a)),$(call number_of,$(a)))))
$(BUILD)/test-sandbox: $(foreach s,tests/grade/test_sandbox.c tests/grade/sandbox.c common/say.c common/require.c,$(call object,$(s))) $(stamp)
	$(hush)$(CC) $(FLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) -lcriterion -lm
test-sandbox: $(BUILD)/test-sandbox
	@BUILD=$(BUILD) sh tests/run.sh $< sandbox

# The grader as a program: build/grade --assignment 4 --out DIR student.c
$(BUILD)/grade: FORCE
	@mkdir -p $(BUILD) && rm -rf $@ && printf '#!/bin/sh\nGRADE_KIT=$${GRADE_KIT:-%s} exec python3 %s "$$@"\n' "'$(abspath $(kit))'" "'$(CURDIR)/tests/grade/grade.py'" > $@ && chmod +x $@
grade-kit: $(BUILD)/grade $(kit)/hints.tsv $(foreach a,$(assignments),$(kit)/core-$(a) $(kit)/$(a)/functions)
$(kit)/hints.tsv: $(addprefix $(kit)/core-,$(assignments))
	@for core in $^; do $$core --hints || exit 1; done | awk '!told[$$0]++' > $@.new && mv $@.new $@
# Every known mistake in a worker's place: is it named, and what does it cost? (With UPDATE=1 the table becomes what is.)
grade-mutants: $(kit)/hints.tsv
	@BUILD=$(BUILD) sh tests/grade/mutants.sh $(if $(UPDATE),--update) $(assignments)
.PHONY: grade-kit grade-mutants

# The grader is graded: references, starters, known mistakes, right and hostile submissions, what students get.
grade-check: grade-kit
	@$(MAKE) --no-print-directory grade-mutants
	@python3 tests/grade/submissions.py --kit $(kit) --quick
	@$(MAKE) --no-print-directory release-check
.PHONY: grade-check

# A class at once: make grade-all DIR=submissions ASSIGNMENT=4 [OUT=dir] [JOBS=n]
grade-all: grade-kit
	$(if $(and $(DIR),$(ASSIGNMENT)),,$(error grade-all: say what to grade: make grade-all DIR=submissions ASSIGNMENT=4))
	@python3 tests/grade/class.py --kit $(kit) --assignment '$(ASSIGNMENT)' --out "$${GIVEN_OUT:-$(BUILD)/grade-all}" $(if $(JOBS),--jobs '$(JOBS)') $(GRADE) "$$GIVEN_DIR"

# What students get: make assignment-4 OUT=dir, or all of them: make course OUT=dir
course $(foreach a,$(assignments),assignment-$(call number_of,$(a))):
	$(if $(OUT),,$(error $@: say where to: make $@ OUT=dir))
	@sh tests/deps.sh need python3 && python3 tests/grade/release.py --out "$$GIVEN_OUT" $(if $(filter course,$@),all,$(patsubst assignment-%,%,$@))
release-check: grade-kit
	@MAKE='$(MAKE)' KIT=$(kit) sh tests/grade/release.sh
.PHONY: grade-all course release-check $(foreach a,$(assignments),assignment-$(call number_of,$(a)))
# A copy of the course with one assignment changed: make variant-4 SEED=a-secret OUT=dir [AXES=loss-scale,...]
$(foreach a,$(assignments),variant-$(call number_of,$(a))):
	$(if $(and $(SEED),$(OUT)),,$(error $@: say what to draw it from and where to: make $@ SEED=a-secret OUT=dir))
	@sh tests/deps.sh need python3 && python3 tests/grade/variant.py --assignment $(patsubst variant-%,%,$@) --seed "$$GIVEN_SEED" $(if $(AXES),--axes "$$GIVEN_AXES") --out "$$GIVEN_OUT"
variants-check: grade-kit
	@MAKE='$(MAKE)' BUILD=$(BUILD) sh tests/grade/variants.sh
.PHONY: variants-check $(foreach a,$(assignments),variant-$(call number_of,$(a)))

# ---- the rest ----

bench: $(programs)
	@BUILD=$(BUILD) sh tests/bench/bench.sh

plots: $(programs)
	@BUILD=$(BUILD) sh plots/all.sh
# The pictures that the lessons show, against new ones; and, after looking at these, the new ones in their place.
plots-check: $(programs)
	@BUILD=$(BUILD) sh plots/all.sh --check
plots-update: $(programs)
	@BUILD=$(BUILD) sh plots/all.sh --update

# The curve of a run that is going on, drawn anew every second: make watch LOG=build/min-char-rnn.tsv
LOG ?= $(BUILD)/min-char-rnn.tsv
watch:
	@sh plots/watch.sh '$(LOG)'

# A million iterations; some ten minutes.
long-run: $(programs)
	@BUILD=$(BUILD) sh docs/long-run.sh

# ---- the book ----

# What the lessons tell of runs that no program of a chapter makes; some minutes.
measured:
	@MAKE='$(MAKE)' BUILD=$(BUILD) sh docs/measured.sh

weave:
	@python3 docs/weave.py
weave-check:
	@python3 docs/weave.py --check
docs:
	@BUILD=$(BUILD) python3 docs/site.py
# Selenium may be known to the system's python3 only.
docs-check: docs
	@for python in python3 /usr/bin/python3; do $$python -c 'import selenium' 2>/dev/null && break; done; \
		$$python docs/check_site.py $(BUILD)/site/html

# Every figure that is claimed of the gradient checker, measured; some minutes.
$(BUILD)/study: $(call objects,$(last)) $(call object,tests/study/study.c) $(stamp)
	$(hush)$(CC) $(FLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) -lm
study: $(BUILD)/study
	@MAKE='$(MAKE)' BUILD=$(BUILD) sh tests/study/study.sh $(ARGS)

$(BUILD)/have-criterion:
	@CC='$(CC)' sh tests/deps.sh need Criterion && touch $@

deps:
	@sh tests/deps.sh install

doctor:
	@CC='$(CC)' sh tests/deps.sh doctor

help:
	@sed -n '/^#/!q; s/^# \{0,1\}//p' Makefile

clean:
	rm -rf $(BUILD)

FORCE:
.PHONY: all test naming study overlay expect expect-update starters bits sanitize valgrind bench plots plots-check plots-update watch long-run measured weave weave-check docs docs-check deps doctor help clean \
	$(basename $(notdir $(further_sources))) \
	check-derived FORCE $(addprefix chapter-,$(numbers)) $(addprefix test-,$(numbers))
