/* For valgrind before 3.20: it writes into the mask that sigsuspend is given, and libdispatch's main thread waits with a constant one. */
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

int sigsuspend(const sigset_t *mask) {
    sigset_t copy = *mask;
    return (int)syscall(SYS_rt_sigsuspend, &copy, 8);
}
