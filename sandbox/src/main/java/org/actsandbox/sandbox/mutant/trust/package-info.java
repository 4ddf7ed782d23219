/** Contains trust services that do one thing wrong. */
@NullMarked
package org.actsandbox.sandbox.mutant.trust;

import org.jspecify.annotations.NullMarked;
