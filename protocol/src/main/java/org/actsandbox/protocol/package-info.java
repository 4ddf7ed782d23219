/** Placeholder. */
@NullMarked
package org.actsandbox.protocol;

import org.jspecify.annotations.NullMarked;
