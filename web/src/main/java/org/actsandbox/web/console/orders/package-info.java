/** Shows orders and their delivery, and cancels and disputes them. */
@NullMarked
package org.actsandbox.web.console.orders;

import org.jspecify.annotations.NullMarked;
