/** Tests the figures of a world. */
@NullMarked
package org.actsandbox.web.console.figures;

import org.jspecify.annotations.NullMarked;
