/** Cart confirmation, the order and its hold, cancelling (ACT CID-8, CID-9). */
@NullMarked
package org.actsandbox.merchants.order;

import org.jspecify.annotations.NullMarked;
