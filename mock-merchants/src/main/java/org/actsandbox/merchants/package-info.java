/** One merchant engine; train, hotel and shop are data plus a small rule set each. */
@NullMarked
package org.actsandbox.merchants;

import org.jspecify.annotations.NullMarked;
