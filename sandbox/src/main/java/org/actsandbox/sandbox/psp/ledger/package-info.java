/** This package keeps double-entry accounts; their sum is zero at any moment. */
@NullMarked
package org.actsandbox.sandbox.psp.ledger;

import org.jspecify.annotations.NullMarked;
