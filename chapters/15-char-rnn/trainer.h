/**
 * @file  trainer.h
 * @brief The command `train` of char-rnn.
 */
#ifndef TRAINER_H
#define TRAINER_H

/**
 * @brief  Read the command line, train, and report.
 * @param[in] argc,argv without the program's name
 * @return the exit status
 */
int trainer_main(int argc, char **argv);

#endif
