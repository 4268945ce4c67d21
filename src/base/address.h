/* address.h — which addresses are public: those that outgoing calls may reach. */
#pragma once

#include "base.h"

#include <sys/socket.h>

/* Is it a public unicast address? False for families other than IPv4 and IPv6. */
bool address_is_public(const struct sockaddr *address);

/* Whose it is, as text: of IPv6 the /64, which one household or machine has all of and could go
 * through at will; else the address itself, also of one that is no address. */
enum { ADDRESS_TEXT_MAX = 64 };
void address_network(const char *address, char out[ADDRESS_TEXT_MAX]);
