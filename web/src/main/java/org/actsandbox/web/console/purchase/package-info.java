/** Says in words what was bought, for every page that shows a payment or an order. */
@NullMarked
package org.actsandbox.web.console.purchase;

import org.jspecify.annotations.NullMarked;
