/** Placeholder. */
@NullMarked
package org.actsandbox.merchants;

import org.jspecify.annotations.NullMarked;
