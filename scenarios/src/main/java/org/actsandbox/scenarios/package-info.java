/** Placeholder. */
@NullMarked
package org.actsandbox.scenarios;

import org.jspecify.annotations.NullMarked;
