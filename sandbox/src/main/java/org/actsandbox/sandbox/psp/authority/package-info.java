/**
 * This package keeps what the payment service itself knows of delegations: states, sums, failures.
 */
@NullMarked
package org.actsandbox.sandbox.psp.authority;

import org.jspecify.annotations.NullMarked;
