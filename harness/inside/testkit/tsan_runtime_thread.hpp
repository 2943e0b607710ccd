// ThreadSanitizer's own thread.
#pragma once

namespace lockstep::testkit {

// The runtime starts a thread of its own beside the first thread of a program. It wakes ten times a second to do nothing that we ask of it, but
// a process that holds it is never seen to be blocked for good. The runtime ends it when a sandbox announces itself; this does so, without
// waiting for the end, which takes up to 100 ms. In a forked child the runtime's new thread then ends by itself.
void end_runtime_thread_soon();

}  // namespace lockstep::testkit
