/**
 * @file  trainer.h
 * @brief The command `train` of char-rnn.
 */
#ifndef TRAINER_H
#define TRAINER_H

/**
 * @brief  Read the command line, train, and report.
 * @param[in] program   what is called, for messages: "char-rnn train"
 * @param[in] argc,argv from the command on: argv[0] is not read
 * @return the exit status
 */
int trainer_main(const char *program, int argc, char **argv);

#endif
