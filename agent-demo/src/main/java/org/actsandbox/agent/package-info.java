/**
 * The buyer agent: knows addresses, public keys and its own signer, and shops for its principal.
 */
@NullMarked
package org.actsandbox.agent;

import org.jspecify.annotations.NullMarked;
