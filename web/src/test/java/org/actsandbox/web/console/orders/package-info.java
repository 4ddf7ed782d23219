/** Tests the pages of orders. */
@NullMarked
package org.actsandbox.web.console.orders;

import org.jspecify.annotations.NullMarked;
