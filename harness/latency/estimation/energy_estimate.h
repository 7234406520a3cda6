#pragma once

#include <cstdint>

namespace flnas {

/// Millijoules of one inference, by arithmetic alone: each multiply-accumulate in float32 takes 4.6 pJ (3.7 to
/// multiply, 0.9 to add), each weight is read once from DRAM, 640 pJ for 32 bits. For telling networks apart where no
/// meter is; activations, caches and what the device takes when idle are left out, and a processor of today takes
/// several times more, so that it is always marked "estimated". Source: Horowitz, Computing's energy problem (and what
/// we can do about it), ISSCC 2014, table of 45 nm at 0.9 V, as Han et al., Deep Compression, ICLR 2016, use it.
double estimated_energy_mj(std::int64_t macs, std::int64_t parameters);

}  // namespace flnas
