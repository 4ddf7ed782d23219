/** Aligns the journals of two runs of one scenario step by step. */
@NullMarked
package org.actsandbox.web.console.comparison;

import org.jspecify.annotations.NullMarked;
