# MPI for ranks.c, where this compiler can link it; without it, one rank does all the work. The sanitizers and valgrind take
# much in MPI for mistakes.
ifndef quiet
mpi := $(if $(findstring -fsanitize,$(CFLAGS))$(filter valgrind,$(UNDER)),,$(shell command -v mpicc >/dev/null 2>&1 && mpicc --showme:compile 2>/dev/null | sed 's/-I/-isystem /g'))
mpi_libs := $(if $(mpi),$(shell mpicc --showme:link 2>/dev/null))
mpi := $(if $(mpi_libs),$(shell mkdir -p $(BUILD); printf '\043include <mpi.h>\nint main(void)\n{\n    return MPI_Init(0, 0);\n}\n' > $(BUILD)/mpi.c && $(CC) $(mpi) $(LDFLAGS) -o $(BUILD)/mpi $(BUILD)/mpi.c $(mpi_libs) >/dev/null 2>&1 && echo '$(mpi)'))
endif
CFLAGS_ranks.c := $(if $(mpi),-DRANKS_MPI $(mpi))
LIBS_ranks.c := $(if $(mpi),$(mpi_libs))
# NP: how many ranks make chapter-16 starts. The programs of this chapter are found here, as build.mk finds them.
NP ?= 2
$(call is_word,NP,$(NP),the number of ranks)
ranks_programs := ranks scaling
$(foreach p,$(ranks_programs),$(eval LAUNCH_$(p) := $(if $(mpi),sh chapters/16-ranks/launch.sh $(NP))))
ifeq ($(mpi),)
$(ranks_programs) chapter-16: | without-mpi
without-mpi: ; @echo '$(if $(ko),여기에는 MPI가 없어 랭크 하나로 돕니다(make deps),no MPI here: one rank alone (make deps))' >&2
.PHONY: without-mpi
endif
