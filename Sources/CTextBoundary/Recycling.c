#include "Recycling.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/// Blocks of 64 bytes to 64 KiB are kept, in powers of two; larger ones come from the heap and go back to it.
enum { smallest_shift = 6, class_count = 11, uncounted = class_count };
/// What a thread keeps at most: several times what the longest run of letters needs.
static const size_t most_kept = 1 << 20;

/// Stands before a block; as long as malloc's alignment.
typedef struct block {
    struct block *next; ///< in a list of free blocks
    size_t class;
} block;

_Static_assert(sizeof(block) == 16, "blocks stay aligned as malloc's are");

typedef struct {
    block *free[class_count];
    size_t kept;
} lists;

/// A thread's lists, freed when it ends. A block may be given back on another thread than it was asked for on: it stays there.
static pthread_key_t key;

static size_t size_of(size_t class) { return (size_t)1 << (class + smallest_shift); }

static void end(void *argument) {
    lists *own = argument;
    for (size_t class = 0; class < class_count; class++) {
        for (block *each = own->free[class]; each;) {
            block *next = each->next;
            free(each);
            each = next;
        }
    }
    free(own);
}

static lists *own_lists(void) {
    lists *own = pthread_getspecific(key);
    if (!own && (own = calloc(1, sizeof *own)) && pthread_setspecific(key, own)) {
        free(own);
        own = NULL;
    }
    return own;
}

void *attune_recycling_allocate(const void *context, size_t size) {
    (void)context;
    size_t class = 0;
    while (class < class_count && size_of(class) < size) class++;
    lists *own = class < class_count ? own_lists() : NULL;
    block *taken = own ? own->free[class] : NULL;
    if (taken) {
        own->free[class] = taken->next;
        own->kept -= size_of(class);
    } else {
        if (size > SIZE_MAX - sizeof(block)) return NULL;
        taken = malloc(sizeof(block) + (class < class_count ? size_of(class) : size));
        if (!taken) return NULL;
        taken->class = class;
    }
    return taken + 1;
}

void attune_recycling_release(const void *context, void *memory) {
    (void)context;
    if (!memory) return;
    block *given = (block *)memory - 1;
    lists *own = given->class == uncounted ? NULL : own_lists();
    if (!own || own->kept + size_of(given->class) > most_kept) {
        free(given);
        return;
    }
    given->next = own->free[given->class];
    own->free[given->class] = given;
    own->kept += size_of(given->class);
}

void *attune_recycling_reallocate(const void *context, void *memory, size_t size) {
    if (!memory) return attune_recycling_allocate(context, size);
    block *old = (block *)memory - 1;
    if (old->class == uncounted) {
        if (size > SIZE_MAX - sizeof(block)) return NULL;
        block *grown = realloc(old, sizeof(block) + size);
        return grown ? grown + 1 : NULL;
    }
    if (size <= size_of(old->class)) return memory;
    void *grown = attune_recycling_allocate(context, size);
    if (!grown) return NULL;
    memcpy(grown, memory, size_of(old->class));
    attune_recycling_release(context, memory);
    return grown;
}

bool attune_recycling_start(void) { return pthread_key_create(&key, end) == 0; }
