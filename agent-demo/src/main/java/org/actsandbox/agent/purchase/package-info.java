/** Buys what the principal chose, step by step, so that a crash never pays twice. */
@NullMarked
package org.actsandbox.agent.purchase;

import org.jspecify.annotations.NullMarked;
