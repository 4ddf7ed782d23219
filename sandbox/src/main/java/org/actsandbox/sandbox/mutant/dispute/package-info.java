/** Contains dispute services that decide wrongly. */
@NullMarked
package org.actsandbox.sandbox.mutant.dispute;

import org.jspecify.annotations.NullMarked;
