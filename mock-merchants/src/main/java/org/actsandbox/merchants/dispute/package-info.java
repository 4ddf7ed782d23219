/** Answers for a merchant when one of its orders is disputed (ACT TSD-6). */
@NullMarked
package org.actsandbox.merchants.dispute;

import org.jspecify.annotations.NullMarked;
