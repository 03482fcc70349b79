/// ICU's working memory, kept from one text to the next.
#ifndef ATTUNE_RECYCLING_H
#define ATTUNE_RECYCLING_H

/// Has ICU take its memory from blocks that it gave back before: splitting Thai or Chinese asks for a few dozen short-lived ones a text,
/// which would be the only heap allocations of scoring. Call before anything else of ICU; further calls do nothing.
void attune_recycle_memory(void);

#endif
