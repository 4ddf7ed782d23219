/** Agents of others that are connected to a world: where they listen, and the calls to them. */
@NullMarked
package org.actsandbox.sandbox.connected;

import org.jspecify.annotations.NullMarked;
