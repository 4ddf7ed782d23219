/** Placeholder. */
@NullMarked
package org.actsandbox.sandbox;

import org.jspecify.annotations.NullMarked;
