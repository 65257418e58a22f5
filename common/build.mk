# build.mk: how programs and tests are built. Included by the Makefile, and by the one in a student's folder.
#
# The overlay: a program "up to N" is built from common/ and the chapter folders 1..N; of .c files of the same name the
# last one wins, and MINE is the last layer. Chapters, modules, programs and tests are found by their folders and names:
#
#   chapters/NN-name/main.c           the program `name`
#   chapters/NN-name/programs/X.c     the program X, linked with the chapters up to NN
#   chapters/NN-name/steps/X/*.c      the program name-X: like `name`, with these files in place of ours, and of the
#                                     files that X has not, those of the steps after it: a step shows what it changes
#   chapters/NN-name/flags.mk         flags for the program X, which then has separate objects: CFLAGS_X, LIBS_X, CC_X;
#                                     for the file X.c and what is linked with it: CFLAGS_X.c, LIBS_X.c; and LAUNCH_X,
#                                     the command that starts the program X under make
#   tests/test_X.c, tests/run_name.c  the tests of the module X, and of the program `name`

# What a command line gives as a name is text: make would expand a $ in it, and the shell run what it says. CC, OPT, CFLAGS,
# LDFLAGS and ARGS are words for the shell, as everywhere.
given = $(foreach v,$(1),$(if $(filter-out undefined default,$(origin $(v))),$(eval override $(v) := $$(value $(v)))))
$(call given,MINE BUILD CHAPTER REAL ARCH LOG FILE DIR OUT SEED AXES ASSIGNMENT JOBS NP)

ifeq ($(origin CC),default)
CC := cc
endif
OPT ?= -O3
ARCH ?= native
REAL ?= double
BUILD ?= build
CHAPTER ?= 4
.DEFAULT_GOAL := all
.SECONDARY:
.SUFFIXES:
hush := $(if $(V),,@)
quiet := $(if $(filter-out help clean deps doctor,$(or $(MAKECMDGOALS),all)),,yes)

# Quote a word for the shell.
quote = '$(subst ','\'',$(1))'
# In a message: on one line.
shown = $(shell printf %s $(call quote,$(subst $(newline),?,$(1))) | LC_ALL=C tr '\001-\037\177' '?')
define newline


endef
comma := ,
empty :=
space := $(empty) $(empty)
# Messages in the language of the locale, as the programs' are.
ko := $(filter ko ko_% ko.%,$(or $(LC_ALL),$(LC_MESSAGES),$(LANG)))
is_word = $(if $(2),$(if $(filter 1,$(words $(2))),$(if $(shell case $(call quote,$(2)) in (*[!A-Za-z0-9_.+=,-]*) echo no ;; esac),$(error $(1)=$(call shown,$(2)): give $(3))),$(error $(1)=$(call shown,$(2)): give $(3))))
$(if $(filter double float,$(REAL)),,$(error REAL=$(call shown,$(REAL)): give double or float))
$(call is_word,ARCH,$(ARCH),a processor as -march names it: such as x86-64-v3)
$(call is_word,CHAPTER,$(CHAPTER),the number of a chapter)
ifneq ($(BUILD),build)
$(if $(shell case $(call quote,$(BUILD)) in ('' | -* | *[!A-Za-z0-9_./+-]*) echo no ;; esac),$(error BUILD=$(call shown,$(BUILD)): give a folder without spaces or special characters in its name))
# A folder that we built into holds the file flags, below. Any other with something in it is not ours, and `clean` would remove it.
$(if $(wildcard $(BUILD)/flags),,$(if $(shell ls -A $(BUILD) 2>/dev/null),$(error BUILD=$(BUILD): there are other files in it; give a new folder)))
endif

# ---- flags ----

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wvla $(if $(WERROR),-Werror)
# No fused multiply-add: it rounds once instead of twice, and not on every machine.
# No errno from sqrt: with it, Adagrad's loop cannot be vectorized.
NUMBERS := -ffp-contract=off -fno-math-errno -DREAL=$(REAL)

