/// Memory that is taken from blocks which were given back before: splitting Thai or Chinese asks ICU for a few dozen short-lived blocks a
/// text, which would be the only heap allocations of scoring.
#ifndef ATTUNE_RECYCLING_H
#define ATTUNE_RECYCLING_H

#include <stdbool.h>
#include <stddef.h>

/// Call once before the others; false when the system has no room for what a thread keeps, and the others must not be used.
bool attune_recycling_start(void);

/// As malloc, realloc and free; `context` is not looked at. NULL when there is no memory.
void *attune_recycling_allocate(const void *context, size_t size);
void *attune_recycling_reallocate(const void *context, void *memory, size_t size);
void attune_recycling_release(const void *context, void *memory);

#endif
