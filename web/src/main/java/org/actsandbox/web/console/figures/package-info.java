/** Shows the figures of a world: purchases, money, refusals, and how long answers took. */
@NullMarked
package org.actsandbox.web.console.figures;

import org.jspecify.annotations.NullMarked;
