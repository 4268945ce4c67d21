/* address.h — which addresses outgoing calls may reach; for the files that use libcurl. */
#pragma once

#include "base.h"

#include <sys/socket.h>

/* Is it a public unicast address? False for families other than IPv4 and IPv6. */
bool address_is_public(const struct sockaddr *address);
