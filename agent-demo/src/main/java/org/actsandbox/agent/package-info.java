/** Placeholder. */
@NullMarked
package org.actsandbox.agent;

import org.jspecify.annotations.NullMarked;
