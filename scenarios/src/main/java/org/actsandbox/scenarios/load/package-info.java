/** Complete purchases in bulk over HTTP, and what they cost. */
@NullMarked
package org.actsandbox.scenarios.load;

import org.jspecify.annotations.NullMarked;
