/** Counts the costly work of the protocol: JSON, canonical forms and Ed25519. */
@NullMarked
package org.actsandbox.protocol.cost;

import org.jspecify.annotations.NullMarked;
