# OpenMP for the threads of shards.c, where this compiler has it; without it, one thread does all the work.
ifndef quiet
openmp := $(shell mkdir -p $(BUILD); echo 'int main(void) { return 0; }' > $(BUILD)/openmp.c && $(CC) -fopenmp -o $(BUILD)/openmp $(BUILD)/openmp.c >/dev/null 2>&1 && echo -fopenmp)
endif
CFLAGS_shards.c := $(openmp)
LIBS_shards.c := $(openmp)
