/** What the PSP tells a merchant (ACT PSD-8): signed, repeated, in any order. */
@NullMarked
package org.actsandbox.merchants.notification;

import org.jspecify.annotations.NullMarked;