# The options that this compiler has: some lack -march=native, some list the included headers with -MD only.
ifndef quiet
known := $(shell for o in $(if $(filter native,$(ARCH)),-march=native -mtune=generic) '-MMD -MF /dev/null'; do $(CC) $$o -E -x c /dev/null >/dev/null 2>&1 && echo $${o%% *}; done)
endif
# This processor's instructions, but in an order good for all: gcc 12 takes a Zen 4 for its predecessor, with vectors half
# as wide, and matrix products are then 10 to 35 % slower. Nothing here was slower with generic tuning.
march := $(if $(filter native,$(ARCH)),$(filter -march=native -mtune=generic,$(known)),$(addprefix -march=,$(ARCH)))
FLAGS := -std=c11 -g $(OPT) $(march) $(NUMBERS) $(WARNINGS) $(CFLAGS)
headers_of = $(if $(filter -MMD,$(known)),-MMD -MP,-MD) -MF $(@:.o=.d)
# For compilers without -MP: if a header has been removed, compile the files that included it again.
%.h: ;

# ---- MINE: a learner's folder, the last layer ----

out := $(BUILD)
ifneq ($(MINE),)
# Names that are special to make or the shell are replaced by a symbolic link.
mine := $(shell name=$(call quote,$(MINE)); case $$name in (-*) name=./$$name ;; esac; \
	cd "$$name" 2>/dev/null || exit 0; \
	for file in *.[ch]; do case $$file in ('*.[ch]') ;; (*[!A-Za-z0-9_.+-]* | -*) echo :odd; exit ;; esac; done; \
	case $$name in (./-* | *[!A-Za-z0-9_./+-]*) here=$$(pwd); cd - >/dev/null; name=$(BUILD)/mine-link; mkdir -p $(BUILD); ln -sfn "$$here" $$name ;; esac; echo "$${name%/}")
