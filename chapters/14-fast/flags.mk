# OpenMP for the threads of shards.c, where this compiler has it; without it, one thread does all the work.
ifndef quiet
openmp := $(shell mkdir -p $(BUILD); printf 'int main(void)\n{\n\043pragma omp parallel\n    { }\n    return 0;\n}\n' > $(BUILD)/openmp.c && $(CC) -fopenmp $(LDFLAGS) -o $(BUILD)/openmp $(BUILD)/openmp.c >/dev/null 2>&1 && echo -fopenmp)
endif
CFLAGS_shards.c := $(openmp)
LIBS_shards.c := $(openmp)
