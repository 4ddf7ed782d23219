/** Attacks the cashier that a phone opens by a code. */
@NullMarked
package org.actsandbox.web.console.phone;

import org.jspecify.annotations.NullMarked;
