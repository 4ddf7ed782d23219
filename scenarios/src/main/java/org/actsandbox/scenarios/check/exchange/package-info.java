/** Sends requests to the merchant that is checked, within limits, and keeps what went over. */
@NullMarked
package org.actsandbox.scenarios.check.exchange;

import org.jspecify.annotations.NullMarked;
