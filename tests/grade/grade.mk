# grade.mk: the grader's targets (docs/grading.ko.md). manifest.tsv names the assignments by their chapters; for each, build/grade-kit/NAME
# has what a student's file is linked with, and core-NAME runs it in a sandbox and judges its answers.
kit := $(BUILD)/grade-kit
# One line an assignment: chapter:number:calls:function,function
plan := $(shell awk -F '\t' '$$1 == "assignment" { gsub(/ /, ",", $$4); print $$2 ":" $$3 ":" $$4 }' tests/grade/manifest.tsv)
cell = $(subst $(comma), ,$(word $(1),$(subst :, ,$(2))))
number_of = $(strip $(foreach n,$(numbers),$(if $(filter $(1),$(call name,$(folder_$(n)))),$(n))))
assignments := $(foreach p,$(plan),$(call cell,1,$(p)))
assigned := $(foreach a,$(assignments),$(call number_of,$(a)))
# A file's name may come from a student: what the command line gives reaches the shell as GIVEN_FILE and so on, never as text.
$(foreach v,FILE DIR OUT SEED AXES ASSIGNMENT JOBS,$(eval export GIVEN_$(v) := $$($(v))))
must_say = $(if $(2),,$(error $@: say $(1)))

rooms := $(addprefix tests/grade/,worker judge sandbox)
$(BUILD)/obj/tests/grade/%.o: INCLUDES := $(addprefix -I,common $(folders) $(rooms))
# The calls a second time, of the functions that make known mistakes (tests/grade/judge/mutants.h).
functions_called = $(foreach p,$(plan),$(if $(filter $(1),$(call cell,2,$(p))),$(call cell,3,$(p))))
$(BUILD)/obj/tests/grade/assignments/%/mutant_call.o: tests/grade/assignments/%/call.c $(stamp)
	@mkdir -p $(@D)
	$(hush)$(CC) $(FLAGS) $(INCLUDES) -Dworker_call=mutant_call $(foreach f,$(sort $(call functions_called,$*)),-D$(f)=mutant_$(f)) $(headers_of) -c -o $@ $<
# The rows a third time, as a table: the questions for a student's folder (tests/grade/course/check/ask.h) need no Criterion.
questions := tests/grade/course/questions
$(BUILD)/obj/tests/grade/assignments/%/asked.o: tests/grade/assignments/%/rows.c $(stamp)
	@mkdir -p $(@D)
	$(hush)$(CC) $(FLAGS) -I$(questions) $(INCLUDES) $(headers_of) -c -o $@ $<
$(BUILD)/obj/$(questions)/%.o: INCLUDES := $(addprefix -I,$(questions) tests/grade/course/check common $(folders) $(rooms))
$(BUILD)/obj/tests/grade/proof/asked.o $(BUILD)/obj/tests/grade/course/check/%.o: INCLUDES := $(addprefix -I,tests/grade/course/check common $(folders) $(rooms))

