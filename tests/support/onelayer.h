/* onelayer.h: a single recurrent layer of any kind against differences of a loss. */
#ifndef ONELAYER_H
#define ONELAYER_H

#include "cell.h"

/* Every element of the gradients of one layer must pass the gradient check: its weights, its inputs, and the states
 * before the block, which are not 0. The loss is a weighted sum of its outputs. N, steps, D and H are all different. */
void layer_has_the_right_gradients(const celltype *type, int steps);

/* The state goes on from block to block if the layer is stateful; is set, and is forgotten. */
void layer_carries_its_state(const celltype *type);

/* The sequences of a batch do not affect each other, bit for bit. */
void layer_of_a_batch_is_its_sequences(const celltype *type);

/* The gradients go into what may hold those of other blocks. */
void layer_adds_to_what_is_there(const celltype *type);

/* States and gradients are those of torch.nn, within 1e-12. Skips the test if python3-torch is not installed. */
void layer_is_torchs(const celltype *type, int steps);

#endif