$(if $(findstring $(newline),$(MINE)),$(error MINE=$(call shown,$(MINE)): $(if $(ko),이름에 줄바꿈이 없는 폴더를 주십시오,give a folder without a line break in its name)))
$(if $(mine),,$(error MINE=$(call shown,$(MINE)): $(if $(wildcard $(MINE)),$(if $(ko),파일입니다. 그 파일이 든 폴더를 주십시오,a file; give the folder that it is in),$(if $(ko),그런 폴더가 없습니다,no such folder))))
$(if $(filter :odd,$(mine)),$(error MINE=$(call shown,$(MINE)): $(if $(ko),우리 파일에는 있을 수 없는 이름의 .c 파일이 있습니다,a .c file there has a name that none of ours can have)))
$(if $(wildcard $(mine)/starter/*.c),$(error MINE=$(call shown,$(MINE)): $(if $(ko),안에 starter 폴더가 있습니다. 이미 있는 폴더로 cp -r 하면 이렇게 됩니다. 새 폴더로 복사하십시오,it holds a folder starter; cp -r puts it there if the folder exists before: copy into a new one)))
$(if $(wildcard $(mine)/*.c),,$(error MINE=$(call shown,$(MINE)): $(if $(ko),.c 파일이 없습니다,no .c file there)))
$(if $(wildcard $(mine)/*.h),$(error MINE=$(call shown,$(MINE)): $(notdir $(wildcard $(mine)/*.h)): $(if $(ko),.c 파일만 우리 것을 대신합니다. 헤더는 그대로 둡니다,only .c files can replace ours; the headers stay)))
out := $(BUILD)/mine
endif

# check-gradients by itself: it judges only what it was given, and builds MINE with the sanitizers that the compiler has.
ifeq ($(MAKECMDGOALS),check-gradients)
settings := MINE CHAPTER ARGS BUILD CC OPT ARCH REAL CFLAGS LDFLAGS LIBS WERROR V UNDER need_criterion MAKE
$(foreach v,$(.VARIABLES),$(if $(filter command,$(firstword $(origin $(v)))),$(if $(filter $(settings) -*-%,$(v)),,$(error $(v)=: $(if $(ko),그런 설정은 없습니다. 폴더는 MINE=폴더$(comma) 장은 CHAPTER=4로 줍니다,no such setting; your folder is MINE=FOLDER$(comma) the chapter CHAPTER=4)))))
$(if $(mine),,$(error $(if $(ko),check-gradients는 여러분의 backward.c를 검사합니다. MINE=폴더로 그 폴더를 주십시오,check-gradients checks your backward.c: give its folder$(comma) MINE=FOLDER)))
# From chapter 9 on there are time layers, too. They come first: MINE may hold the backward.c of an earlier chapter.
checked := $(if $(filter-out 0 1 2 3 4 5 6 7 8,$(CHAPTER)),timelayers.c )backward.c
asked := $(firstword $(foreach f,$(checked),$(notdir $(wildcard $(mine)/$(f)))))
$(if $(asked),,$(error MINE=$(call shown,$(MINE)): $(if $(ko),$(subst $(space),$(comma) ,$(checked))가 없습니다. check-gradients가 검사하는 것은 그 파일뿐입니다(다른 것은 make test-$(CHAPTER)),no $(subst $(space), or ,$(checked)) there$(comma) and check-gradients checks nothing else; the tests do: make test-$(CHAPTER))))
fault := $(shell sh common/mine.sh $(call quote,$(mine)/$(asked)))
$(if $(fault),$(error $(fault)))
sanitizers := $(shell mkdir -p $(BUILD) && echo 'int main(void) { return 0; }' | $(CC) -fsanitize=address,undefined -x c -o $(BUILD)/sanitized - >/dev/null 2>&1 && \
	$(BUILD)/sanitized && echo -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
# Without these the compiler may take what is not set for 0, and leave out a free() that comes twice.
sanitizers += $(shell for o in -O0 -ftrivial-auto-var-init=pattern -fno-builtin-malloc; do $(CC) $$o -E -x c /dev/null >/dev/null 2>&1 && echo $$o; done)
endif

# ---- the overlay ----

# overlay LAYERS: of the .c files of the same name, the one in the last layer.
overlay = $(foreach name,$(sort $(notdir $(filter-out %/main.c,$(wildcard $(addsuffix /*.c,$(1)))))),$(lastword $(wildcard $(addsuffix /$(name),$(1)))))
# replaced SOURCES,FOLDERS: the sources, those in the first folder that has them in place of ours.
replaced = $(foreach s,$(1),$(firstword $(wildcard $(addsuffix /$(notdir $(s)),$(2))) $(s)))

folders := $(sort $(wildcard chapters/[0-9][0-9]-*))
number = $(patsubst 0%,%,$(firstword $(subst -, ,$(notdir $(1)))))
name = $(patsubst $(firstword $(subst -, ,$(notdir $(1))))-%,%,$(notdir $(1)))
define chapter # FOLDER NUMBER
numbers += $(2)
folder_$(2) := $(1)
upto_$(2) := $(upto_$(last)) $(1)
last := $(2)
endef
$(foreach f,$(folders),$(eval $(call chapter,$(f),$(call number,$(f)))))
$(foreach n,$(numbers),$(eval ours_$(n) := $(call overlay,common $(upto_$(n)))))
# UNDER: a folder below MINE. In a student's folder this is hw, so that MINE=other changes what is in other and nothing else.
replaced_by = $(if $(2),$(call replaced,$(1),$(2)),$(1))
$(foreach n,$(numbers),$(eval sources_$(n) := $(call replaced_by,$(call replaced_by,$(ours_$(n)),$(UNDER)),$(mine))))
# Each file of MINE must replace one of ours; of a later chapter in a student's folder, where it is always there.
refuse = $(foreach s,$(firstword $(filter-out $(notdir $(ours_$(if $(UNDER),$(last),$(1)))),$(notdir $(wildcard $(mine)/*.c)))),$(error MINE=$(call shown,$(MINE)): $(if $(ko),$(s)는 1장에서 $(1)장까지 아무것도 대신하지 않습니다. 이름을 확인하십시오,$(s) replaces nothing in chapters 1 to $(1); check its name)))

headers := $(notdir $(wildcard common/*.h $(addsuffix /*.h,$(folders))))
$(if $(filter $(words $(headers)),$(words $(sort $(headers)))),,$(error two headers have the same name))
-include $(wildcard $(addsuffix /flags.mk,$(folders)))

# ---- objects ----

mains := $(wildcard $(addsuffix /main.c,$(folders)) $(addsuffix /programs/*.c,$(folders)))
steps := $(sort $(patsubst %/.,%,$(wildcard $(addsuffix /steps/*/.,$(folders)))))
all_sources := $(filter-out tests/bench/%,$(wildcard common/*.c tests/*.c tests/*/*.c tests/*/*/*.c tests/*/*/*/*.c $(addsuffix /*.c,$(folders) $(steps)))) $(filter %.c,$(mains))
object = $(1:%.c=$(BUILD)/obj/%.o)

# FILE COMMANDS: the file holds what the commands print, and is new only if that is other than before.
rewritten = $(shell mkdir -p $(dir $(1)) && { $(2); } > $(1).$$$$; cmp -s $(1).$$$$ $(1) && rm -f $(1).$$$$ || mv -f $(1).$$$$ $(1))
# Another compiler, flag or set of files builds everything again.
stamp := $(BUILD)/flags
# Other files of MINE link again: a program may have been built with those of another folder.
of_mine := $(if $(mine),$(out)/of)
ifndef quiet
$(call rewritten,$(stamp),printf '%s\n' $(call quote,$(CC) $(FLAGS) $(LDFLAGS) $(foreach v,$(filter CFLAGS_%.c,$(.VARIABLES)),$($(v))) $(sort $(all_sources))); $(CC) --version 2>/dev/null | head -n 1)
$(if $(mine),$(call rewritten,$(of_mine),printf '%s\n' $(mine) $(UNDER) $(notdir $(wildcard $(mine)/*.c))))
endif

# of_files KIND,FILES: CFLAGS or LIBS of these files; they are for CC, not for a program's own compiler.
of_files = $(if $(CC_$(own)),,$(foreach f,$(2),$($(1)_$(f))))
# A file can include the headers of common/, its own chapter and the previous ones; a test can include all.
define compile
@mkdir -p $(@D)
$(hush)$(or $(CC_$(own)),$(CC)) $(FLAGS) $(CFLAGS_$(own)) $(call of_files,CFLAGS,$(<F)) $(if $(filter $(BUILD)/mine/%,$@),$(sanitizers)) $(INCLUDES) $(headers_of) -c -o $@ $<
endef
define sees # FOLDER NUMBER
$(BUILD)/obj/$(1)/%.o: INCLUDES := $(addprefix -I,common $(upto_$(2)))
$(if $(mine),$(BUILD)/mine/$(2)/%.o: $(mine)/%.c FORCE ; $$(compile))
$(BUILD)/mine/$(2)/%.o: INCLUDES := $(addprefix -I,common $(upto_$(2)))
endef
$(foreach n,$(numbers),$(eval $(call sees,$(folder_$(n)),$(n))))
$(BUILD)/obj/common/%.o: INCLUDES := -Icommon
$(BUILD)/obj/tests/%.o: INCLUDES := $(addprefix -I,common $(folders) tests)
$(if $(UNDER),$(BUILD)/obj/$(UNDER)/%.o: INCLUDES := $(addprefix -I,common $(folders)))
$(BUILD)/obj/%.o: %.c $(stamp) ; $(compile)
-include $(all_sources:%.c=$(BUILD)/obj/%.d)

# ---- programs ----

define link
@mkdir -p $(@D)
$(if $(asked),@sh common/mine.sh $(mine)/$(asked) $(filter %/$(asked:.c=.o),$^) >&2)
$(hush)$(or $(CC_$(own)),$(CC)) $(FLAGS) $(CFLAGS_$(own)) $(if $(filter $(out)/%,$@),$(sanitizers)) $(LDFLAGS) -o $@ $(filter %.o,$^) $(LIBS) $(LIBS_$(own)) $(call of_files,LIBS,$(^F:.o=.c)) -lm
endef
# The learner's files in a program up to LEVEL.
theirs = $(filter-out $(ours_$(1)),$(sources_$(1)))
# SOURCES LEVEL NAME: their objects; separate ones for MINE, and for a program with its own flags or compiler.
objects = $(foreach s,$(1),$(if $(CC_$(3))$(CFLAGS_$(3)),$(BUILD)/own/$(3)/$(s:.c=.o),$(if $(filter $(mine)/%,$(s)),$(BUILD)/mine/$(2)/$(notdir $(s:.c=.o)),$(call object,$(s)))))
define linked # TARGET NAME LEVEL SOURCES: a program or a test
$(1): own := $(2)
$(1): $(call objects,$(4),$(3),$(2)) $(stamp) $(of_mine) ; $$(link)
$(if $(CC_$(2))$(CFLAGS_$(2)),
$(BUILD)/own/$(2)/%.o: INCLUDES := $(addprefix -I,common $(upto_$(3)) tests)
$(BUILD)/own/$(2)/%.o: %.c $(stamp) ; $$(compile)
-include $(patsubst %.c,$(BUILD)/own/$(2)/%.d,$(4)))
endef

main_name = $(if $(filter %/main.c,$(1)),$(call name,$(patsubst %/main.c,%,$(1))),$(basename $(notdir $(1))))
main_chapter = $(call number,$(word 2,$(subst /, ,$(1))))
# check-gradients is linked up to CHAPTER, which is in its name; the others up to their own chapter.
main_level = $(if $(filter %/check-gradients.c,$(1)),$(CHAPTER),$(main_chapter))
checkable = $(strip $(foreach n,$(numbers),$(if $(filter %/backward.c,$(ours_$(n))),$(n))))
$(if $(filter check-gradients,$(MAKECMDGOALS)),$(if $(filter $(CHAPTER),$(checkable)),,$(error CHAPTER=$(CHAPTER): $(if $(ko),check-gradients는 다음 가운데 하나에서 됩니다: $(checkable),check-gradients needs one of $(checkable)))))
main_program = $(out)/$(main_name)$(if $(filter %/check-gradients.c,$(1)),-$(CHAPTER))
# A program is run with its command line in the file args (X.args). ARGS that begins with an option is added to that, so that
# `--lang ko` changes nothing else; ARGS that begins with another word, as in `sample FILE`, takes its place.
define program # MAIN NAME LEVEL PROGRAM
$(call linked,$(4),$(2),$(3),$(sources_$(3)) $(1))
$(2) $(if $(filter %/main.c,$(1)),chapter-$(3)): $(4)
	$$(call refuse,$(3))
	@$(if $(call theirs,$(3)),printf '  %s in place of %s\n' $(foreach s,$(call theirs,$(3)),$(s) $(filter %/$(notdir $(s)),$(ours_$(3)))) >&2; \
		sh common/unwritten.sh $(call theirs,$(3)) >&2,:)
	@(set -x; $$(LAUNCH_$(2)) $$< $$(if $$(filter-out -%,$$(firstword $$(ARGS))),,$$(shell sed 's|BUILD/|$(BUILD)/|g' $(patsubst %main.,%,$(1:.c=.))args 2>/dev/null)) $$(ARGS)) $(if $(filter check-gradients,$(2)),|| [ $$$$? -eq 1 ])
	@$(if $(filter --help --version,$(ARGS)),:,sh plots/of-program.sh $(2) $(BUILD))
.PHONY: $(2) $(if $(filter %/main.c,$(1)),chapter-$(3))
endef
$(foreach m,$(if $(filter timelayers.c,$(asked)),$(filter-out %/check-gradients.c,$(mains)),$(mains)),$(eval $(call program,$(m),$(call main_name,$(m)),$(call main_level,$(m)),$(call main_program,$(m)))))
# check-gradients of time layers: the questions of a student's folder, layer by layer; then the chapter's program checks all
# layers together, with differences.
ifeq ($(asked),timelayers.c)
layers := $(call main_name,$(patsubst %/timelayers.c,%/main.c,$(filter %/timelayers.c,$(ours_$(last)))))
asking := $(if $(filter timelayers,$(MODULE)),tests/check,$(wildcard tests/grade/course/check))
$(if $(asking),,$(error CHAPTER=$(CHAPTER): $(if $(ko),이 폴더에서는 $(asked)를 검사할 수 없습니다,$(asked) cannot be checked in this folder)))
$(eval $(call linked,$(out)/check-layers,check-layers,$(CHAPTER),$(sources_$(CHAPTER)) $(wildcard $(asking)/*.c) $(if $(filter %/course/check,$(asking)),tests/grade/worker/frame.c tests/grade/worker/guard.c tests/grade/assignments/timelayers/call.c)))
$(out)/check-layers: LIBS := -lcriterion
$(call object,$(asking)/run.c): | $(BUILD)/have-criterion
check-gradients: $(out)/check-layers $(out)/$(layers) $(if $(filter tests/check,$(asking)),tests/check,$(out))/questions
	$(call refuse,$(CHAPTER))
	@printf '  %s in place of %s\n' $(mine)/$(asked) $(filter %/$(asked),$(ours_$(CHAPTER))) >&2; sh common/unwritten.sh $(mine)/$(asked) >&2
	@sh common/layers.sh $(out)/check-layers $(lastword $^) $(out)/$(layers) $(ARGS)
.PHONY: check-gradients
endif
define step # FOLDER NAME LEVEL
$(call linked,$(out)/$(2),$(2),$(3),$(call replaced,$(sources_$(3)),$(call steps_from,$(1),$(filter $(folder_$(3))/%,$(steps)))) $(folder_$(3))/main.c)
endef
# steps_from STEP,STEPS: the steps of its chapter from STEP on.
steps_from = $(if $(filter $(1),$(firstword $(2))),$(2),$(call steps_from,$(1),$(wordlist 2,$(words $(2)),$(2))))
step_name = $(call main_name,$(firstword $(subst /steps/, ,$(1)))/main.c)-$(notdir $(1))
$(foreach s,$(steps),$(eval $(call step,$(s),$(call step_name,$(s)),$(call main_chapter,$(s)))))
programs := $(foreach m,$(mains),$(call main_program,$(m))) $(foreach s,$(steps),$(out)/$(call step_name,$(s)))

# ---- tests ----

test_files = $(wildcard $(patsubst %,tests/test_%,$(notdir $(ours_$(1)))) $(foreach f,$(upto_$(1)),tests/run_$(call name,$(f)).c) tests/support/*.c)
define test # NUMBER
$(call linked,$(out)/tests-$(1),tests-$(1),$(1),$(sources_$(1)) $(call test_files,$(1)))
$(out)/tests-$(1): LIBS := -lcriterion
test-$(1): $(out)/tests-$(1) $(foreach m,$(mains),$(if $(filter $(upto_$(1)),$(firstword $(subst /programs/, ,$(m:/main.c=)))),$(call main_program,$(m)))) \
	$(foreach s,$(filter $(addsuffix /%,$(upto_$(1))),$(steps)),$(out)/$(call step_name,$(s)))
	$$(call refuse,$(1))
	@BUILD=$(out) sh tests/run.sh $$< $(notdir $(folder_$(1))) $(ours_$(1))
.PHONY: test-$(1)
endef
$(foreach n,$(numbers),$(eval $(call test,$(n))))
$(call object,$(wildcard tests/*.c tests/support/*.c)): | $(BUILD)/have-criterion
need_criterion ?= CC=$(call quote,$(CC)) sh tests/deps.sh need Criterion
$(BUILD)/have-criterion: ; @$(need_criterion) && mkdir -p $(BUILD) && touch $@

FORCE:
.PHONY: FORCE
