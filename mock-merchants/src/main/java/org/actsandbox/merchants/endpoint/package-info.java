/** Serves the HTTP endpoints of the merchants, and keeps the open merchants of a world for them. */
@NullMarked
package org.actsandbox.merchants.endpoint;

import org.jspecify.annotations.NullMarked;
