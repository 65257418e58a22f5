/* export.h: what the page calls. A training exports live_start, live_resume, live_save, live_steps, live_rate, live_get_rate,
 * live_sample, live_bits and live_held (bits per symbol), live_smooth_loss, live_hidden, live_iterations, live_characters,
 * live_vocabulary; and live_symbols: read in an iteration, live_summed: that a loss is the sum over, live_every: iterations
 * from point to point of the curve. */
#define EXPORT(name) __attribute__((export_name(#name))) name
