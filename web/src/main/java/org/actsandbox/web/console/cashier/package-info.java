/** Contains the cashier, where the principal approves or declines a payment. */
@NullMarked
package org.actsandbox.web.console.cashier;

import org.jspecify.annotations.NullMarked;
