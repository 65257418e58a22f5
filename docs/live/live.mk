# live.mk: the book's programs as WebAssembly, for the pages of the site. Included by the Makefile.
#
# They are built by the rules of common/build.mk, in a build of their own, BUILD/live: those whose output the lessons can
# show; but those of a chapter that needs libraries for threads or ranks (flags.mk) cannot run in a page.

page_folder = $(firstword $(subst /programs/, ,$(1:/main.c=)))
page_output = $(wildcard $(patsubst %main.,%,$(1:.c=.))expected.ko.txt)
page_mains := $(foreach m,$(mains),$(if $(wildcard $(call page_folder,$(m))/flags.mk),,$(if $(call page_output,$(m)),$(m))))
# In the build for pages (page=yes) each has the memory of malloc.c.
page_memory = $(if $(page),$(call object,docs/live/malloc.c))
$(foreach m,$(page_mains),$(eval $(call main_program,$(m)): $(page_memory)))
page_programs: $(foreach m,$(page_mains),$(call main_program,$(m))) ; @printf '%s\n' $(filter-out %.o,$(^F)) > $(BUILD)/list

# What is no program of the book: NAME.c in this folder, with the chapters up to LEVEL.
define page_part # NAME LEVEL
$(call linked,$(BUILD)/page-$(1),page-$(1),$(2),$(sources_$(2)) docs/live/$(1).c)
$(BUILD)/obj/docs/live/$(1).o: INCLUDES := $(addprefix -I,common $(upto_$(2)))
-include $(BUILD)/obj/docs/live/$(1).d
$(BUILD)/page-$(1): $(page_memory)
page_programs: $(BUILD)/page-$(1)
endef
$(eval $(call page_part,trace,4))
$(eval $(call page_part,look,11))
$(eval $(call page_part,train,8))
$(eval $(call page_part,char,15))
$(BUILD)/page-train $(BUILD)/page-char: LIBS := -mexec-model=reactor

# ---- to write in the page: what a reader's file is linked with ----

# All of chapter LEVEL's objects but the one that is to be written, in one: with the checker for a backward pass, with the
# questions of the student's folder for what else is assigned. In the build for pages, page-kit-LEVEL.o.
page_starter = $(notdir $(wildcard $(folder_$(1))/starter/*.c))
page_asks = docs/live/ask.c tests/grade/course/check/ask.c $(addprefix tests/grade/worker/,frame.c guard.c) tests/grade/assignments/$(1)/call.c
define page_kit # CALLS LEVEL
page_programs: $(BUILD)/page-kit-$(2).o
$(BUILD)/page-kit-$(2).o: $(call object,docs/live/checked.c $(if $(filter backward,$(1)),chapters/03-one-hop/programs/check-gradients.c,$(call page_asks,$(1))) \
		$(filter-out %/$(call page_starter,$(2)),$(ours_$(2))))
	$(hush)wasm-ld -r -S -o $$@ $$^
endef
$(BUILD)/obj/docs/live/ask.o: INCLUDES := $(addprefix -I,tests/grade/course/check tests/grade/worker common)
page_kits := $(foreach p,$(plan),$(call cell,2,$(p)):$(call number_of,$(call cell,1,$(p))))
$(foreach k,$(page_kits),$(eval $(call page_kit,$(firstword $(subst :, ,$(k))),$(lastword $(subst :, ,$(k))))))

# The compiler for the page, from npm, where there is npm: BUILD/live-npm. Packed by docs/site_clang.py, once.
$(BUILD)/live-npm/done: docs/live/package.json docs/live/package-lock.json docs/site_clang.py
	@mkdir -p $(@D) && cp docs/live/package.json docs/live/package-lock.json $(@D) && cd $(@D) && rm -rf packed && \
		if npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null; then \
			python3 -B $(CURDIR)/docs/site_clang.py node_modules/@yowasp/clang/gen packed '$(WASI)' "$$($(CC_page) -print-libgcc-file-name)" && touch done; \
		else echo 'docs: the pages have no editor: npm could not fetch the compiler'; fi
have_npm := $(if $(quiet),,$(shell command -v npm >/dev/null 2>&1 && echo yes))
live_editors: $(BUILD)/live-npm/done $(assignments:%=$(kit)/write-%) ; @:

# ---- the build for pages ----

# Debian's packages: clang, lld, wasi-libc, libclang-rt-*-dev-wasm32.
WASI ?= $(firstword $(wildcard /usr/share/wasi-sysroot /usr/wasm32-wasi /opt/homebrew/share/wasi-sysroot) /usr)
CC_page := clang --target=wasm32-wasi --sysroot=$(WASI)
# A megabyte of stack, below all other memory, so that too deep a recursion traps; the page looks where it stood.
# No more than half a gigabyte in all, so that endless allocation comes to its end. One thread (openmp is chapter 14's).
# Small: only what is hot is compiled for speed, and no loop is unrolled (with those of mat.c min-char-rnn takes a fifth less time),
# no loop of the product put where it is called (as fast, and smaller by more than a kilobyte).
LDFLAGS_page := -Wl,-s,--compress-relocations,--stack-first,-z,stack-size=1048576,--max-memory=536870912,--export=__stack_pointer
live:
	@mkdir -p $(BUILD)/live && if echo 'int main(void) { return 0; }' | $(CC_page) -x c -o $(BUILD)/live-tried - 2>/dev/null; then \
		$(if $(have_npm),$(MAKE) --no-print-directory live_editors,echo 'docs: the pages have no editors: npm is not there (make deps)') && \
		$(MAKE) --no-print-directory page_programs page=yes BUILD=$(BUILD)/live CC='$(CC_page)' ARCH= OPT=-Oz REAL=double openmp= LDFLAGS='$(LDFLAGS_page)' \
			CFLAGS_mat.c=-Os CFLAGS_product.c='-O2 -fno-unroll-loops -fno-inline' $(foreach f,fn rnn adagrad,CFLAGS_$(f).c='-O2 -fno-unroll-loops') CFLAGS='-msimd128 -isystem docs/live/posix'; \
	else rm -rf $(BUILD)/live && echo 'docs: the pages run no programs: clang, lld, wasi-libc and libclang-rt-*-dev-wasm32 are not all there (make deps)'; fi
.PHONY: live live_editors page_programs
