/**
 * This package is the delegation service: an agent sends an ISR, the principal confirms it with the
 * PIN, and an IAC is issued and kept. It stays whole with over 20 types because nearly all are
 * package-private and read or change the same credential: draft, issuance, state, status list.
 */
@NullMarked
package org.actsandbox.sandbox.delegation;

import org.jspecify.annotations.NullMarked;
