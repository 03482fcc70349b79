#include "CGzip.h"
#include <stdlib.h>
#include <zlib.h>

struct cgzip_reader {
    z_stream stream;
};

static cgzip_reader *create(int window_bits) {
    cgzip_reader *reader = calloc(1, sizeof *reader);
    if (!reader) return NULL;
    if (inflateInit2(&reader->stream, window_bits) != Z_OK) {
        free(reader);
        return NULL;
    }
    return reader;
}

// 15 is zlib's largest window, + 16 asks for gzip framing, a minus for none.
cgzip_reader *cgzip_create(void) { return create(15 + 16); }
cgzip_reader *cgzip_create_raw(void) { return create(-15); }

void cgzip_destroy(cgzip_reader *reader) {
    if (!reader) return;
    inflateEnd(&reader->stream);
    free(reader);
}

int cgzip_inflate(cgzip_reader *reader, const uint8_t *input, size_t input_count, uint8_t *output, size_t output_count,
                  size_t *consumed, size_t *produced) {
    z_stream *s = &reader->stream;
    s->next_in = (Bytef *)input;
    s->avail_in = (uInt)input_count;
    s->next_out = output;
    s->avail_out = (uInt)output_count;
    int status = inflate(s, Z_NO_FLUSH);
    *consumed = input_count - s->avail_in;
    *produced = output_count - s->avail_out;
    if (status == Z_STREAM_END) return inflateReset(s) == Z_OK ? 1 : -1;
    return status == Z_OK || status == Z_BUF_ERROR ? 0 : -1;
}

uint32_t cgzip_crc32(const uint8_t *bytes, size_t count) { return (uint32_t)crc32_z(crc32_z(0, NULL, 0), bytes, count); }
