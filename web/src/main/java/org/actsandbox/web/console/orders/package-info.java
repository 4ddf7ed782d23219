/** Orders, their delivery and how to cancel them. */
@NullMarked
package org.actsandbox.web.console.orders;

import org.jspecify.annotations.NullMarked;
