#!/bin/sh
# slurm.sh: chapter 16 under Slurm; started again, it goes on where it was.
# usage: sbatch chapters/16-ranks/slurm.sh TEXT CHECKPOINT [OPTION...]      (from the repository's folder)
#SBATCH --job-name=ranks
#SBATCH --ntasks=8
#SBATCH --ntasks-per-node=1
#SBATCH --cpus-per-task=2
#SBATCH --time=04:00:00
#SBATCH --signal=TERM@120
text=$1 checkpoint=$2
shift 2
[ ! -f "$checkpoint" ] || set -- --resume "$checkpoint" "$@"
srun --mpi=pmix build/ranks "$text" --checkpoint "$checkpoint" --threads "${SLURM_CPUS_PER_TASK:-1}" "$@"
