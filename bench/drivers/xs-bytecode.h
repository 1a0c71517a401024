/* The platform of @agoric/xsnap, with names of 16 bits, as on microcontrollers. */
#include "xsnapPlatform.h"
#undef mx32bitID
