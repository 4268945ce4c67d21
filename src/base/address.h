/* address.h — which addresses are public: those that outgoing calls may reach. */
#pragma once

#include "base.h"

#include <sys/socket.h>

/* Is it a public unicast address? False for families other than IPv4 and IPv6. */
bool address_is_public(const struct sockaddr *address);
