/** Money on its way back to the instrument it came from. */
@NullMarked
package org.actsandbox.sandbox.psp.refund;

import org.jspecify.annotations.NullMarked;
