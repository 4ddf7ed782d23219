/**
 * This package is the delegation service: an agent sends an ISR, the principal confirms it with the
 * PIN, and an IAC is issued and kept.
 */
@NullMarked
package org.actsandbox.sandbox.delegation;

import org.jspecify.annotations.NullMarked;
