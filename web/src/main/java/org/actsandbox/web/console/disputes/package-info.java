/**
 * Shows disputes: the principal's claim about an order, the parties' statements and the finding.
 */
@NullMarked
package org.actsandbox.web.console.disputes;

import org.jspecify.annotations.NullMarked;
