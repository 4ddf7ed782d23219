/**
 * Holds the buyer agent's view of its world: addresses, public keys, its own signer and its
 * principal.
 */
@NullMarked
package org.actsandbox.agent;

import org.jspecify.annotations.NullMarked;
