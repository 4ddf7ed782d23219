/** Disputes: what the principal says is wrong with an order, and what came of it. */
@NullMarked
package org.actsandbox.web.console.disputes;

import org.jspecify.annotations.NullMarked;
