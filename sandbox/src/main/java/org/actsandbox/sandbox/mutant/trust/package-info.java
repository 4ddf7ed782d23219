/** Defective trust services. */
@NullMarked
package org.actsandbox.sandbox.mutant.trust;

import org.jspecify.annotations.NullMarked;
