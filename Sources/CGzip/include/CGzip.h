#ifndef CGZIP_H
#define CGZIP_H
#include <stddef.h>
#include <stdint.h>

/// A gzip stream being inflated. zlib's own header stays behind this one: Swift need not see its macros.
typedef struct cgzip_reader cgzip_reader;

/// NULL when memory is short.
cgzip_reader *cgzip_create(void);
/// The same for deflate data without any framing, as in zip files.
cgzip_reader *cgzip_create_raw(void);
void cgzip_destroy(cgzip_reader *reader);

/// Inflates from `input` into `output`. Returns 0 to go on, 1 at the end of the last member so far (more input begins
/// another member), -1 when the stream is damaged. `consumed` and `produced` tell how much was used and written.
int cgzip_inflate(cgzip_reader *reader, const uint8_t *input, size_t input_count, uint8_t *output, size_t output_count,
                  size_t *consumed, size_t *produced);

/// CRC-32 of ISO 3309, as zip files carry.
uint32_t cgzip_crc32(const uint8_t *bytes, size_t count);
#endif
