/** Lists the checks of a merchant, one class for each area of the specification. */
@NullMarked
package org.actsandbox.scenarios.check.suite;

import org.jspecify.annotations.NullMarked;