sandbox_sources := $(filter-out %/test_sandbox.c %/victim.c,$(wildcard tests/grade/sandbox/*.c))
-include $(wildcard $(BUILD)/obj/tests/grade/assignments/*/mutant_call.d $(BUILD)/obj/tests/grade/assignments/*/asked.d)
grade_sources := $(wildcard tests/grade/judge/*.c) tests/grade/worker/frame.c $(sandbox_sources)
# The texts of known mistakes, for assignments before the chapter that has them, too.
mistakes := chapters/03-one-hop/bugs.c chapters/03-one-hop/buglist.c chapters/12-gru/gatebuglist.c
kit_flags = -std=c11 -O1 -ffp-contract=off -fno-math-errno -DREAL=double -Itests/grade/worker $(addprefix -I,common $(upto_$(1)))
$(BUILD)/have-grading: ; @sh tests/deps.sh need grading && mkdir -p $(BUILD) && touch $@

define assignment # CHAPTER CALLS FUNCTIONS NUMBER
$(kit)/core-$(1): $(call object,$(grade_sources) $(wildcard tests/grade/assignments/$(2)/*.c)) \
		$(BUILD)/obj/tests/grade/assignments/$(2)/mutant_call.o $(call object,$(sort $(ours_$(4)) $(mistakes))) $(stamp) | $(BUILD)/have-grading ; $$(link)
$(kit)/core-$(1): LIBS := -lcriterion
$(kit)/write-$(1): $(call object,tests/grade/course/questions/write.c tests/grade/judge/reference.c tests/grade/worker/frame.c) \
		$(addprefix $(BUILD)/obj/tests/grade/assignments/$(2)/,asked.o call.o mutants.o mutant_call.o) \
		$(call object,$(sort $(ours_$(4)) $(mistakes))) $(stamp) ; $$(link)
$(kit)/asked-$(1): $(call object,tests/grade/proof/asked.c tests/grade/course/check/ask.c tests/grade/worker/frame.c tests/grade/worker/guard.c) \
		$(addprefix $(BUILD)/obj/tests/grade/assignments/$(2)/,mutants.o mutant_call.o) \
		$(call object,$(sort $(ours_$(4)) $(mistakes))) $(stamp) ; $$(link)
$(kit)/$(1)/functions: tests/grade/manifest.tsv $(wildcard tests/grade/worker/*) tests/grade/assignments/$(2)/call.c $(ours_$(4)) $(stamp) | $(BUILD)/have-grading
	@mkdir -p $$(@D)
	$$(hush)sh tests/grade/worker/kit.sh $(kit)/$(1) $(2) '$(3)' $(wildcard $(folder_$(4))/starter/*.c) gcc '$(call kit_flags,$(4))' $(ours_$(4))
grade-$(4): $(kit)/core-$(1) $(kit)/$(1)/functions $(kit)/hints.tsv $(BUILD)/grade
	$$(call must_say,what to grade: make grade-$(4) FILE=student.c,$$(FILE))
	@$(BUILD)/grade --assignment $(4) --out $(BUILD)/graded $$(GRADE) "$$$$GIVEN_FILE"
endef
$(foreach p,$(plan),$(eval $(call assignment,$(call cell,1,$(p)),$(call cell,2,$(p)),$(call cell,3,$(p)),$(call number_of,$(call cell,1,$(p))))))

# The grader as a program: build/grade --assignment 4 --out DIR student.c
$(BUILD)/grade: FORCE
	@mkdir -p $(BUILD) && rm -rf $@ && printf '#!/bin/sh\nGRADE_KIT=$${GRADE_KIT:-%s} exec python3 %s "$$@"\n' $(call quote,$(call quote,$(if $(filter /%,$(kit)),,$(CURDIR)/)$(kit))) $(call quote,$(call quote,$(CURDIR)/tests/grade/report/grade.py)) > $@ && chmod +x $@
grade-kit: $(BUILD)/grade $(kit)/hints.tsv $(foreach a,$(assignments),$(kit)/core-$(a) $(kit)/write-$(a) $(kit)/$(a)/functions)
$(kit)/hints.tsv: $(assignments:%=$(kit)/core-%)
	@for core in $^; do $$core --hints || exit 1; done | awk '!told[$$0]++' > $@.new && mv $@.new $@
# A class at once: make grade-all DIR=submissions ASSIGNMENT=4 [OUT=dir] [JOBS=n]
grade-all: grade-kit
	$(call must_say,what to grade: make grade-all DIR=submissions ASSIGNMENT=4,$(and $(DIR),$(ASSIGNMENT)))
	@python3 tests/grade/report/class.py --kit $(kit) --assignment "$$GIVEN_ASSIGNMENT" --out "$${GIVEN_OUT:-$(BUILD)/grade-all}" $(if $(JOBS),--jobs "$$GIVEN_JOBS") $(GRADE) "$$GIVEN_DIR"
# What students get: make assignment-4 OUT=dir [HARD=yes], or all of them: make course OUT=dir
$(foreach p,$(plan),$(eval course assignment-$(call number_of,$(call cell,1,$(p))): $(kit)/write-$(call cell,1,$(p))))
course $(assigned:%=assignment-%):
	$(call must_say,where to: make $@ OUT=dir,$(OUT))
	@sh tests/deps.sh need python3 && python3 tests/grade/course/release.py --kit $(kit) --out "$$GIVEN_OUT" $(if $(HARD),--hard) $(if $(filter course,$@),all,$(@:assignment-%=%))
# The questions of a student's folder, for check-gradients of the time layers.
$(out)/questions: $(kit)/write-time-layers tests/grade/manifest.tsv
	@PYTHONPATH=tests/grade/course python3 -c 'import pathlib, sys, release; sys.stdout.buffer.write(release.questions("time-layers", pathlib.Path(sys.argv[1])))' $(kit) > $@.new && mv $@.new $@
# A copy of the course with one assignment changed: make variant-4 SEED=a-secret OUT=dir [AXES=loss-scale,...]
$(assigned:%=variant-%):
	$(call must_say,what to draw it from and where to: make $@ SEED=a-secret OUT=dir,$(and $(SEED),$(OUT)))
	@sh tests/deps.sh need python3 && python3 tests/grade/course/variant.py --assignment $(@:variant-%=%) --seed "$$GIVEN_SEED" $(if $(AXES),--axes "$$GIVEN_AXES") --out "$$GIVEN_OUT"

# The grader is graded: references, starters, known mistakes, right and hostile submissions, what students get.
grade-mutants: $(kit)/hints.tsv   ; @sh tests/grade/proof/mutants.sh $(if $(UPDATE),--update) $(assignments)
grade-asked: grade-kit $(assignments:%=$(kit)/asked-%) ; @sh tests/grade/proof/asked.sh $(assignments)
# FEW=yes: a part of what takes longest, for CI.
release-check: grade-kit          ; @KIT=$(kit) FEW=$(FEW) sh tests/grade/proof/release.sh
packs-check: grade-kit            ; @KIT=$(kit) sh tests/grade/proof/packs.sh
variants-check: grade-kit         ; @FEW=$(FEW) sh tests/grade/proof/variants.sh
grade-check: grade-mutants grade-asked release-check ; @python3 tests/grade/proof/submissions.py --kit $(kit) --quick
$(BUILD)/test-sandbox: $(call object,tests/grade/sandbox/test_sandbox.c $(sandbox_sources) common/say.c common/text.c common/file.c common/live.c common/require.c) $(stamp) ; $(link)
$(BUILD)/test-sandbox: LIBS := -lcriterion
test-sandbox: $(BUILD)/test-sandbox ; @sh tests/run.sh $< sandbox
.PHONY: grade-kit grade-all grade-mutants grade-asked grade-check release-check packs-check variants-check test-sandbox course $(assigned:%=grade-%) $(assigned:%=assignment-%) $(assigned:%=variant-%)
