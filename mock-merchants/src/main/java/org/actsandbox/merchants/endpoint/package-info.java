/**
 * The HTTP endpoints of the merchants and the registry that they take the merchants of a world
 * from.
 */
@NullMarked
package org.actsandbox.merchants.endpoint;

import org.jspecify.annotations.NullMarked;
